import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LocalRun } from '../LocalRun.ts'
import type { Mark } from '../agents/Program.ts'
import { micros } from '../kernel/units.ts'
import { knowPrograms } from '../programRegistry.ts'
import { PROGRAM_DEFAULTS } from '../scenario/defaults.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Command } from '../scenario/Scenario.ts'
import { ALLOCATOR_DEFAULTS } from './allocatorMessages.ts'
import { taskByTask } from './fairShare.ts'
import { allocator, type ResourceAllocator } from './ResourceAllocator.ts'
import { withinCapacity } from '../checks/resourceInvariants.ts'

knowPrograms([allocator])

function start(agents: number, params: object, faults: readonly Command[] = [], network: object = {}, seed = 1) {
  const scenario = parseScenario({
    ...{ seed, swarm: { agents }, faults, programs: [{ kind: 'allocator', params }], checks: [] },
    network: { latency: { kind: 'uniform', minUs: 100, maxUs: 20_000 }, ...network },
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const run = new LocalRun(scenario.value)
  const marks: Mark[] = []
  return {
    marks,
    to(untilUs: number): readonly ResourceAllocator[] {
      run.runTo(micros(untilUs))
      marks.push(...run.takeMarks())
      const agents = run.shards.flatMap((shard) => [...shard.agents.values()])
      return agents.sort((a, b) => a.id - b.id).map(({ programs }) => programs[0]!.state as ResourceAllocator)
    },
  }
}
const held = (states: readonly ResourceAllocator[]): number[] =>
  states.flatMap((state) => (state?.holder ? [state.holder.held.length] : []))
const granted = (states: readonly ResourceAllocator[]): number[] =>
  states[0]!.ledger!.sharers.map(({ grants }) => grants.length)
/** Sentences of every time that more was in use than there is. */
function overuse(marks: readonly Mark[]): string[] {
  const ctx = { members: [], quietFromUs: 0, electionMaxUs: 0 }
  const state = withinCapacity.init(ctx)
  const watched = marks.filter(({ program, body }) => withinCapacity.on[program]?.includes(body.kind))
  return watched
    .map((mark) => withinCapacity.onMark(state, mark, null as never, ctx))
    .filter((it) => typeof it === 'string')
}
const forEver = { holdUs: 0 }

describe('ResourceAllocator', () => {
  it('has the parameters that scenario/ gives as its defaults', () => {
    expect(PROGRAM_DEFAULTS.allocator.params).toEqual(ALLOCATOR_DEFAULTS)
  })
  it('grants A 3 tasks and B 2 of 9 CPUs and 18 GB, by messages (Ghodsi 2011, section 4.1)', () => {
    expect(held(start(3, forEver).to(500_000))).toEqual([3, 2])
    expect(
      held(start(3, { ...forEver, policy: 'first-come' }, [], { latency: { kind: 'constant', us: 100 } }).to(500_000)),
    ).toEqual([4, 0])
  })
  it('of one resource shares 100 tenths over 20, 26, 40 and 50 as max-min fairness does', () => {
    const params = { ...forEver, capacities: [100], demands: [[1]], tasks: [20, 26, 40, 50] }
    expect(held(start(5, params).to(500_000))).toEqual([20, 26, 27, 27])
  })
  it('comes to what filling task by task comes to, on any cluster', () => {
    const bundle = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    const users = fc.array(bundle, { minLength: 2, maxLength: 5 })
    const rule = fc.constantFrom('drf' as const, 'asset' as const, 'max-min' as const)
    fc.assert(
      fc.property(
        fc.tuple(...[40, 40].map((max) => fc.integer({ min: 9, max }))),
        users,
        rule,
        fc.boolean(),
        (capacities, demands, policy, overtake) => {
          const run = start(demands.length + 1, { ...forEver, capacities, demands, policy, overtake })
          const expected = taskByTask(
            policy,
            capacities,
            demands.map((demand) => ({ demand })),
            overtake,
          )
          expect(held(run.to(500_000))).toEqual(expected)
        },
      ),
      { numRuns: 50 },
    )
  })
  it('comes to the same under loss, duplication and delay', () => {
    const rough = { loss: 0.2, duplicate: 0.2, reorder: { probability: 0.3, extraUs: 30_000 } }
    for (let seed = 1; seed <= 8; seed++) {
      const run = start(3, { ...forEver, roundUs: 2_000_000, leaseUs: 6_000_000 }, [], rough, seed)
      expect(held(run.to(9_000_000))).toEqual([3, 2])
      expect(overuse(run.marks)).toEqual([])
    }
  })
  it('frees what a crashed user held when its lease runs out, and gives it to the others', () => {
    const run = start(3, forEver, [{ at: 1_000_000, op: 'crash', agent: 1 }])
    expect(granted(run.to(1_500_000))).toEqual([3, 2])
    const states = run.to(3_000_000)
    expect(granted(states)).toEqual([0, 3])
    expect(held(states)).toEqual([3]) // who is down has no state
    expect(run.marks.find(({ body }) => body.kind === 'expired')?.body).toMatchObject({ of: 1, tasks: 3 })
    expect(overuse(run.marks)).toEqual([])
  })
  it('a user that cannot be heard stops before the allocator gives its share away', () => {
    const faults: Command[] = [{ at: 1_000_000, op: 'partition', side: [1], forUs: 3_000_000 }]
    const run = start(3, forEver, faults)
    run.to(6_000_000)
    const at = (kind: string): number => run.marks.find(({ body }) => body.kind === kind)!.key.time
    expect(at('lapsed')).toBeLessThan(at('expired'))
    expect(overuse(run.marks)).toEqual([])
  })
  it('a restarted allocator grants nothing until every earlier lease has run out', () => {
    const faults: Command[] = [{ at: 1_000_000, op: 'crash', agent: 0, forUs: 50_000 }]
    const run = start(3, forEver, faults)
    run.to(4_000_000)
    const grants = run.marks.filter(({ body }) => body.kind === 'granted').map(({ key }) => key.time)
    expect(grants.filter((time) => time > 1_000_000 && time < 2_050_000)).toEqual([])
    expect(held(run.to(4_000_000))).toEqual([3, 2])
    expect(overuse(run.marks)).toEqual([])
  })
  it('changes from one policy to another while it runs', () => {
    const faults: Command[] = [
      { at: 5_000_000, op: 'set', agent: 'all', program: 'allocator', param: 'policy', value: 'first-come' },
    ]
    const shares = (run: ReturnType<typeof start>): number =>
      run.marks.filter(({ body }) => body.kind === 'shares').at(-1)!.body['fairness'] as number
    const run = start(3, { holdUs: 100_000, hold: 'constant', tasks: [0, 0] }, faults)
    run.to(5_000_000)
    expect(shares(run)).toBeGreaterThan(0.9)
    run.to(9_000_000)
    expect(shares(run)).toBeLessThan(0.75)
  })
  it('where small tasks may overtake a large one, the large ones starve; in turn they do not', () => {
    const params = { capacities: [10], demands: [[1], [10]], holdUs: 100_000 }
    const inTurn = start(3, params).to(20_000_000)
    const overtaken = start(3, { ...params, overtake: true }).to(20_000_000)
    expect(inTurn[2]!.holder!.done).toBeGreaterThan(20)
    expect(overtaken[2]!.holder!.done).toBeLessThan(3)
  })
  it('takes back from whoever is ahead when somebody comes late, and stops at equal shares', () => {
    const late: Command[] = [{ at: 1, op: 'cut', from: 2, to: 0, forUs: 1_000_000 }]
    const params = { ...forEver, capacities: [12], demands: [[1]] }
    expect(held(start(3, params, late).to(3_000_000))).toEqual([12, 0])
    const run = start(3, { ...params, takeBack: 'fairness' }, late)
    expect(held(run.to(3_000_000))).toEqual([6, 6])
    expect(overuse(run.marks)).toEqual([])
  })
  it('an alarm of a user with too much waiting brings it more, and its clearing gives that back', () => {
    const params = {
      ...{ capacities: [12], demands: [[1]], perSecond: [0, 30], tasks: [12], hold: 'constant', holdUs: 250_000 },
      ...{ takeBack: 'alarm', alarmWeight: 3 },
    }
    const calm: Command[] = [
      { at: 8_000_000, op: 'set', agent: 'all', program: 'allocator', param: 'perSecond', value: [0, 4] },
    ]
    const run = start(3, params, calm)
    run.to(7_900_000)
    const alarms = (kind: string): Mark[] => run.marks.filter(({ agent, body }) => agent === 2 && body.kind === kind)
    expect(alarms('alarm').length).toBeGreaterThan(0)
    expect(alarms('alarm')[0]!.body).toMatchObject({ what: 'saturation' })
    const before = run.to(7_900_000)
    expect(granted(before)[1]).toBeGreaterThan(granted(before)[0]!)
    const after = run.to(14_000_000)
    expect(after[2]!.holder!.monitor.alarmed).toBe(false)
    expect(granted(after)[0]).toBeGreaterThan(granted(after)[1]!)
    const without = start(3, { ...params, alarmAt: 1_000, clearAt: 1 }, calm).to(7_900_000)
    expect(without[2]!.holder!.backlog).toBeGreaterThan(before[2]!.holder!.backlog)
  })
  it('says at once that a task will never fit, and serves the others', () => {
    const run = start(3, {
      ...forEver,
      demands: [
        [10, 1],
        [3, 1],
      ],
    })
    expect(held(run.to(2_000_000))).toEqual([0, 3])
    expect(run.marks.filter(({ body }) => body.kind === 'refused')).toHaveLength(1)
  })
  it(
    'never lets more be used than there is, whatever fails (Gray and Cheriton, SOSP 1989)',
    { timeout: 60_000 },
    () => {
      const agent = fc.integer({ min: 0, max: 4 })
      const at = fc.integer({ min: 1, max: 5_000_000 })
      const forUs = fc.integer({ min: 1_000, max: 2_500_000 })
      const fault = fc.oneof(
        fc.record({ at, op: fc.constant('crash' as const), agent, forUs }),
        fc.record({ at, op: fc.constant('pause' as const), agent, forUs }),
        fc.record({ at, op: fc.constant('cut' as const), from: agent, to: agent, forUs }),
        fc.record({ at, op: fc.constant('delay' as const), from: agent, to: agent, us: forUs, forUs }),
      )
      const policy = fc.constantFrom('drf', 'first-come', 'asset', 'max-min')
      fc.assert(
        fc.property(fc.array(fault, { maxLength: 6 }), policy, fc.nat(1_000), (faults, rule, seed) => {
          const params = { policy: rule, holdUs: 300_000, takeBack: 'fairness' }
          const sorted = faults.toSorted((a, b) => a.at - b.at) as Command[]
          const run = start(5, params, sorted, { loss: 0.1, duplicate: 0.1 }, seed)
          run.to(8_000_000)
          expect(overuse(run.marks)).toEqual([])
        }),
        { numRuns: 60 },
      )
    },
  )
})

describe('within-capacity', () => {
  it('finds a holder that goes on after its lease', () => {
    const mark = (agent: number, body: object): Mark =>
      ({ key: { time: 0 }, index: 0, agent, program: 'allocator', body }) as unknown as Mark
    const rules = mark(0, { kind: 'shared-by', policy: 'drf', capacities: [4] })
    const uses = (agent: number, amount: number): Mark => mark(agent, { kind: 'holding', tasks: 1, uses: [amount] })
    expect(overuse([rules, uses(1, 3), uses(2, 1)])).toEqual([])
    expect(overuse([rules, uses(1, 3), uses(2, 2)])).toEqual(['5 of resource 0 are in use, and there are 4'])
  })
})
