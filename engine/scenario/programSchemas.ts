import * as v from 'valibot'
import { PROGRAM_DEFAULTS } from './defaults.ts'
import { agent, choice, durationUs, fields, flag, list, object, probability, real, whole, word } from './fields.ts'
import { LIMITS } from './limits.ts'
import { RAFT_BUGS } from './names.ts'
import { suggestion } from './nearest.ts'
import type { ProgramSpec } from './Scenario.ts'
import { show } from './show.ts'

const raft = PROGRAM_DEFAULTS.raft.params
const client = PROGRAM_DEFAULTS.client.params
const treeSync = PROGRAM_DEFAULTS['tree-sync'].params

/** The parameters of every program that a scenario may name. A new program joins by adding its line here. */
const PARAMS = {
  raft: object({
    electionMinUs: v.optional(durationUs(), raft.electionMinUs),
    electionMaxUs: v.optional(durationUs(), raft.electionMaxUs),
    heartbeatUs: v.optional(durationUs(), raft.heartbeatUs),
    preVote: v.optional(flag(), raft.preVote),
    checkQuorum: v.optional(flag(), raft.checkQuorum),
    batchMax: v.optional(whole(1, 4_096), raft.batchMax),
    queueMax: v.optional(whole(1, 1_048_576), raft.queueMax),
    machine: v.optional(word(['kv']), raft.machine),
    announce: v.optional(flag(), raft.announce),
    bugs: v.optional(list(word(RAFT_BUGS), RAFT_BUGS.length), () => []),
  }),
  client: object({
    servers: v.exactOptional(list(agent(), LIMITS.consensusMembersMax)),
    opsPerSecond: v.optional(real(0, 100_000), client.opsPerSecond),
    thinkUs: v.optional(durationUs(), client.thinkUs),
    keys: v.optional(whole(1, 10_000), client.keys),
    readFraction: v.optional(probability(), client.readFraction),
    casFraction: v.optional(probability(), client.casFraction),
    timeoutUs: v.optional(durationUs(), client.timeoutUs),
    clientsPerAgent: v.optional(whole(1, LIMITS.clientsPerAgentMax), client.clientsPerAgent),
    sessions: v.optional(flag(), client.sessions),
  }),
  'ring-election': object({}),
  'tree-sync': object({
    heartbeatUs: v.optional(durationUs(), treeSync.heartbeatUs),
    missedMax: v.optional(whole(1, 1_000), treeSync.missedMax),
    orderEveryUs: v.optional(durationUs(0), treeSync.orderEveryUs),
  }),
  bus: object({}),
}

type On = ProgramSpec['on']
const on = () =>
  v.custom<On>(
    (value) => placementProblem(value) === null,
    (issue) => placementProblem(issue.input)!,
  )

/** What is wrong with a placement, or null. Ids are checked against the swarm afterwards. */
function placementProblem(value: unknown): string | null {
  if (typeof value === 'string') {
    const words = ['all', 'heads', 'leaves']
    return words.includes(value) ? null : `is not one of ${words.join(', ')}${suggestion(value, words)}`
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return 'places the program nowhere'
    const wrong = value.findIndex((id) => !Number.isInteger(id) || id < 0)
    if (wrong !== -1) return `holds ${show(value[wrong])} at place ${wrong}, which is not an agent id`
    return new Set(value).size === value.length ? null : 'names an agent twice'
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const [key, n] = entries.length === 1 ? entries[0]! : ['', null]
  if (key !== 'first' && key !== 'last')
    return 'is not "all", "heads", "leaves", {"first": n}, {"last": n} or a list of agent ids'
  return Number.isInteger(n) && n >= 1 ? null : `asks for the ${key} ${show(n)}, which is not a count from 1 up`
}

const option = <const K extends keyof typeof PARAMS>(kind: K) =>
  fields({
    kind: v.literal(kind),
    on: v.optional(on(), PROGRAM_DEFAULTS[kind].on),
    params: v.optional(PARAMS[kind], () => ({})),
  })

export const programSchema = choice('kind', [
  option('raft'),
  option('client'),
  option('ring-election'),
  option('tree-sync'),
  option('bus'),
])
