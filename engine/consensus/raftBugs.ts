/**
 * Known mistakes, each one a small branch that `params.bugs` switches on, so that a check can be seen to catch it.
 * `trap` is its number in the list of Raft's traps; `caughtBy` is the invariant (checks/) that must report it.
 */
export const RAFT_BUGS = [
  {
    name: 'commit-old-term',
    trap: 1,
    sentence: 'A leader counts replicas of an entry from an earlier term and commits it (the paper’s Figure 8).',
    caughtBy: 'leader-completeness',
  },
  {
    name: 'vote-before-fsync',
    trap: 2,
    sentence: 'A vote leaves before it is on disk, so a crash forgets it and the server votes again in that term.',
    caughtBy: 'one-vote-per-term',
  },
  {
    name: 'no-noop',
    trap: 8,
    sentence: 'A new leader appends no entry of its own term, so what it inherited is never committed.',
    caughtBy: 'inherited-commits',
  },
  {
    name: 'no-session',
    trap: 12,
    sentence: 'The machine keeps no client sessions, so a retry after a lost reply is applied a second time.',
    caughtBy: 'exactly-once',
  },
  {
    name: 'stale-append-truncates',
    trap: 13,
    sentence: 'A follower cuts its log where an append ends, so a delayed one removes newer entries.',
    caughtBy: 'commit-within-log',
  },
  {
    name: 'match-regresses',
    trap: 14,
    sentence:
      'The leader believes the latest reply instead of the furthest one, so a delayed reply takes progress back.',
    caughtBy: 'commit-monotone',
  },
  {
    name: 'keep-commit-index',
    trap: 15,
    sentence:
      'A restart keeps the commit index although the machine starts empty, so earlier entries are never applied.',
    caughtBy: 'state-machine-safety',
  },
  {
    name: 'even-quorum',
    trap: 16,
    sentence: 'With an even number of servers the upper median is taken, so half of them count as a majority.',
    caughtBy: 'durable-quorum',
  },
  {
    name: 'duplicate-vote',
    trap: 19,
    sentence: 'Votes are counted by message, so a duplicated message counts as a second voter.',
    caughtBy: 'election-safety',
  },
] as const

export type RaftBug = (typeof RAFT_BUGS)[number]['name']
