import type { Command } from '../../scenario/Scenario.ts'
import { atMost, exactly, rounded, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { greatest, least, pool, sum } from './statistics.ts'

const SCENARIO = 'skewed-clocks'
const HOUR_US = 3_600_000_000
const TRUE = 'swarm.clocks={"offsetUs":0,"driftPpm":0}'
const latency = (us: number): string => `network.latency={"kind":"constant","us":${us}}`
const raft = (name: string, value: number | boolean): string => `programs.raft.params.${name}=${value}`
const waits = (minUs: number, maxUs: number): readonly string[] => [
  raft('electionMinUs', minUs),
  raft('electionMaxUs', maxUs),
]
const faults = (log: readonly Command[]): string => `faults=${JSON.stringify(log)}`

/** Times at which each agent stood for election. */
function stands({ marks }: ClaimRun): Map<number, number[]> {
  const times = new Map<number, number[]>()
  for (const { program, agent, body, key } of marks)
    if (program === 'raft' && body.kind === 'role' && body.role === 'candidate')
      times.set(agent, [...(times.get(agent) ?? []), key.time])
  return times
}

/** Nobody hears anybody, so everybody stands again after each wait of T on its own clock. */
const WAIT_US = 100_000
const DRIFTS_PPM = [-500_000, -100_000, 0, 250_000, 900_000]
const timers = (forUs: number | undefined): Setup => ({
  set: [
    ...[TRUE, 'network.loss=1', raft('heartbeatUs', 50_000), ...waits(WAIT_US, WAIT_US)],
    faults(
      DRIFTS_PPM.map((driftPpm, agent) => ({
        ...{ at: 0, op: 'clock', agent, offsetUs: 0, driftPpm },
        ...(forUs !== undefined && { forUs }),
      })),
    ),
  ],
  untilUs: 3_000_000,
})

/** How far each wait is from T / (1 + d), µs. */
function timerErrors(run: ClaimRun): readonly number[] {
  const stood = stands(run)
  return run.scenario.faults.flatMap((command) => {
    if (command.op !== 'clock') return []
    const expectedUs = WAIT_US / (1 + command.driftPpm / 1_000_000)
    const times = stood.get(command.agent as number) ?? []
    return times.slice(1).map((time, k) => Math.abs(time - times[k]! - expectedUs))
  })
}

/** All times are fixed, so that the seed decides nothing but the clocks: what differs is their doing. */
const fixed = (offsetUs: number, ...more: readonly Command[]): Setup => ({
  set: [
    ...[`swarm.clocks={"offsetUs":${offsetUs},"driftPpm":0}`, latency(5_000), ...waits(300_000, 300_000)],
    faults([
      // A little drift each, or all would stand at once for ever.
      ...[0, 4_000, -3_000, 9_000, -7_000].map((driftPpm, agent): Command => ({
        at: 0,
        op: 'clock',
        agent,
        offsetUs: 0,
        driftPpm,
      })),
      ...more,
      { at: 2_000_000, op: 'crash', agent: 'leader', forUs: 1_000_000 },
    ]),
  ],
  untilUs: 5_000_000,
})
const jump = (offsetUs: number): Setup => fixed(0, { at: 1_500_000, op: 'clock', agent: 0, offsetUs, driftPpm: 0 })

/** Messages, hops, and the times and places of everything that was told. */
const whole = ({ messages, transmissions, marks }: ClaimRun): readonly number[] => [
  messages,
  transmissions,
  ...marks.reduce(([times, places], { key, agent }) => [times + key.time, places + key.time * agent], [
    0, 0,
  ] as number[]),
]

/** The largest difference between any two runs; NaN where there are no two. */
const spread = (samples: readonly (readonly number[])[]): number =>
  samples.length < 2
    ? NaN
    : greatest(samples[0]!.map((_, k) => greatest(samples.map((s) => s[k]!)) - least(samples.map((s) => s[k]!))))

const FAST_US = 3_000_000
const LINK_US = 5_000
const HEARTBEAT_US = 200_000
const [SHORTEST_US, LONGEST_US] = [300_000, 340_000]
/** One follower's clock runs fast from FAST_US on. */
const fast = (driftPpm: number, ...more: readonly string[]): Setup => ({
  set: [
    ...[TRUE, latency(LINK_US), raft('heartbeatUs', HEARTBEAT_US), ...waits(SHORTEST_US, LONGEST_US)],
    ...[faults([{ at: FAST_US, op: 'clock', agent: 'follower', offsetUs: 0, driftPpm, forUs: 8_000_000 }]), ...more],
  ],
  untilUs: 8_000_000,
})
const HASTY = 0.72

/** How often anybody stood after that. */
const elections = (run: ClaimRun): readonly number[] => [
  [...stands(run).values()].flat().filter((time) => time >= FAST_US).length,
]

/** The times from FAST_US on during which somebody else than the hasty server led and nobody stood against it, ms. */
function peaces({ marks, untilUs }: ClaimRun): readonly number[] {
  const hasty = marks.find(({ body }) => body.kind === 'clock set')?.agent
  const found: number[] = []
  let since: number | null = null
  const end = (timeUs: number): void => {
    if (since !== null && timeUs > FAST_US) found.push((timeUs - Math.max(since, FAST_US)) / 1_000)
    since = null
  }
  for (const { program, agent, body, key } of marks) {
    if (program !== 'raft') continue
    if (body.kind === 'role' && body.role === 'candidate') end(key.time)
    else if (body.kind === 'leader') since = agent === hasty ? null : key.time
  }
  end(untilUs)
  return found
}

/** Everybody's clock is fast, and a round trip takes as long as it ever did. */
const ROUND_TRIP_US = 160_000
const allFast = (driftPpm: number): Setup => ({
  set: [
    ...[TRUE, latency(ROUND_TRIP_US / 2), raft('heartbeatUs', 50_000), ...waits(150_000, 300_000)],
    faults([0, 1, 2, 3, 4].map((agent) => ({ at: 0, op: 'clock', agent, offsetUs: 0, driftPpm, forUs: 10_000_000 }))),
  ],
  untilUs: 6_000_000,
})

/** Leaders of a run; nothing where nobody even stood. */
const leaders = (run: ClaimRun): readonly number[] =>
  stands(run).size === 0 ? [] : [run.marks.filter(({ body }) => body.kind === 'leader').length]

export const skewedClocksClaims: readonly Claim[] = [
  {
    name: 'clock-timer',
    scenario: SCENARIO,
    source: 'Definition of drift; both times are whole µs, so the wait may differ by one of them',
    unit: 'µs off',
    seeds: { quick: 2, full: 20 },
    setups: [timers(undefined)],
    control: {
      what: 'clocks that run true again after a second, measured as if they did not',
      seeds: 1,
      setups: [timers(1_000_000)],
    },
    measure: timerErrors,
    summary: (samples) => greatest(pool(samples)),
    // One µs of a clock is 1 / (1 − 0.5) of the slowest one’s.
    expectation: () => atMost(2, 'exact bound: one whole µs of the slowest clock'),
    mayStall: true,
  },
  {
    name: 'clock-offset',
    scenario: SCENARIO,
    source: 'Theorem: the protocol reads differences of one clock only, so where it begins cannot matter',
    unit: 'messages, hops and µs of difference',
    seeds: { quick: 8, full: 80 },
    setups: [fixed(0), fixed(1_000), fixed(HOUR_US), fixed(24 * HOUR_US)],
    control: {
      what: 'a clock that jumps during the run, by a millisecond or by an hour',
      seeds: 2,
      setups: [jump(1_000), jump(HOUR_US)],
    },
    measure: whole,
    summary: spread,
    expectation: () => exactly(0, 'theorem'),
  },
  {
    name: 'clock-calm',
    scenario: SCENARIO,
    source: 'Theorem: no wait ends while 300 ms / (1 + d) is longer than the 200 ms between heartbeats: d < 50 %',
    unit: 'elections',
    seeds: { quick: 10, full: 200 },
    setups: [fast(480_000)],
    control: { what: 'a clock that is 72 % fast', seeds: 2, setups: [fast(HASTY * 1_000_000)] },
    measure: elections,
    summary: (samples) => greatest(pool(samples)),
    expectation: () => exactly(0, 'theorem, at 48 %'),
  },
  {
    name: 'clock-hasty',
    scenario: SCENARIO,
    source: 'Theorem: above d = 70 % every wait after a heartbeat, 340 ms / (1 + d) at most, ends before the next',
    unit: 'ms of peace',
    seeds: { quick: 10, full: 200 },
    setups: [fast(HASTY * 1_000_000)],
    control: {
      what: 'pre-vote, which asks before it disturbs anybody',
      seeds: 2,
      setups: [fast(HASTY * 1_000_000, raft('preVote', true))],
    },
    measure: peaces,
    summary: (samples) => greatest(pool(samples)),
    expectation: () =>
      atMost(
        rounded((HEARTBEAT_US + LINK_US + LONGEST_US / (1 + HASTY)) / 1_000),
        'exact bound: only the first heartbeat after the news of the new leader can still be in time',
      ),
    mayStall: true,
  },
  {
    name: 'clock-storm',
    scenario: SCENARIO,
    source: 'Theorem: nobody is elected where the longest wait ends before the votes can be back (Raft, section 5.6)',
    unit: 'leaders',
    seeds: { quick: 10, full: 200 },
    setups: [allFast(900_000)],
    control: { what: 'the same network with clocks that are 20 % fast', seeds: 2, setups: [allFast(200_000)] },
    measure: leaders,
    summary: (samples) => sum(pool(samples)),
    expectation: () => exactly(0, 'theorem: 300 ms / 1.9 is shorter than a round trip of 160 ms'),
    mayStall: true,
  },
]
