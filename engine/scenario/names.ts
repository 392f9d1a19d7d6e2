/**
 * Names that outside data may use but other rooms own. A scenario room may not import those rooms, so the names are
 * held here and a test compares them with their owners.
 */

/** Regions of the measured latency matrix; net/regions.ts holds the figures. */
export const REGION_NAMES = [
  'Dallas',
  'Toronto',
  'Washington DC',
  'Frankfurt',
  'London',
  'Madrid',
  'Osaka',
  'Sydney',
  'Tokyo',
  'Sao Paulo',
] as const

/** Deliberate mistakes of consensus/raftBugs.ts. */
export const RAFT_BUGS = [
  'commit-old-term',
  'vote-before-fsync',
  'no-noop',
  'no-session',
  'stale-append-truncates',
  'match-regresses',
  'keep-commit-index',
  'even-quorum',
  'duplicate-vote',
] as const
