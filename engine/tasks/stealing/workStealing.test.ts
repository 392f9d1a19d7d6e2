import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { World, type WorldOptions } from '../../consensus/testing/World.ts'
import { agentId } from '../../kernel/units.ts'
import { fib, spanOf, workOf } from './fibDag.ts'
import type { Stealing, StealingParams } from './stealingState.ts'
import { workStealing } from './workStealing.ts'

const NODE = 1_000
const LINK = 100
const FAST: Partial<StealingParams> = { n: 12, nodeUs: NODE, retryUs: 50, timeoutUs: 2_000, leaseUs: 20_000 }

function world(workers: number, params: Partial<StealingParams> = {}, more: Partial<WorldOptions> = {}): World {
  const options = { agents: workers, latencyUs: LINK, fsyncUs: 1, ...more }
  const ids = Array.from({ length: workers }, (_, id) => id)
  return new World(options).install(workStealing, ids, { ...FAST, verbose: true, ...params })
}
const told = (run: World, kind: string): any[] => run.marks.filter(({ body }) => body.kind === kind).map((m) => m.body)
const isOver = (run: World) => () => told(run, 'finished').length > 0
const timesWorked = (run: World): number[] => {
  const times = new Map<number, number>()
  for (const { task } of told(run, 'worked')) times.set(task, (times.get(task) ?? 0) + 1)
  return [...times.values()]
}
/** A number from 0 below `below` that depends on what was sent before. */
const hash = (run: readonly unknown[], salt: number, below: number): number =>
  Math.abs(Math.imul(run.length + 1, 2_654_435_761) ^ Math.imul(salt + 1, 40_503)) % below

describe('work stealing', () => {
  it('one worker alone takes T₁ steps', () => {
    const run = world(1).runUntil(isOver(world(1)) && (() => true), 1)
    run.run(workOf(12) * NODE)
    expect(told(run, 'finished')).toEqual([
      { kind: 'finished', n: 12, value: 144, nodes: workOf(12), tookUs: workOf(12) * NODE, workers: 1 },
    ])
    expect(run.sent).toEqual([])
  })

  it('does every node once, with the right result, in T₁/P + 2·T∞ at most (property)', () => {
    const cases = fc.record({
      workers: fc.integer({ min: 1, max: 12 }),
      n: fc.integer({ min: 0, max: 12 }),
      seed: fc.nat(1_000),
      amount: fc.constantFrom('one' as const, 'half' as const),
      victims: fc.constantFrom('random' as const, 'neighbours' as const),
    })
    fc.assert(
      fc.property(cases, ({ workers, n, seed, amount, victims }) => {
        const neighbours = (self: number) =>
          Array.from({ length: workers }, (_, k) => agentId(k)).filter((a) => a !== self)
        const run = world(workers, { n, amount, victims }, { seed, neighbours })
        run.runUntil(isOver(run)).run(1_000_000)
        const [finished, ...more] = told(run, 'finished')
        expect(more).toEqual([])
        expect(finished).toMatchObject({ value: fib(n), nodes: workOf(n) })
        const times = timesWorked(run)
        expect(times.length).toBe(workOf(n))
        expect(times.every((count) => count === 1)).toBe(true)
        expect(finished.tookUs).toBeLessThanOrEqual((workOf(n) / workers + 2 * spanOf(n)) * NODE)
        const tallies = told(run, 'tally')
        expect(tallies.length).toBe(workers)
        expect(tallies.reduce((sum, { worked }) => sum + worked, 0)).toBe(workOf(n))
      }),
      { numRuns: 40 },
    )
  })

  it('gives thieves the oldest node, or half of all, oldest first', () => {
    const run = world(2, { nodeUs: 1_000_000 })
    run.runTo(0)
    run.crash(1).run(8_500_000)
    const before = run.state<Stealing>(0, 'stealing').ready.map(({ call }) => call)
    expect(before.length).toBeGreaterThan(3)
    expect(before).toEqual(before.toSorted((a, b) => a - b))
    run.restart(1).run(300)
    expect(told(run, 'stolen')).toEqual([{ kind: 'stolen', tasks: 1, from: 0 }])
    expect(run.state<Stealing>(1, 'stealing').working!.call).toBe(before[0])
    const half = world(2, { nodeUs: 1_000_000, amount: 'half' })
    half.runTo(0)
    half.crash(1).run(8_500_000).restart(1).run(300)
    expect(told(half, 'stolen')).toEqual([{ kind: 'stolen', tasks: Math.ceil(before.length / 2), from: 0 }])
  })

  it('tells of stretches of work without a break, where single nodes are not told', () => {
    const run = world(5, { verbose: false })
    run.runUntil(isOver(run)).run(1_000_000)
    const workedUs = new Map<number, number>()
    const open = new Map<number, { task: number; atUs: number }>()
    for (const { key, agent, body } of run.marks) {
      if (body.kind === 'started') {
        expect(open.has(agent)).toBe(false)
        open.set(agent, { task: body['task'] as number, atUs: key.time })
      } else if (body.kind === 'worked') {
        expect(open.get(agent)).toEqual({ task: body['task'], atUs: key.time - (body['tookUs'] as number) })
        open.delete(agent)
        workedUs.set(agent, (workedUs.get(agent) ?? 0) + (body['tookUs'] as number))
      }
    }
    expect(open.size).toBe(0)
    for (let a = 0; a < 5; a++) expect(workedUs.get(a)).toBe(NODE * run.state<Stealing>(a, 'stealing').worked)
    expect(told(run, 'started')[0]).toEqual({ kind: 'started', task: 2, waitedUs: 0 })
    expect(told(run, 'started').filter(({ from }) => from !== undefined).length).toBe(told(run, 'stolen').length)
  })

  it('nobody asks where nobody may', () => {
    const run = world(4, { victims: 'none' }).run(workOf(12) * NODE)
    expect(told(run, 'finished')).toMatchObject([{ value: 144 }])
    expect(run.sent.filter(({ msg }) => msg.type !== 'over')).toEqual([])
  })

  it('idle workers ask less and less often', () => {
    const run = world(2, { n: 2, nodeUs: 10_000_000, leaseUs: 60_000_000 }).run(9_000_000)
    expect(told(run, 'tally')).toEqual([])
    expect(run.sent.length).toBeLessThan(800)
  })
})

describe('work stealing among failures', () => {
  it('a crashed thief’s nodes are done again, and the result is right', () => {
    const run = world(6)
    run.run(60_000).crash(3)
    run.runUntil(isOver(run))
    expect(told(run, 'finished')).toMatchObject([{ value: 144, nodes: workOf(12) }])
    expect(told(run, 'reclaimed').every(({ from }) => from === 3)).toBe(true)
  })

  it('the first member begins anew after a crash, and not once the result is on disk', () => {
    const run = world(4)
    run.run(50_000).crash(0).run(5_000).restart(0)
    run.runUntil(isOver(run)).run(1_000)
    expect(told(run, 'began').map(({ attempt }) => attempt)).toEqual([0, 1])
    run.crash(0).run(5_000).restart(0).run(200_000)
    expect(told(run, 'began').length).toBe(2)
    expect(told(run, 'finished').length).toBe(1)
  })

  it('who gives a value to nobody says so, and stops', () => {
    const run = world(2, { n: 12, leaseUs: 8_000 })
    run.run(200_000).crash(0).run(10_000_000)
    expect(told(run, 'finished')).toEqual([])
    expect(told(run, 'orphaned').length).toBeGreaterThan(0)
    expect(run.state<Stealing>(1, 'stealing').answers).toEqual([])
  })

  it('ends with the right result under loss, duplication and crashes (property)', () => {
    const cases = fc.record({
      workers: fc.integer({ min: 2, max: 8 }),
      seed: fc.nat(1_000_000),
      amount: fc.constantFrom('one' as const, 'half' as const),
      take: fc.constantFrom('oldest' as const, 'newest' as const),
      crashes: fc.array(fc.record({ agent: fc.nat(7), afterMs: fc.nat(40), forMs: fc.nat(60) }), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(cases, ({ workers, seed, amount, take, crashes }) => {
        const sent: unknown[] = []
        const network = (): number[] => {
          sent.push(null)
          const fate = hash(sent, seed, 20)
          return fate === 0 ? [] : fate === 1 ? [LINK, LINK + 37] : fate === 2 ? [30 * LINK] : [LINK]
        }
        const run = world(workers, { amount, take }, { seed, network })
        for (const { agent, afterMs, forMs } of crashes) {
          run.run(afterMs * 1_000).crash(agent % workers)
          run.run(forMs * 1_000).restart(agent % workers)
        }
        run.runUntil(isOver(run), 60_000_000)
        for (const result of told(run, 'finished')) expect(result).toMatchObject({ value: 144, nodes: workOf(12) })
        run.run(3_000_000)
        for (let a = 0; a < workers; a++) expect(run.state<Stealing>(a, 'stealing').finished).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
