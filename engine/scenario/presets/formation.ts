import { preset } from './Preset.ts'

const FAILURES_US = 6_000_000
const CRASH_US = 11_000_000
const CIRCLE_US = 22_000_000
const WIND_US = 32_000_000
const GRID_US = 40_000_000
const SERVERS = 5

export const formation = preset({
  sizes: { min: 7, default: 31, max: 200 },
  proofUs: 11_500_000,
  openAtUs: 0,
  draft: (agents) => {
    const scale = Math.max(1, agents / 40)
    // One in six fails, evenly among those that run no server.
    const failing = Array.from({ length: Math.max(1, Math.floor(agents / 6)) }, (_, k) => SERVERS + 1 + 5 * k)
    return {
      name: 'formation',
      title: 'A formation closes its ranks and elects a new leader',
      group: 'movement',
      seed: 3,
      pace: 0.5,
      untilUs: 50_000_000,
      digestEveryUs: 500_000,
      swarm: { agents },
      topology: { kind: 'mesh' },
      network: { latency: { kind: 'uniform', minUs: 10_000, maxUs: 40_000 } },
      programs: [
        {
          kind: 'raft',
          on: { first: SERVERS },
          params: { electionMinUs: 600_000, electionMaxUs: 1_200_000, heartbeatUs: 150_000 },
        },
        { kind: 'client', on: [SERVERS], params: { thinkUs: 300_000, timeoutUs: 1_000_000 } },
      ],
      space: {
        kind: 'formation',
        width: Math.round(200 * scale),
        height: Math.round(130 * scale),
        edges: 'walls',
        stepUs: 20_000,
        measureEvery: 25,
        params: { turnDegrees: 0.8 },
        obstacles: [{ x: Math.round(100 * scale), y: Math.round(65 * scale), radius: 8 }],
        detectors: [{ kind: 'collapse', of: 'alive', threshold: 0.1, forUs: 0 }],
      },
      faults: [
        { at: FAILURES_US, op: 'afflict', whom: { agents: failing.filter((id) => id < agents) }, effect: 'kill' },
        { at: CRASH_US, op: 'crash', agent: 'leader', forUs: 9_000_000 },
        { at: CIRCLE_US, op: 'set', agent: 'all', program: 'space', param: 'shape', value: 'circle' },
        { at: WIND_US, op: 'wind', x: 0, y: 14, forUs: 5_000_000 },
        { at: GRID_US, op: 'set', agent: 'all', program: 'space', param: 'shape', value: 'grid' },
      ],
      height: 'log',
      layout: 'force',
    }
  },
  info: {
    what: 'Thirty-one bodies fly in a vee, each with a place of its own. When some fail, those behind them move up until no gap is left. Five of them also keep a common log; when their leader fails, the swarm closes its ranks and the four others elect a new one.',
    how: 'Places are offsets from an anchor, which flies from goal to goal, round obstacles. In every step each body adds the way its place has gone to a tenth of the distance that it is still away from it, as both were before the step, and is pushed away by whoever is closer than two units. A place that has been empty for ten steps is taken by the nearest body behind it in its file; where nobody is left there, by the last of all. So a gap travels to the rear, one place every ten steps. Whoever comes back takes the place behind all others. The five servers run Raft over radio links of 10 to 40 ms. Five bodies fail at 6 s, the leader at 11 s for nine seconds; the shape becomes a circle at 22 s and a grid at 40 s, and from 32 s to 37 s there is a side wind.',
    use: 'Change the shape, the spacing or who fills a gap in Parameters while it flies. Fail bodies with Faults, or drop an obstacle in the way. Click on a body to see its place and how far away from it it is.',
    notice: [
      'A gap runs to the rear like the gap in a line of cars: each body moves only one place.',
      'A second after the last gap has closed nobody can tell that somebody failed: the distances to the places are back at zero.',
      'In a side wind all places are missed by the same distance: the wind of a step divided by the gain.',
      'Moving and agreeing go on at the same time on one clock, and neither waits for the other.',
    ],
    tryThis: [
      'Set the feed-forward to 0: nobody is told how the formation moves, and all lag behind by speed / gain.',
      'Let the last fill every gap, and compare how long it takes with everybody moving up.',
      'Make a body stuck for some seconds. Its place is kept for it.',
      'Make one a rogue: it makes for the place opposite, through everybody else’s.',
      'Crash two more servers. The formation closes, but nobody leads any more.',
    ],
    claims: [
      {
        name: 'formation-lag',
        sentence:
          'In straight flight at speed v, bodies that steer by a share k of the distance to their place stay v / k behind it.',
        source: 'Theorem: fixed point of e′ = (1 − k) e + v, where bodies see where places were before the step',
      },
      {
        name: 'formation-gap-time',
        sentence:
          'A gap with h bodies behind it in a column is closed after h waits and the settling time of the last: to the step.',
        source:
          'Theorem: h · wait steps until the last moves, then the least j with (1 − k)^j · spacing within tolerance',
      },
      {
        name: 'formation-closed',
        sentence: 'When three in ten fail in flight, no place is left empty with somebody behind it.',
        source: 'Theorem: as long as a gap has anybody behind it, somebody moves up',
      },
      {
        name: 'formation-residual',
        sentence: 'And nobody is further from its place than one per cent of the spacing.',
        source: 'Theorem: with the speed of the formation told, e′ = (1 − k) e falls to what rounding leaves',
      },
      {
        name: 'formation-election',
        sentence: 'In mid-flight a new leader stands within 12 s of the crash: ten of the largest election time-out.',
        source:
          'Ongaro and Ousterhout 2014, section 5.6: elections succeed while broadcast time is far below the time-out',
      },
    ],
    references: [
      'M. A. Lewis, K.-H. Tan: High precision formation control of mobile robots using virtual structures. Autonomous Robots 4, 1997.',
      'C. W. Reynolds: Steering behaviors for autonomous characters. Game Developers Conference, 1999.',
      'D. Ongaro, J. Ousterhout: In Search of an Understandable Consensus Algorithm. USENIX ATC 2014.',
    ],
  },
})
