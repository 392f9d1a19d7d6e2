import { assert } from '../kernel/assert.ts'

/** Every bound that outside data meets. Errors print these very numbers. */
export const LIMITS = {
  /** Rows of the agent table; ids are 32-bit everywhere. */
  agentsMax: 1_000_000,
  /** Rows kept free for agents that join by click (DESIGN 2). */
  joinsReserve: 1_024,
  /** Agents that run programs: each costs a state object, not a table row. */
  programAgentsMax: 20_000,
  /** Above this a full mesh has more than 2·10⁸ connections: neither routed nor drawn. */
  meshAgentsMax: 20_000,
  /** Members of one consensus group; a round costs messages in proportion to it. */
  consensusMembersMax: 255,
  /** Concurrent clients an agent; at most ten share a key, so that any checker can decide the history. */
  clientsPerAgentMax: 10,
  branchingMax: 64,
  weightMin: 0.01,
  weightMax: 100,
  paceMin: 0.000_001,
  paceMax: 1_000,
  inboxMax: 1_048_576,
  /** A log-normal tail wider than this has no use, and its largest quantile still fits 2⁵³ µs. */
  sigmaMax: 4,
  /** A clock at most this many parts per million fast or slow: it never stops and never runs backward. */
  driftPpmMax: 900_000,
  degreeMax: 1_000,
  /** Links that a small-world or random graph may have: its routes are tables. */
  graphLinksMax: 1_000_000,
  bytesPerSecondMax: 1_000_000_000_000,
  creditsMax: 1_048_576,
  faultsPerSecondMax: 1_000,
  /** Latest time a command may name: the last exact integer. */
  timeUsMax: Number.MAX_SAFE_INTEGER,
  /** Longest delay, timer, latency or fault: one day. */
  durationUsMax: 86_400_000_000,
  /** Latest end of a run: 100 years, so that a duration added to any time of the run is still exact. */
  untilUsMax: 3_155_760_000_000_000,
  digestPointsMax: 1_000_000,
  slowFactorMax: 1_000_000,
  commandsMax: 1_000,
  checksMax: 64,
  nameCharsMax: 64,
  titleCharsMax: 120,
  /** A scenario or fault file. */
  scenarioBytesMax: 1_048_576,
  /** Values (objects, lists, leaves) in one outside document, and how deep they nest. */
  nodesMax: 100_000,
  depthMax: 32,
  linkCharsWarn: 2_000,
  linkCharsMax: 12_000,
  /** Running cap while a link inflates: 50 MB of zeros fits into 65,000 characters. */
  inflatedBytesMax: 262_144,
  cameraNumbersMax: 16,
  /** Sides of a world, world units; cells of one field layer; steps a run may take in a virtual second. */
  worldSideMax: 1_000_000,
  fieldCellsMax: 16_777_216,
  obstaclesMax: 256,
  detectorsMax: 16,
  windMax: 1_000_000,
  /** Tasks that one run may submit: ids are 32-bit, and each has a row somewhere. */
  tasksMax: 10_000_000,
  /** Opened as a stream; larger logs than this are refused before they are read. */
  jobLogBytesMax: 1_073_741_824,
  /** Runs of one sweep, points times repetitions; and its points, each of which is checked before anything runs. */
  sweepRunsMax: 1_000_000,
  sweepPointsMax: 100_000,
  sweepAxesMax: 8,
} as const

assert(LIMITS.programAgentsMax <= LIMITS.agentsMax, 'every agent that runs programs is an agent')
assert(LIMITS.meshAgentsMax <= LIMITS.agentsMax, 'every agent of a mesh is an agent')
assert(LIMITS.consensusMembersMax <= LIMITS.programAgentsMax, 'every consensus member runs a program')
assert(LIMITS.sweepPointsMax <= LIMITS.sweepRunsMax, 'every point of a sweep runs at least once')
assert(LIMITS.commandsMax < LIMITS.joinsReserve, 'scheduled joins and clicks together fit the reserve')
assert(LIMITS.agentsMax + LIMITS.joinsReserve < 0x80000000, 'ids fit the 32-bit columns of a frame')
assert(LIMITS.untilUsMax + LIMITS.durationUsMax <= LIMITS.timeUsMax, 'a duration added to a time of the run is exact')
assert(LIMITS.linkCharsWarn < LIMITS.linkCharsMax, 'a link is warned about before it is refused')
assert(LIMITS.linkCharsMax < LIMITS.inflatedBytesMax, 'a link that did not compress still inflates under the cap')
assert(LIMITS.inflatedBytesMax <= LIMITS.scenarioBytesMax, 'whatever a link can carry fits a file')
