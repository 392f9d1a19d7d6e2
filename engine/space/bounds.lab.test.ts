import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { micros } from '../kernel/units.ts'
import { LocalRun } from '../LocalRun.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario, SpaceKind } from '../scenario/Scenario.ts'
import { SPACE_KINDS, SPACE_PARAMS, type ParamRule } from '../scenario/spaceParams.ts'
import '../spaceModels.ts'

const STEP_US = 50_000
const AGENTS = 24
type Json = { readonly [field: string]: unknown }

/** Models that are defined in three dimensions as well. */
const DEEP: readonly SpaceKind[] = ['boids', 'couzin', 'affinity']
/** This one exists to let a field run away, which is then stopped by name. */
const RUNS_AWAY = 'pastLimit'
/** Defaults that are too wide for a world so small. */
const BASE: { readonly [kind: string]: Json } = {
  couzin: { attractionWidth: 5 },
  physarum: { sensorOffset: 4 },
  field: { diffusion: 0.1, alarmDiffusion: 0.1 },
}

interface Draft {
  params: { [name: string]: unknown }
  faults: Json[]
  readonly space: Json
  readonly untilUs: number
}

/** The scenario of a draft; what is refused because it does not fit the rest is left out. */
function scenarioOf(kind: SpaceKind, { params, faults, space, untilUs }: Draft): Scenario {
  const [kept, left] = [{ ...params }, [...faults]]
  for (;;) {
    const parsed = parseScenario({
      ...{
        name: 'bounds',
        untilUs,
        digestEveryUs: 10 * STEP_US,
        swarm: { agents: AGENTS },
        topology: { kind: 'none' },
      },
      space: { kind, params: { ...BASE[kind], ...kept }, stepUs: STEP_US, measureEvery: 7, ...space },
      faults: left,
    })
    if (parsed.ok) return parsed.value
    const param = /space\.params\.(\w+)/.exec(parsed.error)?.[1]
    const fault = /faults\[(\d+)\]/.exec(parsed.error)?.[1]
    if (fault !== undefined) left.splice(Number(fault), 1)
    else if (param !== undefined && param in kept) delete kept[param]
    else if (Object.keys(kept).length > 0) delete kept[Object.keys(kept)[0]!]
    else throw new Error(parsed.error)
  }
}

const numbersOf = (kind: SpaceKind): [name: string, rule: Extract<ParamRule, { min: number }>][] =>
  Object.entries(SPACE_PARAMS[kind]).flatMap(([name, rule]) => ('min' in rule ? [[name, rule]] : [])) as never

function valueOf(rule: ParamRule): fc.Arbitrary<unknown> {
  if (typeof rule.is === 'boolean') return fc.boolean()
  if ('of' in rule) return fc.constantFrom(...rule.of)
  const { is, min, max, whole } = rule as Extract<ParamRule, { min: number }>
  const near = fc.double({ min, max: Math.max(is, Math.min(max, 4 * is)), noNaN: true })
  return fc.oneof(
    fc.constantFrom(min, max),
    near.map((value) => (whole ? Math.round(value) : value)),
  )
}

const paramOf = (kind: SpaceKind): fc.Arbitrary<readonly [string, unknown]> =>
  fc
    .constantFrom(...Object.keys(SPACE_PARAMS[kind]).filter((name) => name !== RUNS_AWAY))
    .chain((name) => valueOf(SPACE_PARAMS[kind][name]!).map((value) => [name, value] as const))

const UNTIL_US = 60 * STEP_US
const at = fc
  .integer({ min: 0, max: 59 })
  .chain((k) => fc.constantFrom(k * STEP_US, k * STEP_US + 1, k * STEP_US + 20_000))
const forUs = fc.integer({ min: 1, max: UNTIL_US })
const place = { x: fc.double({ min: -5, max: 30, noNaN: true }), y: fc.double({ min: -5, max: 30, noNaN: true }) }
const disc = fc.record({ ...place, radius: fc.double({ min: 0.01, max: 8, noNaN: true }) })
const agent = fc.nat(AGENTS - 1)
const gust = fc.oneof(fc.double({ min: -30, max: 30, noNaN: true }), fc.constantFrom(-1e6, 1e6))
const effect = fc.constantFrom('kill', 'blind', 'deaf', 'stuck', 'rogue')

const faultOf = (kind: SpaceKind): fc.Arbitrary<Json> =>
  fc.oneof(
    fc.record({ at, op: fc.constant('afflict'), whom: fc.record({ share: fc.constantFrom(0.2, 1) }), effect, forUs }),
    fc.record({ at, op: fc.constant('afflict'), whom: fc.record({ disc }), effect }),
    fc.record({ at, op: fc.constant('afflict'), whom: fc.record({ agents: fc.tuple(agent) }), effect, forUs }),
    fc.record({ at, op: fc.constant('obstacle'), disc, forUs }),
    fc.record({ at, op: fc.constant('wind'), x: gust, y: gust, forUs }),
    fc.record({ at, op: fc.constant('crash'), agent, forUs }),
    fc.record({ at, op: fc.constantFrom('crash', 'restart', 'leave', 'pause'), agent }),
    fc.record({ at, op: fc.constant('join') }),
    fc.record({ at, param: paramOf(kind) }).map(({ at: when, param: [param, value] }) => {
      return { at: when, op: 'set', agent: 'all', program: 'space', param, value }
    }),
  )

/** Sides that 32 bits do not hold exactly, and that cells do not divide, among them. */
const sides = fc.constantFrom(20, 20.3, 17.9, 24)
const draftOf = (kind: SpaceKind): fc.Arbitrary<Draft> =>
  fc.record({
    params: fc.array(paramOf(kind), { maxLength: 5 }).map((params) => Object.fromEntries(params)),
    faults: fc.array(faultOf(kind), { maxLength: 10 }),
    untilUs: fc.constant(UNTIL_US),
    space: fc.record({
      width: sides,
      height: sides,
      depth: sides,
      dimensions: fc.constantFrom(...(DEEP.includes(kind) ? [2, 3] : [2])),
      edges: fc.constantFrom('wrap', 'walls'),
      cell: fc.constantFrom(1, 0.7),
      obstacles: fc.array(
        disc.map((d) => ({ ...d, radius: Math.min(d.radius, 3) })),
        { maxLength: 2 },
      ),
    }),
  })

/** What a run leaves to see, to its end or from a snapshot on another layout. */
function endOf(run: LocalRun, untilUs: number) {
  run.runTo(micros(untilUs))
  const trouble = run.takeMarks().filter(({ body }) => body.kind === 'outside' || body.kind === 'not a number')
  expect(trouble.map(({ body }) => body)).toEqual([])
  return run.digestText()
}

/** Where to come back to: mostly when something begins or ends, at a step, or right between two. */
function momentIn({ faults }: Scenario, moment: number, which: number): number {
  const times = faults.flatMap((fault) => [fault.at, fault.at + (('forUs' in fault && fault.forUs) || 1)])
  times.push(moment, Math.floor(moment / STEP_US) * STEP_US)
  return Math.min(UNTIL_US, times[which % times.length]!)
}

describe.each(SPACE_KINDS)('%s', (kind) => {
  it('keeps every body inside and every number finite with each parameter at its bounds', () => {
    numbersOf(kind).forEach(([name, { min, max }], i) => {
      for (const value of [min, max]) {
        const edges = (value === max) === (i % 2 === 0) ? 'wrap' : 'walls'
        const space = { width: 20.3, height: 17.9, edges }
        const draft = { params: { [name]: value }, faults: [], space, untilUs: 200 * STEP_US }
        endOf(new LocalRun(scenarioOf(kind, draft)), draft.untilUs)
      }
    })
  })

  it('is the same on 1 and 3 shards and after coming back, with any parameters, whatever befalls it (property)', () => {
    fc.assert(
      fc.property(draftOf(kind), fc.nat(UNTIL_US), fc.nat(), (draft, moment, which) => {
        const scenario = scenarioOf(kind, draft)
        const t = micros(momentIn(scenario, moment, which))
        const one = new LocalRun(scenario)
        one.runTo(t)
        const snapshot = one.snapshot()
        const end = endOf(one, UNTIL_US)
        const three = new LocalRun(scenario, { shards: 3 })
        expect(endOf(three, UNTIL_US)).toBe(end)
        expect(three.digestPoints()).toEqual(one.digestPoints())
        for (const run of [one, three]) {
          run.restore(snapshot)
          expect(endOf(run, UNTIL_US)).toBe(end)
        }
      }),
      { numRuns: 8 },
    )
  })
})

it('boids that are told to all but stand still keep their headings', () => {
  const faults = [1e-310, 1_000, 1e-30, 0, 3].map((value, i) => {
    return { at: (i + 1) * 5 * STEP_US, op: 'set', agent: 'all', program: 'space', param: 'speed', value }
  })
  const run = new LocalRun(scenarioOf('boids', { params: {}, faults, space: {}, untilUs: UNTIL_US }))
  endOf(run, UNTIL_US)
  const { heading } = run.shards[0]!.space!
  for (let row = 0; row < AGENTS; row++) expect(Math.hypot(...heading.subarray(3 * row, 3 * row + 3))).toBeCloseTo(1, 4)
})
