import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContext } from './checkContext.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { Observer } from './Observer.ts'
import './programs.ts'
import { DISCIPLINES } from './resources/PriorityScheduler.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import { STRATEGIES } from './tasks/messages.ts'

/** Faults begin and end in the first part; in the rest everything must be answered. */
const FAULTS_UNTIL_US = 1_500_000
const UNTIL_US = 15_000_000
const AGENTS_MAX = 15

const at = fc.integer({ min: 0, max: FAULTS_UNTIL_US })
const forUs = fc.integer({ min: 1, max: 600_000 })
const probability = fc.double({ min: 0, max: 1, noNaN: true })
const us = fc.integer({ min: 1, max: 50_000 })
const agent = fc.nat(AGENTS_MAX - 1)
const set = fc.oneof(agent, fc.constant<'all'>('all'), fc.uniqueArray(agent, { minLength: 1, maxLength: 5 }))
const strategy = fc.constantFrom(...STRATEGIES)

const command: fc.Arbitrary<any> = fc.oneof(
  fc.record({ at, op: fc.constant('crash'), agent, forUs }),
  fc.record({ at, op: fc.constant('pause'), agent, forUs }),
  fc.record({ at, op: fc.constant('slow'), agent, factor: fc.integer({ min: 2, max: 50 }), forUs }),
  fc.record({ at, op: fc.constant('join') }),
  fc.record({ at, op: fc.constant('leave'), agent }),
  fc.record({ at, op: fc.constant('partition'), side: set, forUs }),
  fc.record({ at, op: fc.constant('cut'), from: set, to: set, forUs }),
  fc.record({ at, op: fc.constant('delay'), from: set, to: set, us, forUs }),
  fc.record({ at, op: fc.constant('lose'), from: set, to: set, probability, forUs }),
  fc.record({ at, op: fc.constant('duplicate'), from: set, to: set, probability, forUs }),
  fc.record({ at, op: fc.constant('reorder'), from: set, to: set, probability, us, forUs }),
  fc.record({ at, op: fc.constant('corrupt'), from: set, to: set, probability, forUs }),
  fc.record({
    ...{ at, op: fc.constant('clock'), agent, forUs },
    ...{
      offsetUs: fc.integer({ min: -400_000, max: 400_000 }),
      driftPpm: fc.integer({ min: -500_000, max: 900_000 }),
    },
  }),
  fc.record({
    at,
    op: fc.constant('disk'),
    agent,
    factor: fc.integer({ min: 1, max: 30 }),
    forgets: fc.constant(false),
    forUs,
  }),
  fc.record({
    ...{ at, op: fc.constant('set'), agent: fc.constant('all'), program: fc.constant('distributor') },
    ...{ param: fc.constant('strategy'), value: strategy },
  }),
)

const queue = fc.record({
  discipline: fc.constantFrom(...DISCIPLINES),
  ageUs: fc.constantFrom(0, 50_000),
  levels: fc.constantFrom(1, 3),
  quantumUs: fc.constantFrom(2_000, 20_000),
})

const scenarioInput = fc
  .record({
    seed: fc.nat(0xffffffff),
    workers: fc.integer({ min: 2, max: 12 }),
    distributors: fc.integer({ min: 1, max: 3 }),
    everybody: fc.boolean(),
    topology: fc.constantFrom('mesh', 'mesh', 'ring', 'hierarchical', 'star'),
    network: fc.record({
      latency: fc.constantFrom(
        { kind: 'constant', us: 1_500 },
        { kind: 'uniform', minUs: 100, maxUs: 9_000 },
        { kind: 'exponential', floorUs: 500, meanUs: 4_000 },
      ),
      loss: fc.constantFrom(0, 0, 0.05),
      duplicate: fc.constantFrom(0, 0.1),
      reorder: fc.constantFrom({ probability: 0, extraUs: 1_000 }, { probability: 0.2, extraUs: 20_000 }),
    }),
    tornWrites: fc.boolean(),
    workload: fc.record({
      arrivals: fc.constantFrom('poisson', 'poisson', 'bursty', 'batch', 'closed'),
      perSecond: fc.constantFrom(100, 300),
      count: fc.constantFrom(100, 200),
      size: fc.constantFrom('exponential', 'constant', 'pareto', 'bimodal'),
      // No task may take longer than the whole run: one in 10⁷ takes a second.
      shape: fc.constant(3),
      meanUs: fc.constantFrom(5_000, 15_000),
      prediction: fc.constantFrom('none', 'exact', 'exponential'),
      kinds: fc.constantFrom(1, 3),
      demands: fc.constantFrom(1, 1, 2, 3),
      requires: fc.constantFrom([], [['lift'], ['see']]),
      priorities: fc.constantFrom(1, 3),
      dag: fc.constantFrom('none', 'none', 'fork-join', 'pipeline', 'random'),
      width: fc.constant(4),
      depth: fc.constant(3),
    }),
    distributor: fc.record({
      strategy,
      reach: fc.constantFrom('all', 'all', 'neighbours'),
      creditsPerWorker: fc.constantFrom(0, 1, 4),
      waitingMax: fc.constantFrom(20, 100_000),
    }),
    waits: queue,
    worker: fc.record({
      queueMax: fc.constantFrom(1, 3, 50),
      slots: fc.constantFrom(1, 2, 4),
      kinds: fc.constantFrom('all', 'all', 'half', 'one'),
      abilities: fc.constantFrom([], [], [['lift'], ['lift', 'see'], []]),
      preempt: fc.boolean(),
      failure: fc.constantFrom(0, 0, 0.1),
      warmUpUs: fc.constantFrom(0, 0, 20_000),
      speeds: fc.constantFrom([], [], [1, 0.5, 2]),
      managersWork: fc.boolean(),
      victims: fc.constantFrom('all', 'neighbours'),
    }),
    clocks: fc.constantFrom(undefined, undefined, { offsetUs: 40_000, driftPpm: 100_000 }),
    queue,
    faults: fc.array(command, { maxLength: 8 }),
  })
  .map(
    ({
      seed,
      workers,
      distributors,
      everybody,
      topology,
      network,
      tornWrites,
      workload,
      distributor,
      waits,
      worker,
      queue,
      faults,
      clocks,
    }) => {
      // Graphs come at a rate of their own, each of several tasks.
      const asked = { ...workload, requires: workload.requires.slice(0, workload.kinds) }
      const inGraphs = asked.dag === 'none' ? asked : { ...asked, perSecond: 30, count: 20 }
      return {
        ...{ name: 'fuzz', title: 'Fuzz', seed, untilUs: UNTIL_US, digestEveryUs: 1_000_000 },
        ...{
          swarm: { agents: workers + distributors, ...(clocks && { clocks }) },
          topology: { kind: topology },
          network,
        },
        disk: { fsync: { kind: 'uniform', minUs: 200, maxUs: 2_000 }, tornWrites },
        tasks: { workload: inGraphs },
        programs: [
          {
            ...{ kind: 'distributor', on: { first: distributors } },
            params: {
              ...{
                ...waits,
                ...distributor,
                leaseUs: 300_000,
                retriesMax: 4,
                retryUs: 5_000,
                openUs: 50_000,
                trials: 1,
              },
              ...{ window: 10, verbose: true, reportEveryUs: 100_000 },
            },
          },
          { kind: 'worker', on: everybody ? 'all' : { last: workers }, params: { ...queue, ...worker } },
        ],
        faults: faults.filter((fault) => fits(fault, workers + distributors)) as readonly Command[],
      }
    },
  )

/** Faults name agents of the largest swarm. */
function fits(fault: { [field: string]: unknown }, agents: number): boolean {
  const isIn = (who: unknown): boolean =>
    typeof who === 'number' ? who < agents : Array.isArray(who) ? who.every((one) => one < agents) : true
  return ['agent', 'side', 'from', 'to'].every((field) => isIn(fault[field]))
}

/** What a run violates, and tasks that nobody ever answered though their submitter is there. */
function trouble(scenario: Scenario): { readonly violated: readonly string[]; readonly unanswered: number } {
  const run = new LocalRun(scenario)
  const observer = new Observer(scenario.checks, checkContext(scenario, scenario.faults))
  run.runTo(micros(scenario.untilUs))
  const marks = run.takeMarks()
  observer.take(marks, run.clock)
  const open = new Set<number>()
  for (const { body } of marks) {
    if (body.kind === 'submitted') open.add(body['task'] as number)
    if (['done', 'failed', 'unassignable'].includes(body.kind)) open.delete(body['task'] as number)
  }
  // Who has left may have been the only one who could.
  const allStay = !scenario.faults.some(({ op }) => op === 'leave')
  const violated = observer.status().flatMap(({ violation }) => (violation === undefined ? [] : [violation.sentence]))
  return { violated, unanswered: allStay ? open.size : 0 }
}

describe('any small swarm of workers under any faults', () => {
  it('loses no task and ends none twice, keeps its queues fair, and answers everything once the faults are over', () => {
    fc.assert(
      fc.property(scenarioInput, (input) => {
        const parsed = parseScenario(input)
        fc.pre(parsed.ok)
        if (parsed.ok) expect(trouble(parsed.value)).toEqual({ violated: [], unanswered: 0 })
      }),
      { numRuns: 60 },
    )
  }, 120_000)
})

describe('what was found before', () => {
  const input = (more: object, distributor: object, worker: object): object => ({
    ...{ seed: 0, untilUs: UNTIL_US, swarm: { agents: 5 }, tasks: { workload: { count: 60, meanUs: 5_000 } }, ...more },
    programs: [
      { kind: 'distributor', on: { first: 3 }, params: { leaseUs: 300_000, retriesMax: 4, ...distributor } },
      { kind: 'worker', on: { last: 2 }, params: worker },
    ],
  })
  const back = { at: 4_888, op: 'clock', agent: 3, forUs: 1, offsetUs: -400_000, driftPpm: 0 }
  it.each([
    ['no neighbour works: nobody in reach can do it', { topology: { kind: 'ring' } }, { reach: 'neighbours' }, {}],
    [
      'nobody below works, or none who can do that kind',
      { topology: { kind: 'hierarchical' }, tasks: { workload: { count: 60, meanUs: 5_000, kinds: 2 } } },
      ...([{ strategy: 'delegate' }, { kinds: 'one' }] as const),
    ],
    [
      'below a worker somebody joins who does not work',
      { topology: { kind: 'hierarchical', branching: 1 }, faults: [{ at: 0, op: 'join' }] },
      ...([{ strategy: 'delegate' }, {}] as const),
    ],
    ['a clock set back while a worker gets ready', { faults: [back] }, {}, { warmUpUs: 20_000 }],
  ])('%s', (_, more, distributor, worker) => {
    const parsed = parseScenario(input(more, distributor, worker))
    if (!parsed.ok) throw new Error(parsed.error)
    expect(trouble(parsed.value)).toEqual({ violated: [], unanswered: 0 })
  })
})
