import { promisify } from 'node:util'
import zlib from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContext } from '../checkContext.ts'
import { LocalRun } from '../LocalRun.ts'
import { Observer } from '../Observer.ts'
import { ok } from '../kernel/result.ts'
import { micros } from '../kernel/units.ts'
import { PROGRAMS } from '../programs.ts'
import { chaosKindsOn, compileChaos, suits } from './chaos.ts'
import { DISK_PROGRAMS } from './chaosBudget.ts'
import { chaosNamed, chaosOf, CHAOS_PROFILES, profileOf, type ChaosProfile } from './chaosProfiles.ts'
import { initialLog } from './initialLog.ts'
import { decodeLink, encodeLink } from './link.ts'
import { LIMITS } from './limits.ts'
import { CHAOS_KINDS } from './names.ts'
import { parseLog, parseScenario } from './parse.ts'
import { isComposite, raftMembers } from './placement.ts'
import { PRESETS } from './presets/index.ts'
import type { ChaosKind, ChaosSpec, Command, Scenario } from './Scenario.ts'
import { setFields } from './set.ts'

const bodies = (programs: readonly unknown[]): Scenario => {
  const space = { kind: 'field', width: 60, height: 40 }
  const parsed = parseScenario({ name: 'bodies', swarm: { agents: 30 }, programs, space })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}
const BODIES = [bodies([]), bodies([{ kind: 'raft', on: { first: 5 } }])]
const SMALL = [
  ...BODIES,
  ...PRESETS.map(({ withAgents, sizes }) => withAgents(Math.min(sizes.default, Math.max(sizes.min, 30)))),
]
const lan = PRESETS.find(({ scenario }) => scenario.name === 'raft-lan')!.scenario
const tree = PRESETS.find(({ scenario }) => scenario.name === 'tree-sync')!.scenario
const first = PRESETS[0]!.scenario

const spec = (agents: number): fc.Arbitrary<ChaosSpec> =>
  fc.record({
    weights: fc
      .record(
        Object.fromEntries(CHAOS_KINDS.map((kind) => [kind, fc.double({ min: 0.01, max: 10, noNaN: true })])) as {
          [K in ChaosKind]: fc.Arbitrary<number>
        },
        { requiredKeys: [] },
      )
      .filter((weights) => Object.keys(weights).length > 0),
    pick: fc.constantFrom(0.3, 0.5, 1),
    perSecond: fc.double({ min: 0.1, max: 20, noNaN: true }),
    fromUs: fc.integer({ min: 0, max: 3_000_000 }),
    toUs: fc.integer({ min: 3_000_001, max: 20_000_000 }),
    meanUs: fc.integer({ min: 1, max: 5_000_000 }),
    budget: fc.oneof(fc.nat(agents), fc.constantFrom<ChaosSpec['budget']>('tolerated', 'unlimited')),
  })

const AT = fc.integer({ min: 0, max: 10_000_000 })
const schedule = fc.array(
  fc.oneof(
    fc.record({
      at: AT,
      op: fc.constantFrom('crash', 'pause'),
      agent: fc.nat(2),
      forUs: fc.integer({ min: 1, max: 4e6 }),
    }),
    fc.record({ at: AT, op: fc.constant('join') }),
    fc.record({ at: AT, op: fc.constant('leave'), agent: fc.constantFrom(0, 2) }),
  ),
  { maxLength: 4 },
) as fc.Arbitrary<Command[]>

const chaotic = fc.tuple(fc.constantFrom(...SMALL), fc.nat(0xffffffff), schedule).chain(([scenario, seed, faults]) =>
  spec(scenario.swarm.agents).map((chaos): Scenario => ({
    ...{ ...scenario, seed, chaos },
    faults: [...faults].sort((a, b) => a.at - b.at),
  })),
)

/** Who is faulty from when to when, told from the log alone. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly ids: readonly number[]
  readonly made: boolean
}

const groupsOf = ({ topology, network }: Scenario): number =>
  isComposite(topology) ? topology.groups : network.latency.kind === 'regions' ? network.latency.regions.length : 1

function stretches(scenario: Scenario): Stretch[] {
  const members = new Set(raftMembers(scenario))
  const { agents } = scenario.swarm
  const groups = groupsOf(scenario)
  const found: Stretch[] = []
  const group: number[] = []
  for (let id = 0; id < agents; id++)
    group.push(isComposite(scenario.topology) ? Math.floor(id / (agents / groups)) : id % groups)
  const gone = new Set<number>()
  const made = new Set(initialLog(scenario).slice(scenario.faults.length))
  const side = (ids: readonly number[]): readonly number[] => {
    const rest = group.map((_, id) => id).filter((id) => !gone.has(id) && !ids.includes(id))
    const count = (list: readonly number[]): number => list.filter((id) => members.has(id) && !gone.has(id)).length
    const bigger = count(ids) - count(rest) || ids.length - rest.length
    return bigger > 0 ? rest : ids
  }
  for (const c of [...initialLog(scenario)].sort((a, b) => a.at - b.at)) {
    const to = c.at + (('forUs' in c ? c.forUs : undefined) ?? Infinity)
    const add = (ids: readonly number[]): unknown => found.push({ from: c.at, to, ids, made: made.has(c) })
    if (c.op === 'join') {
      const next = group.length
      group.push(c.group ?? (isComposite(scenario.topology) ? (next - agents) % groups : next % groups))
    } else if (c.op === 'leave') {
      gone.add(c.agent as number)
      if (members.has(c.agent as number)) add([c.agent as number])
    } else if (c.op === 'afflict' && 'agents' in c.whom) add(c.whom.agents)
    else if (['crash', 'pause', 'slow', 'clock', 'disk'].includes(c.op)) add([(c as { agent: number }).agent])
    else if (c.op === 'partition')
      add(
        side(
          Array.isArray(c.side)
            ? (c.side as number[])
            : group.flatMap((g, id) => (g === (c.side as { group: number }).group && !gone.has(id) ? [id] : [])),
        ),
      )
  }
  return found
}

describe('chaos', () => {
  it('makes only commands that a fault file could hold too, in time order, within its time and the log', () => {
    fc.assert(
      fc.property(chaotic, (scenario) => {
        const made = compileChaos(scenario)
        expect(parseLog(initialLog(scenario), scenario)).toEqual({ ok: true, value: initialLog(scenario) })
        expect(made.length + scenario.faults.length).toBeLessThanOrEqual(LIMITS.commandsMax)
        const times = made.map(({ at }) => at)
        expect(times).toEqual([...times].sort((a, b) => a - b))
        for (const { at } of made) expect(at >= scenario.chaos!.fromUs && at < scenario.chaos!.toUs).toBe(true)
        const on = chaosKindsOn(scenario)
        for (const { op } of made) expect(on).toContain(op)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps the budget at every moment at which it hurts somebody, scheduled faults included', () => {
    fc.assert(
      fc.property(chaotic, (scenario) => {
        const { budget } = scenario.chaos!
        const members = raftMembers(scenario)
        const all = stretches(scenario)
        for (const { from } of all) {
          const now = all.filter((s) => s.from <= from && s.to > from)
          if (!now.some(({ made }) => made)) continue
          const ids = [...new Set(now.flatMap((s) => s.ids))]
          const hurt = ids.filter((id) => members.includes(id)).length
          if (budget === 'tolerated') {
            expect(hurt).toBeLessThanOrEqual(Math.max(0, Math.floor((members.length - 1) / 2)))
            expect(ids.length - hurt).toBeLessThanOrEqual(Math.floor((scenario.swarm.agents - members.length) / 3))
          } else if (budget !== 'unlimited') expect(ids.length).toBeLessThanOrEqual(budget)
        }
        const left = compileChaos(scenario).filter((c) => c.op === 'leave' && members.includes(c.agent as number))
        expect(left.length).toBeLessThanOrEqual(Math.max(0, Math.floor((members.length - 1) / 2)))
      }),
      { numRuns: 300 },
    )
  })

  it('says the same for the same seed, and a later end only adds to it', () => {
    fc.assert(
      fc.property(chaotic, fc.integer({ min: 1, max: 5_000_000 }), (scenario, moreUs) => {
        const chaos = scenario.chaos!
        const made = compileChaos(scenario)
        expect(compileChaos(structuredClone(scenario))).toEqual(made)
        const longer = compileChaos({ ...scenario, chaos: { ...chaos, toUs: chaos.toUs + moreUs } })
        expect(longer.slice(0, made.length)).toEqual(made)
        for (const { at } of longer.slice(made.length)) expect(at).toBeGreaterThanOrEqual(chaos.toUs)
      }),
      { numRuns: 200 },
    )
  })
})

const lots = (chaos: Partial<ChaosSpec>, scenario = lan, seed = 1): readonly Command[] =>
  compileChaos({
    ...{ ...scenario, seed, faults: [] },
    chaos: {
      ...{ weights: { lose: 1 }, pick: 1, perSecond: 50, fromUs: 0, toUs: 15_000_000 },
      ...{ meanUs: 400_000, budget: 'unlimited', ...chaos },
    },
  })
const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length

describe('the law of chaos', () => {
  it('times are Poisson: mean and variance of the number of faults are the rate times the time', () => {
    const counts = Array.from({ length: 200 }, (_, seed) => lots({ perSecond: 10, toUs: 4_000_000 }, lan, seed).length)
    const mean = meanOf(counts)
    expect(Math.abs(mean - 40)).toBeLessThan((4 * Math.sqrt(40)) / Math.sqrt(200))
    const variance = meanOf(counts.map((n) => (n - mean) ** 2))
    expect(variance).toBeGreaterThan(40 * (1 - 4 * Math.sqrt(2 / 200)))
    expect(variance).toBeLessThan(40 * (1 + 4 * Math.sqrt(2 / 200)))
  })
  it('durations are exponential above a tenth of the mean, and have that mean', () => {
    const long = [1, 2, 3].flatMap((seed) => lots({}, lan, seed)).map((c) => (c as { forUs: number }).forUs)
    expect(Math.min(...long)).toBeGreaterThanOrEqual(40_000)
    expect(Math.abs(meanOf(long) - 400_000)).toBeLessThan((4 * 360_000) / Math.sqrt(long.length))
  })
  it('kinds come by weight', () => {
    const made = [1, 2, 3].flatMap((seed) => lots({ weights: { lose: 3, delay: 1 } }, lan, seed))
    const lost = made.filter(({ op }) => op === 'lose').length / made.length
    expect(Math.abs(lost - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / made.length))
  })
  it('each kind is switched on by a coin of its own: probability `pick`, whatever its weight', () => {
    const weights = Object.fromEntries(CHAOS_KINDS.map((kind) => [kind, 1]))
    const chaos = { ...chaosOf(CHAOS_PROFILES[0]!, first), weights, pick: 0.3 }
    const on = Array.from({ length: 400 }, (_, seed) => chaosKindsOn({ ...first, seed, chaos }))
    for (const kind of CHAOS_KINDS.filter((kind) => suits(first, kind))) {
      const share = on.filter((kinds) => kinds.includes(kind)).length / on.length
      expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / on.length))
    }
  })
})

describe('chaos fits the scenario', () => {
  it('spoils disks where a program writes to one, and of those agents that run it', () => {
    const writing = PROGRAMS.filter(({ disk }) => disk !== undefined).map(({ kind }) => kind)
    expect(writing.sort()).toEqual([...DISK_PROGRAMS].sort())
    expect(lots({ weights: { disk: 1 } }, tree)).toEqual([])
    expect(lots({ weights: { disk: 1 } }).length).toBeGreaterThan(10)
    const rush = PRESETS.find(({ scenario }) => scenario.name === 'rush-hour')!.scenario
    const spoilt = lots({ weights: { disk: 1 } }, { ...rush, faults: [] })
    expect(spoilt.length).toBeGreaterThan(10)
    expect(spoilt.every((c) => c.op === 'disk' && c.agent === 0)).toBe(true)
  })
  it('a disk forgets only without a budget: a crash meanwhile is more than any protocol tolerates', () => {
    const forgets = (budget: ChaosSpec['budget']): boolean =>
      lots({ weights: { disk: 1 }, budget }).some((c) => c.op === 'disk' && c.forgets)
    expect(forgets('unlimited')).toBe(true)
    expect(forgets('tolerated')).toBe(false)
  })
  it('nobody joins a consensus group of fixed members, nor takes the id of somebody whom the schedule names', () => {
    expect(lots({ weights: { join: 1 } }).length).toBe(0)
    expect(lots({ weights: { join: 1 } }, tree).length).toBeGreaterThan(100)
    const faults: Command[] = [
      { at: 1, op: 'join' },
      { at: 2, op: 'crash', agent: tree.swarm.agents },
    ]
    const chaos = { ...chaosOf(CHAOS_PROFILES[0]!, tree), weights: { join: 1 } }
    expect(compileChaos({ ...tree, faults, chaos })).toEqual([])
    expect(compileChaos({ ...tree, faults: faults.slice(0, 1), chaos }).length).toBeGreaterThan(0)
  })
  it('half of a swarm with a consensus group in it is aimed at that group', () => {
    const crashed = [1, 2, 3, 4].flatMap((seed) => lots({ weights: { crash: 1 }, meanUs: 1_000 }, first, seed))
    const members = raftMembers(first)
    const share = crashed.filter((c) => members.includes((c as { agent: number }).agent)).length / crashed.length
    expect(share).toBeGreaterThan(0.42)
    expect(share).toBeLessThan(0.62)
  })
})

/** Rough ground needs a ground. */
const suited = ({ weights }: ChaosProfile, scenario: Scenario): Scenario =>
  weights.afflict !== undefined && weights.crash === undefined ? BODIES[1]! : scenario

describe('profiles', () => {
  it.each(CHAOS_PROFILES.map((profile) => [profile.name, profile] as const))(
    '%s is valid for every built-in scenario, and does something for nearly every seed',
    (_, profile) => {
      for (const scenario of SMALL) {
        const chaos = chaosOf(profile, scenario)
        expect(parseScenario({ ...scenario, chaos })).toMatchObject({ ok: true, value: { chaos } })
        expect(profileOf(chaos)).toBe(profile)
      }
      const made = Array.from({ length: 30 }, (_, seed) =>
        compileChaos({ ...suited(profile, first), faults: [], seed, chaos: chaosOf(profile, first) }),
      )
      expect(made.filter((log) => log.length > 0).length).toBeGreaterThan(24)
    },
  )
  it('are found by name, and a wrong name is answered with a near one', () => {
    expect(chaosNamed('crashes', lan)).toEqual({ ok: true, value: chaosOf(CHAOS_PROFILES[2]!, lan) })
    expect(chaosNamed('none', lan)).toEqual({ ok: true, value: null })
    expect(chaosNamed('crash', lan)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/did you mean "crashes"/),
    })
  })
})

describe('a run with chaos', () => {
  it('is the run of the same commands as scheduled faults: same digest on 1 and 3 shards', () => {
    const scenario = { ...tree, seed: 5, chaos: chaosOf(CHAOS_PROFILES.at(-1)!, tree) }
    const untilUs = micros(3_000_000)
    const digest = (of: Scenario, shards: number): string => {
      const run = new LocalRun(of, { shards })
      run.runTo(untilUs)
      return run.digestText()
    }
    const wanted = digest({ ...scenario, faults: initialLog(scenario), chaos: null }, 1)
    expect(digest(scenario, 1)).toBe(wanted)
    expect(digest(scenario, 3)).toBe(wanted)
    expect(digest({ ...scenario, chaos: null }, 1)).not.toBe(wanted)
  })
  it.each(CHAOS_PROFILES.map((profile) => [profile.name, profile] as const))(
    'within its budget no invariant of Raft gives way, safety or liveness: %s',
    { timeout: 20_000 },
    (_, profile) => {
      const five = PRESETS.find(({ scenario }) => scenario.name === 'raft-lan')!.withAgents(5)
      for (const seed of [1, 2]) {
        const scenario = { ...suited(profile, five), seed, faults: [], chaos: chaosOf(profile, five) }
        const log = initialLog(scenario)
        expect(log.length).toBeGreaterThan(0)
        const run = new LocalRun(scenario)
        const observer = new Observer(scenario.checks, checkContext(scenario, log))
        run.runTo(micros(scenario.untilUs))
        observer.take(run.takeMarks(), micros(scenario.untilUs))
        expect(observer.status().filter(({ ok }) => !ok)).toEqual([])
      }
    },
  )
  it('compiles its log once: a host asks for the very same scenario many times', () => {
    const scenario = { ...lan, chaos: chaosOf(CHAOS_PROFILES[2]!, lan) }
    expect(initialLog(scenario)).toBe(initialLog(scenario))
    expect(initialLog(lan)).toBe(lan.faults)
    expect(initialLog(scenario).slice(0, lan.faults.length)).toEqual(lan.faults)
  })
})

describe('a link of a run with chaos', () => {
  const scenario: Scenario = { ...lan, seed: 5, chaos: { ...chaosOf(CHAOS_PROFILES.at(-1)!, lan), perSecond: 60 } }
  const codeOf = async (log: readonly Command[]): Promise<string> => {
    const state = { scenario, log, timeUs: 0, camera: [], rulesVersion: 1, digest: null }
    const link = await encodeLink(state, promisify(zlib.deflateRaw))
    return link.ok ? link.value.code : link.error
  }
  const read = (code: string) => decodeLink(code, async (bytes) => ok(zlib.inflateRawSync(bytes)))

  it('names the profile and none of its faults, and gives them all back', async () => {
    const log = initialLog(scenario)
    expect(log.length).toBeGreaterThan(100)
    const code = await codeOf(log)
    expect(code.length).toBeLessThan(400)
    expect(await read(code)).toMatchObject({ ok: true, value: { scenario, log } })
  })
  it('holds every command once somebody changed one', async () => {
    const log = initialLog(scenario).toSpliced(3, 1)
    const code = await codeOf(log)
    expect(code.length).toBeGreaterThan(1_000)
    expect(await read(code)).toMatchObject({ ok: true, value: { scenario, log } })
  })
})

describe('bad chaos is refused with one sentence', () => {
  const said = (...sets: string[]): string => {
    const set = setFields(lan, sets)
    return set.ok ? 'fine' : set.error
  }
  it.each([
    [
      ['chaos.perSecond=2'],
      'chaos.weights: none is above 0, so nothing could go wrong; name a kind, such as {"crash": 1}',
    ],
    [
      ['chaos.weights.crash=0'],
      'chaos.weights: none is above 0, so nothing could go wrong; name a kind, such as {"crash": 1}',
    ],
    [['chaos.weights.crash=1', 'chaos.toUs=1000000'], 'chaos.toUs: 1000000 is not after fromUs 1000000'],
    [['chaos.weights.crash=1', 'chaos.budget=11'], 'chaos.budget: 11 is outside 0..10, the number of agents'],
    [
      ['chaos.weights.crash=1', 'chaos.budget=some'],
      'chaos.budget: "some" is not a number of agents, "tolerated" or "unlimited"',
    ],
    [['chaos.weights.crash=-1'], 'chaos.weights.crash: -1 is outside 0..1000'],
    [['chaos.weights.crush=1'], 'chaos.weights.crush: unknown field; did you mean "crash"?'],
    [['chaos.weights.crash=1', 'chaos.pick=1.1'], 'chaos.pick: 1.1 is outside 0..1'],
    [
      ['chaos.weights.crash=1', 'chaos.perSecond=200'],
      'chaos.perSecond: 200 means about 1,400 faults from fromUs to toUs, above the 997 for which the log has room',
    ],
    [['swarm.clocks.driftPpm=900001'], 'swarm.clocks.driftPpm: 900001 is outside 0..900000'],
    [
      ['faults=[{"at":1,"op":"clock","agent":1,"offsetUs":0,"driftPpm":-1000000}]'],
      'faults[0].driftPpm: -1000000 is outside -900000..900000',
    ],
  ])('%j', (sets, sentence) => {
    expect(said(...sets)).toBe(sentence)
  })
  it('a field of chaos that is off switches it on, null switches it off', () => {
    const on = setFields(lan, ['chaos.weights.crash=1', 'chaos.perSecond=2'])
    expect(on).toMatchObject({ ok: true, value: { chaos: { weights: { crash: 1 }, perSecond: 2, pick: 1 } } })
    expect(on.ok && setFields(on.value, ['chaos=null'])).toMatchObject({ ok: true, value: { chaos: null } })
  })
})
