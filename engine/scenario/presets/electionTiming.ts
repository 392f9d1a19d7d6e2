import type { Command, Scenario } from '../Scenario.ts'
import { preset } from './Preset.ts'

const AGENTS = { min: 5, default: 5, max: 9 }
/**
 * By then the first election is over, or the order to stand has ended it: server 0 led in each of 1,000 seeds tried.
 */
const READY_US = 8_000_000
/** Server 0 is told to stand, so that the trial knows who does not lead. */
const CAMPAIGN_US = READY_US - 1_500_000
/** More than two heartbeats before the crash, so that the last one has reached everybody. */
const PROPOSE_US = READY_US - 400_000

/**
 * One trial of the Raft paper's §9.3 as commands. Two followers miss the last entry for ever, since its append and
 * their complaints are lost: they still hear the heartbeats, so their timers are like everybody's, but they cannot
 * win ("logs of different lengths"). The leader broadcasts a heartbeat every half of the smallest time-out and crashes
 * `phase` (0..1) of an interval after the trial's start; the heartbeats run on the leader's own clock, so where within
 * its
 * interval it crashes is uniform.
 */
function trialFaults(agents: number, heartbeatUs: number, phase: number): Command[] {
  const short = [agents - 2, agents - 1]
  return [
    { at: CAMPAIGN_US, op: 'propose', agent: 0, program: 'raft', value: { op: 'campaign' } },
    { at: PROPOSE_US, op: 'lose', probability: 1, from: short, to: 'leader', kind: 'appendReply', forUs: 2_000_000 },
    { at: PROPOSE_US, op: 'lose', probability: 1, from: 'leader', to: short, kind: 'append', forUs: 1_000 },
    { at: PROPOSE_US, op: 'propose', agent: 'leader', program: 'raft', value: { op: 'propose', value: 1 } },
    { at: READY_US + Math.floor(phase * heartbeatUs), op: 'crash', agent: 'leader' },
  ]
}

/** A well-mixed fraction of the seed, so that neighbouring seeds crash at unrelated moments (Wellons, lowbias32). */
function fraction(seed: number): number {
  let x = seed >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return ((x ^ (x >>> 16)) >>> 0) / 4_294_967_296
}

/**
 * Trial number `seed`: the same set-up with that seed and its own moment of the crash, uniform in one heartbeat
 * interval.
 */
export function electionTrial(seed: number, scenario: Scenario = electionTiming.scenario): Scenario {
  const raft = scenario.programs.find(({ kind }) => kind === 'raft')
  const heartbeatUs = raft?.params.heartbeatUs as number
  return { ...scenario, seed, faults: trialFaults(scenario.swarm.agents, heartbeatUs, fraction(seed)) }
}

const SEED = 16

export const electionTiming = preset({
  sizes: AGENTS,
  proofUs: 9_000_000,
  openAtUs: READY_US - 200_000,
  draft: (agents) => ({
    name: 'election-timing',
    title: 'How long until somebody leads',
    group: 'agreement',
    seed: SEED,
    pace: 0.05,
    untilUs: 20_000_000,
    digestEveryUs: 1_000_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'exponential', floorUs: 2_500, meanUs: 5_000 } },
    disk: { fsync: { kind: 'constant', us: 1 } },
    programs: [{ kind: 'raft', params: { electionMinUs: 150_000, electionMaxUs: 155_000, heartbeatUs: 75_000 } }],
    faults: trialFaults(agents, 75_000, fraction(SEED)),
    height: 'log',
    layout: 'ring',
  }),
  info: {
    what: 'How long a swarm is without a leader depends on how differently its members wait. With time-outs of 150 to 155 ms several servers stand at once and split the vote; with 150 to 300 ms one of them is nearly always first.',
    how: 'This is the experiment of Figure 16 of the Raft paper. Five servers, about 15 ms for a broadcast and its answers (one way 2.5 ms plus an exponential tail of 5 ms). Two servers lack the newest entry and cannot win. The leader sends a heartbeat every 75 ms and crashes at a random moment between two of them; the clock stops when the next leader stands. Each seed is one trial.',
    use: 'Change the largest election time-out and run it again with new seeds. One run is one sample: the claim below is the median of many.',
    notice: [
      'No election ends within 75 ms of the crash: half of the smallest time-out is the least that anybody can wait.',
      'With 150 to 155 ms candidates appear almost together, and a split vote costs another whole time-out.',
      'The two servers with the short log may stand first. Nobody with the newer log votes for them, but their higher term spreads.',
    ],
    tryThis: [
      'Set the largest time-out to 300 ms and compare the medians.',
      'Set both time-outs to 150 ms: the paper needed more than 10 s.',
      'Double the delay of the network and find the time-outs that work again.',
    ],
    claims: [
      {
        name: 'election-median-150-155',
        sentence: 'With time-outs of 150 to 155 ms the median time to a new leader lies between 200 and 400 ms.',
        source:
          'Ongaro and Ousterhout 2014, section 9.3 and Figure 16 (published median 287 ms); the shape of the delay decides, so a band',
      },
      {
        name: 'election-median-150-300',
        sentence: 'With time-outs of 150 to 300 ms the median time to a new leader lies between 175 and 205 ms.',
        source: 'An independent model with the same delays gave 189 ms',
      },
      {
        name: 'election-minimum',
        sentence: 'No trial is faster than half of the smallest time-out.',
        source: 'Theorem: the last heartbeat was sent at most that long before the crash',
      },
    ],
    references: [
      'D. Ongaro, J. Ousterhout: In Search of an Understandable Consensus Algorithm. USENIX ATC 2014, section 9.3.',
      'D. Ongaro: Consensus: Bridging Theory and Practice. Dissertation, Stanford University 2014, chapter 9.',
    ],
  },
})
