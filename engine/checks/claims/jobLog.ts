import { firstComeStarts, utilisation, type SeenJob } from './batchQueue.ts'
import { atLeast, atMost, within, type Claim, type ClaimFile, type ClaimRun, type Setup } from './Claim.ts'
import { greatest, mean, pool } from './statistics.ts'

const SCENARIO = 'job-log'
const NODES = 128
const JOBS = 2_000
/** Long enough for the whole backlog under any policy. */
const UNTIL_US = 400_000_000

const setup = (...more: readonly string[]): Setup => ({
  set: ['faults=[]', `swarm.agents=${NODES + 1}`, `tasks.workload.count=${JOBS}`, ...more],
  untilUs: UNTIL_US,
})
const policy = (name: string): string => `programs.cluster.params.policy=${name}`
/** Messages and disks that take next to no time, for what is compared with an account that knows of neither. */
const AT_ONCE = [
  ...['network.latency={"kind":"constant","us":1}', 'disk.fsync={"kind":"constant","us":1}'],
  'programs.cluster.params.marginUs=3',
]

/** Every job of a run, in order of submission; none where one has not begun. */
function jobsOf({ marks }: ClaimRun): readonly SeenJob[] {
  const jobs: { submitUs: number; sizeUs: number; processors: number; startUs: number }[] = []
  for (const { program, body, key } of marks) {
    if (program !== 'cluster') continue
    const task = body['task'] as number
    if (body.kind === 'submitted')
      jobs[task] = {
        ...{ submitUs: NaN, sizeUs: body['sizeUs'] as number, processors: body['processors'] as number },
        startUs: NaN,
      }
    else if (body.kind === 'assigned') {
      jobs[task]!.startUs = key.time
      jobs[task]!.submitUs = key.time - (body['waitedUs'] as number)
    }
  }
  return jobs.length === JOBS && jobs.every(({ startUs }) => startUs >= 0) ? jobs : []
}
const starts = (jobs: readonly SeenJob[]): number[] => jobs.map(({ startUs }) => startUs)
const meanWait = (jobs: readonly SeenJob[], begun: readonly number[]): number =>
  mean(jobs.map(({ submitUs }, i) => begun[i]! - submitUs))

/** Mean wait of a run, over that of the same jobs by hand, first come, first served. */
function waitRatio(run: ClaimRun): readonly number[] {
  const jobs = jobsOf(run)
  return jobs.length === 0 ? [] : [meanWait(jobs, starts(jobs)) / meanWait(jobs, firstComeStarts(jobs, NODES))]
}

/** Utilisation until the last job is submitted, less that of the same jobs first come, first served. */
function utilisationGain(run: ClaimRun): readonly number[] {
  const jobs = jobsOf(run)
  if (jobs.length === 0) return []
  const untilUs = jobs.at(-1)!.submitUs
  const byHand = utilisation(jobs, firstComeStarts(jobs, NODES), NODES, untilUs)
  return [utilisation(jobs, starts(jobs), NODES, untilUs) - byHand]
}

/** Of each job that had to wait first in the queue: how much later it began than it was told then. */
function delays({ marks }: ClaimRun): readonly number[] {
  const told: { [job: number]: number } = {}
  const late: number[] = []
  for (const { program, body, key } of marks) {
    if (program !== 'cluster') continue
    const task = body['task'] as number
    if (body.kind === 'reserved') told[task] ??= body['atUs'] as number
    else if (body.kind === 'assigned' && told[task] !== undefined) late.push(key.time - told[task])
  }
  return late
}

/** 97.5 % quantiles of Student's t, for the numbers of seeds below. */
const STUDENT: { readonly [seeds: number]: number } = { 4: 3.1824, 20: 2.093 }
const SEEDS = { quick: 4, full: 20 } as const

/** One end of the 95 % interval of the mean; NaN where a run showed nothing. */
function limit(samples: readonly (readonly number[])[], side: 1 | -1): number {
  const values = pool(samples)
  const t = STUDENT[samples.length]
  if (t === undefined || values.length !== samples.length) return NaN
  const centre = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / (values.length - 1)
  return centre + side * t * Math.sqrt(variance / values.length)
}

/** Parallel Workloads Archive; the cleaned log of October to December 1993. */
const NASA: ClaimFile = {
  name: 'NASA-iPSC-1993-3.1-cln.swf',
  bytes: 1_678_956,
  sha256: '12ab94d009c084bd3ef80117e3cd80ebba58c93f8593f3784ad43c76ee8a047a',
}
const replay = (timeScale: number): Setup => ({
  set: [
    ...['faults=[]', policy('fcfs'), 'tasks.workload.arrivals=log', `tasks.workload.file=${JSON.stringify(NASA)}`],
    `tasks.workload.timeScale=${timeScale}`,
  ],
  untilUs: 820_000_000,
})
/** A minute of the log, µs. */
const MINUTE_US = 6_000

/** Share of the jobs that waited longer than a minute of the log. */
function waitedShare({ marks }: ClaimRun): readonly number[] {
  const begun = marks.filter(({ program, body }) => program === 'cluster' && body.kind === 'assigned')
  const waited = begun.filter(({ body }) => (body['waitedUs'] as number) > MINUTE_US)
  return begun.length === 0 ? [] : [waited.length / begun.length]
}

const claims: readonly Claim[] = [
  {
    name: 'easy-delays-nobody-first',
    scenario: SCENARIO,
    source: 'Lifka 1995, the rule of EASY: a job may pass others only if it does not delay the first of the queue',
    unit: 'µs late, at most',
    seeds: { quick: 2, full: 20 },
    setups: [setup(policy('easy')), setup(policy('easy'), 'programs.cluster.params.estimateFactor=3')],
    control: { what: 'whoever fits may pass', seeds: 2, setups: [setup(policy('first-fit'))] },
    measure: delays,
    summary: (samples) => greatest(pool(samples)),
    expectation: () => atMost(0, 'exact, where no user expects less than the truth'),
  },
  {
    name: 'first-come-by-hand',
    scenario: SCENARIO,
    source: 'The recursion of first come, first served: start = max(submission, start before, processors free)',
    unit: 'of the mean wait by hand',
    seeds: { quick: 1, full: 10 },
    setups: [setup(policy('fcfs'), ...AT_ONCE)],
    control: { what: 'EASY backfilling', seeds: 1, setups: [setup(policy('easy'), ...AT_ONCE)] },
    measure: waitRatio,
    summary: (samples) => mean(pool(samples)),
    expectation: () => within(1, 0.001, 'each start costs messages and a disk 3 µs, of 0.3 s and more of waiting'),
  },
  {
    name: 'easy-waits-less',
    scenario: SCENARIO,
    source:
      'Mu’alem and Feitelson 2001: backfilling shortens the wait of nearly everybody; here on the same jobs, paired',
    unit: 'of the mean wait first come, first served (upper end of the 95 % interval)',
    seeds: SEEDS,
    setups: [setup(policy('easy'))],
    control: { what: 'first come, first served itself', seeds: 4, setups: [setup(policy('fcfs'))] },
    measure: waitRatio,
    summary: (samples) => limit(samples, 1),
    expectation: (seeds) => atMost(1, `95 % interval of ${seeds} paired ratios`),
  },
  {
    name: 'easy-uses-more',
    scenario: SCENARIO,
    source:
      'Jones and Nitzberg 1999: backfilling raised what the parallel machines of NASA Ames achieved; paired, at 1.5 times the load',
    unit: 'of the machine more than first come, first served (lower end of the 95 % interval)',
    seeds: SEEDS,
    setups: [setup(policy('easy'), 'tasks.workload.timeScale=0.00003')],
    control: {
      what: 'first come, first served itself',
      seeds: 4,
      setups: [setup(policy('fcfs'), 'tasks.workload.timeScale=0.00003')],
    },
    measure: utilisationGain,
    summary: (samples) => limit(samples, -1),
    expectation: (seeds) => atLeast(0, `95 % interval of ${seeds} paired differences`),
  },
  {
    name: 'log-begins-as-it-did',
    scenario: SCENARIO,
    source: 'The header of NASA-iPSC-1993-3.1-cln.swf: “the given submit times are actually start times”',
    unit: 'of the jobs wait longer than a minute',
    seeds: { quick: 1, full: 1 },
    setups: [replay(0.0001)],
    control: { what: 'the same jobs in nine tenths of the time', seeds: 1, setups: [replay(0.00009)] },
    file: NASA,
    measure: waitedShare,
    summary: (samples) => mean(pool(samples)),
    expectation: () =>
      atMost(0.005, 'ten jobs of the log begin while more than 128 nodes are taken, and hold others up'),
  },
]
export const jobLogClaims = claims
