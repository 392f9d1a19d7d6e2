import { describe, expect, it } from 'vitest'
import type { Mark, MarkBody } from '../agents/Program.ts'
import { agentId, micros } from '../kernel/units.ts'
import { checkStatus, cloneChecks, createChecks, INVARIANTS, observe, reach } from './Checks.ts'
import type { Checks } from './Checks.ts'
import { history } from './history.ts'
import { MEMBERSHIP } from './membershipInvariants.ts'
import { RESOURCES } from './resourceInvariants.ts'
import { SPACE } from './spaceInvariants.ts'
import { STEALING } from './stealingInvariants.ts'
import { TASKS } from './taskChecks.ts'
import { WORK } from './workChecks.ts'

const CTX = { members: [0, 1, 2].map(agentId), quietFromUs: 0, electionMaxUs: 1_000 }
type Line = readonly [agent: number, kind: string, fields?: object, program?: string]

const KINDS: { readonly [program: string]: readonly string[] } = {
  client: ['invoke', 'ok', 'fail', 'info'],
  host: ['crashed', 'restarted', 'paused', 'resumed', 'fault', 'set'],
  swim: ['suspected', 'confirmed', 'cleared', 'heard', 'refuted'],
  allocator: ['shared-by', 'holding'],
  space: ['measure', 'not a number', 'outside'],
}
const programOf = (kind: string): string => Object.keys(KINDS).find((name) => KINDS[name]!.includes(kind)) ?? 'raft'
function marks(lines: readonly Line[], startUs = 0): Mark[] {
  return lines.map(([agent, kind, fields = {}], seq) => {
    const program = programOf(kind)
    const key = { time: micros(startUs + seq), dst: agentId(agent), src: agentId(agent), seq }
    return { key, index: 0, agent: agentId(agent), program, body: { kind, ...fields } as MarkBody }
  })
}
function run(lines: readonly Line[], untilUs = 1_000): Checks {
  const checks = createChecks([...INVARIANTS.keys()], CTX)
  for (const mark of marks(lines)) observe(checks, mark)
  reach(checks, micros(untilUs))
  return checks
}
const broken = (lines: readonly Line[], untilUs?: number): string[] =>
  checkStatus(run(lines, untilUs)).flatMap(({ ok, name }) => (ok ? [] : [name]))

/** Entry `index` of `term` with a digest that stands for the whole path. */
const append = (
  agent: number,
  from: number,
  terms: number[],
  digests = terms.map((t, k) => 100 * t + from + k),
): Line => [agent, 'append', { from, terms, digests }]
const durable = (agent: number, index: number, entryTerm: number): Line => [agent, 'durable', { index, entryTerm }]
const commit = (
  agent: number,
  index: number,
  entryTerm: number,
  term = entryTerm,
  digest = 100 * entryTerm + index,
): Line => [agent, 'commit', { index, entryTerm, term, digest, leads: true }]
const role = (agent: number, name: string, term: number): Line => [agent, 'role', { role: name, term }]
const leader = (agent: number, term: number, index = 0, entryTerm = 0): Line => [
  agent,
  'leader',
  { term, index, entryTerm, votes: 2, members: 3 },
]
const applied = (agent: number, index: number, process: number, serial: number, digest = index): Line => [
  agent,
  'applied',
  { index, process, serial, digest },
]
const client = (kind: string, process: number, key = 'x'): Line => [5, kind, { process, f: 'write', key, value: 1 }]

/** What agent 7 tells of agent 8. */
const about = (kind: string, incarnation: number, more: object = {}): Line => [7, kind, { of: 8, incarnation, ...more }]

/** A healthy term: server 0 leads, two entries are committed by 0 and 1. */
const HEALTHY: readonly Line[] = [
  ...([0, 1, 2].map((a) => [a, 'boot', { term: 0, vote: -2, index: 0, entryTerm: 0, digest: 0 }]) as unknown as Line[]),
  role(0, 'candidate', 1),
  [0, 'vote', { term: 1, for: 0 }],
  role(1, 'follower', 1),
  [1, 'vote', { term: 1, for: 0 }],
  role(0, 'leader', 1),
  leader(0, 1),
  append(0, 1, [1, 1]),
  append(1, 1, [1, 1]),
  durable(0, 2, 1),
  durable(1, 2, 1),
  commit(0, 2, 1),
  applied(0, 1, 50, 1),
  applied(0, 2, 51, 1),
]

/** What must be added to the healthy run to break each invariant, and it alone or with those that follow from it. */
const BREAKS: {
  readonly [name: string]: { readonly lines: readonly Line[]; readonly also?: string[]; readonly untilUs?: number }
} = {
  'election-safety': { lines: [leader(2, 1, 2, 1)], also: ['leader-completeness'] },
  'leader-append-only': { lines: [[0, 'truncate', { index: 1 }]], also: ['commit-within-log'] },
  'log-matching': { lines: [role(2, 'follower', 1), append(2, 1, [1, 1], [101, 999])] },
  'leader-completeness': { lines: [leader(2, 2)] },
  'state-machine-safety': { lines: [commit(1, 2, 1), applied(1, 1, 50, 1, 7)] },
  'commit-within-log': { lines: [commit(1, 3, 1)], also: ['state-machine-safety', 'durable-quorum'] },
  'commit-monotone': { lines: [commit(0, 1, 1)] },
  'term-monotone': {
    lines: [
      [0, 'term', { term: 1 }],
      [0, 'boot', { term: 0, vote: -2, index: 2, entryTerm: 1, digest: 102 }],
    ],
  },
  'one-vote-per-term': {
    lines: [
      [1, 'crashed'],
      [1, 'restarted'],
      [1, 'vote', { term: 1, for: 2 }],
    ],
  },
  'entry-terms': { lines: [role(2, 'follower', 3), append(2, 1, [1, 1]), append(2, 3, [3, 2])] },
  'durable-quorum': { lines: [append(0, 3, [1]), durable(0, 3, 1), append(1, 3, [1]), commit(0, 3, 1)] },
  'exactly-once': { lines: [applied(0, 3, 50, 1)] },
  'one-completion': { lines: [client('invoke', 50), client('ok', 50), client('ok', 50)] },
  'leader-elected': { lines: [[0, 'crashed']], untilUs: 12_000 },
  'inherited-commits': {
    lines: [append(1, 3, [1]), role(0, 'follower', 2), role(1, 'leader', 2), leader(1, 2, 3, 1)],
    untilUs: 12_000,
  },
  'operations-answered': { lines: [client('invoke', 50)], untilUs: 12_000 },
  'incarnation-monotone': { lines: [about('suspected', 2), about('heard', 1, { status: 'dead' })] },
  'no-resurrection': { lines: [about('suspected', 2), about('heard', 2, { status: 'alive' })] },
  'no-self-death': { lines: [about('confirmed', 0, { periodUs: 100 })], untilUs: 12_000 },
  'within-capacity': {
    lines: [
      [0, 'shared-by', { policy: 'drf', capacities: [4] }],
      [1, 'holding', { tasks: 3, uses: [3] }],
      [2, 'holding', { tasks: 2, uses: [2] }],
    ],
  },
  'finite-state': { lines: [[0, 'not a number', { column: 'position', tick: 9, value: 'NaN', agent: 3, cell: -1 }]] },
  'inside-the-world': { lines: [[0, 'outside', { column: 'position', tick: 9, value: '-2', agent: 3, cell: -1 }]] },
}

describe('every invariant', () => {
  it('holds on a healthy run, and has examined something wherever the run gives it a chance', () => {
    const status = checkStatus(run(HEALTHY, 12_000))
    expect(status.filter(({ ok }) => !ok)).toEqual([])
    const idle = status.filter(({ checked }) => checked === 0).map(({ name }) => name)
    expect(idle).toEqual([
      'one-completion',
      'operations-answered',
      ...[...MEMBERSHIP, ...RESOURCES, ...SPACE, ...TASKS, ...STEALING, ...WORK].map(({ name }) => name),
    ])
  })
  it('has a run that breaks it: here, or of tasks and their like in their own tests', () => {
    const elsewhere = [...TASKS, ...STEALING, ...WORK].map(({ name }) => name)
    expect([...Object.keys(BREAKS), ...elsewhere].sort()).toEqual([...INVARIANTS.keys()].sort())
  })
  for (const [name, { lines, also = [], untilUs }] of Object.entries(BREAKS))
    it(`${name}: fails where it must`, () => {
      const found = broken([...HEALTHY, ...lines], untilUs)
      expect(found).toContain(name)
      expect(found.filter((other) => other !== name && !also.includes(other))).toEqual([])
    })
})

describe('checks', () => {
  it('keep the first violation with its key and examine nothing after it', () => {
    const checks = run([...HEALTHY, commit(0, 1, 1), commit(0, 1, 1)])
    const status = checkStatus(checks).find(({ name }) => name === 'commit-monotone')!
    expect(status).toEqual({
      ...{ name: 'commit-monotone', title: 'A server’s commit index never falls while it is up' },
      ...{ ok: false, checked: 2 },
      violation: {
        key: marks([...HEALTHY, commit(0, 1, 1)]).at(-1)!.key,
        sentence: 'agent 0 goes from commit index 2 to 1',
      },
    })
  })
  it('go on from a copy as from the original', () => {
    const all = marks([...HEALTHY, commit(0, 1, 1)])
    const whole = run([...HEALTHY, commit(0, 1, 1)])
    const half = createChecks([...INVARIANTS.keys()], CTX)
    for (const mark of all.slice(0, 9)) observe(half, mark)
    const copy = cloneChecks(half)
    for (const mark of all.slice(9)) observe(copy, mark)
    expect(checkStatus(copy)).toEqual(checkStatus(whole).map((row) => ({ ...row, checked: expect.any(Number) })))
    expect(checkStatus(half).every(({ ok }) => ok)).toBe(true)
  })
  it('ask for nothing live while a fault is on, or without a majority', () => {
    expect(broken([...HEALTHY, [0, 'crashed'], [0, 'fault', { active: true }]], 90_000)).toEqual([])
    expect(broken([...HEALTHY, [0, 'crashed'], [1, 'crashed']], 90_000)).toEqual([])
    const healed: Line[] = [
      [0, 'crashed'],
      [0, 'fault', { active: true }],
      [0, 'fault', { active: false }],
    ]
    expect(broken([...HEALTHY, ...healed], 90_000)).toEqual(['leader-elected'])
  })
  it('ask for nothing live while somebody stands still, and ask again once it goes on or has crashed', () => {
    const asked: Line[] = [...HEALTHY, client('invoke', 7), [2, 'paused']]
    expect(broken(asked, 90_000)).toEqual([])
    expect(broken([...asked, [2, 'resumed']], 90_000)).toEqual(['operations-answered'])
    expect(broken([...asked, [2, 'crashed'], [0, 'crashed'], [0, 'restarted']], 90_000)).toContain('leader-elected')
  })
  it('give everybody as long as the election timeout that was set during the run asks for', () => {
    const set: Line = [0, 'set', { program: 'raft', param: 'electionMaxUs', value: 8_000 }]
    const crashed: Line[] = [...HEALTHY, set, [0, 'crashed']]
    expect(broken(crashed, 79_000)).toEqual([])
    expect(broken(crashed, 81_000)).toEqual(['leader-elected'])
  })
  it('take a commit that reaches an index by another path for what it is', () => {
    const other = [role(2, 'leader', 2), append(2, 1, [2]), commit(2, 1, 2)]
    expect(broken([...HEALTHY, ...other])).toContain('state-machine-safety')
  })
  it('answer a refused or unfinished history in Jepsen’s words', () => {
    const told = history(
      marks([
        client('invoke', 1),
        [5, 'fail', { process: 1, f: 'cas', key: 'x', value: [1, 2], error: 'precondition-failed' }],
      ]),
    )
    expect(told).toEqual([
      { process: 1, type: 'invoke', f: 'write', key: 'x', value: 1, time: 0 },
      { process: 1, type: 'fail', f: 'cas', key: 'x', value: [1, 2], time: 1, error: 'precondition-failed' },
    ])
  })
})
