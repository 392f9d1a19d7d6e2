import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { World, type WorldOptions } from '../../consensus/testing/World.ts'
import { listScheduling } from './listScheduling.ts'
import type { ListParams } from './listState.ts'

const LINK = 100
const UNIT = 10_000

function world(machines: number, params: Partial<ListParams> = {}, more: Partial<WorldOptions> = {}): World {
  const ids = Array.from({ length: machines + 1 }, (_, id) => id)
  const common = { unitUs: UNIT, aheadUs: 2 * LINK, retryUs: 1_000, leaseUs: 20_000 }
  return new World({ agents: machines + 1, latencyUs: LINK, ...more }).install(listScheduling, ids, {
    ...common,
    ...params,
  })
}
const told = (run: World, kind: string) =>
  run.marks.flatMap(({ key, agent, body }): any[] => (body.kind === kind ? [{ ...body, agent, timeUs: key.time }] : []))
const isOver = (run: World) => () => told(run, 'finished').length > 0

/** From the first start to the last end, in units. */
function makespan(machines: number, params: Partial<ListParams>): number {
  const run = world(machines, params)
  run.runUntil(isOver(run), 1_000_000_000)
  const ends = told(run, 'worked').map(({ timeUs }) => timeUs)
  return (Math.max(...ends) - told(run, 'started')[0].timeUs) / UNIT
}

describe('list scheduling', () => {
  it('takes 2 − 1/m of the best time on Graham’s list, and the best time longest first (Graham 1966)', () => {
    for (let m = 2; m <= 12; m++) {
      expect(makespan(m, { instance: 'worst-list' })).toBe(2 * m - 1)
      expect(makespan(m, { instance: 'worst-list', order: 'longest-first' })).toBe(m)
    }
  })

  it('longest first takes 4/3 − 1/(3m) of the best time on its worst list (Graham 1969)', () => {
    for (let m = 2; m <= 12; m++) {
      expect(makespan(m, { instance: 'worst-longest', order: 'longest-first' })).toBe(4 * m - 1)
      expect(makespan(m, { instance: 'worst-longest' })).toBe(3 * m)
    }
  })

  it('in any order takes at most the mean load and the rest of the longest job (Graham 1966; property)', () => {
    const cases = fc.record({
      machines: fc.integer({ min: 1, max: 8 }),
      instance: fc.constantFrom('worst-list', 'worst-longest', 'striped', 'random') as fc.Arbitrary<any>,
      order: fc.constantFrom('listed', 'longest-first', 'shuffled') as fc.Arbitrary<any>,
      jobs: fc.integer({ min: 1, max: 60 }),
    })
    fc.assert(
      fc.property(cases, ({ machines, ...params }) => {
        const run = world(machines, params)
        run.runUntil(isOver(run), 1_000_000_000)
        const sizes = told(run, 'submitted').map(({ sizeUs }) => sizeUs)
        const mean = sizes.reduce((sum, size) => sum + size, 0) / machines
        const tookUs = Math.max(...told(run, 'worked').map(({ timeUs }) => timeUs)) - told(run, 'started')[0].timeUs
        expect(tookUs).toBeLessThanOrEqual(mean + (1 - 1 / machines) * Math.max(...sizes) + 1e-6)
      }),
      { numRuns: 60 },
    )
  })

  it('in turn is as bad as the machine with all the long jobs', () => {
    expect(makespan(8, { instance: 'striped', rule: 'in-turn' })).toBe(64)
    expect(makespan(8, { instance: 'striped' })).toBeLessThanOrEqual(15 * 1.875)
  })

  it('a machine has no gap between two jobs when it asks a round trip ahead', () => {
    const run = world(3, { instance: 'random', jobs: 40 })
    run.runUntil(isOver(run), 1_000_000_000)
    for (const machine of [1, 2, 3]) {
      const ends = told(run, 'worked').flatMap(({ agent, timeUs }) => (agent === machine ? [timeUs] : []))
      const starts = told(run, 'started').flatMap(({ agent, timeUs }) => (agent === machine ? [timeUs] : []))
      expect(starts.slice(1)).toEqual(ends.slice(0, -1))
    }
  })

  it('begins the next list after the pause, with numbers of its own', () => {
    const run = world(2, { pauseUs: 50_000 })
    run.runUntil(() => told(run, 'finished').length === 3)
    const ids = told(run, 'submitted').map(({ task }) => task)
    expect(new Set(ids).size).toBe(9)
    expect(told(run, 'finished').map(({ round }) => round)).toEqual([1, 2, 3])
  })
})

/** What the conservation check holds every task to. */
function expectEachOnce(run: World): void {
  const submitted = told(run, 'submitted').flatMap(({ task, retold }) => (retold ? [] : [task]))
  const done = told(run, 'done').flatMap(({ task, retold }) => (retold ? [] : [task]))
  expect(done.toSorted((a, b) => a - b)).toEqual([...new Set(submitted)].toSorted((a, b) => a - b))
}

describe('list scheduling among failures', () => {
  it('a crashed machine’s job goes to another', () => {
    const run = world(3)
    run.run(12_000).crash(2)
    run.runUntil(isOver(run))
    expect(told(run, 'reclaimed').map(({ from }) => from)).toContain(2)
    expectEachOnce(run)
  })

  it('the scheduler goes on after a crash where its disk says', () => {
    const run = world(3)
    run.run(25_000).crash(0).run(5_000).restart(0)
    run.runUntil(isOver(run))
    expect(new Set(told(run, 'done').map(({ task }) => task)).size).toBe(7)
    expect(told(run, 'submitted').filter(({ retold }) => retold)).toHaveLength(7)
  })

  it('ends with every job done under loss, duplication and crashes of machines (property)', () => {
    const cases = fc.record({
      machines: fc.integer({ min: 1, max: 6 }),
      seed: fc.nat(1_000_000),
      crashes: fc.array(fc.record({ agent: fc.nat(5), afterMs: fc.nat(60), forMs: fc.nat(60) }), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(cases, ({ machines, seed, crashes }) => {
        let sent = 0
        const network = (): number[] => {
          const fate = Math.abs(Math.imul(++sent, 2_654_435_761) ^ Math.imul(seed + 1, 40_503)) % 16
          return fate === 0 ? [] : fate === 1 ? [LINK, LINK + 37] : fate === 2 ? [30 * LINK] : [LINK]
        }
        const run = world(machines, { instance: 'random', jobs: 30 }, { network })
        for (const { agent, afterMs, forMs } of crashes) {
          const machine = 1 + (agent % machines)
          run.run(afterMs * 1_000).crash(machine)
          run.run(forMs * 1_000).restart(machine)
        }
        run.runUntil(isOver(run), 1_000_000_000)
        expectEachOnce(run)
      }),
      { numRuns: 60 },
    )
  })
})
