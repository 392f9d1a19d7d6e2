import * as v from 'valibot'
import {
  agent,
  choice,
  durationUs,
  fields,
  flag,
  kebab,
  list,
  object,
  plain,
  probability,
  published,
  real,
  whole,
  word,
} from './fields.ts'
import { LIMITS } from './limits.ts'
import { AFFLICTIONS } from './names.ts'
import { suggestion } from './nearest.ts'
import type { AgentSet, Target, Whom } from './Scenario.ts'
import { show } from './show.ts'
import { disc } from './spaceSchema.ts'

/** The command log's entries, one schema an op. References (agents, groups, programs) are checked by references.ts. */
const at = whole(0, LIMITS.timeUsMax)
const forUs = v.exactOptional(durationUs())

const ID = { type: 'integer', minimum: 0 }
const IDS = { type: 'array', items: ID, minItems: 1, uniqueItems: true }
const GROUP = { type: 'object', properties: { group: ID }, required: ['group'], additionalProperties: false }

const target = () =>
  v.pipe(
    v.custom<Target>(
      (x) => targetProblem(x) === null,
      (issue) => targetProblem(issue.input)!,
    ),
    published({ anyOf: [ID, { enum: ['leader', 'follower'] }] }),
  )
const everyTarget = () =>
  v.pipe(
    v.custom<Target | 'all'>(
      (x) => x === 'all' || targetProblem(x) === null,
      (issue) => targetProblem(issue.input) ?? '',
    ),
    published({ anyOf: [ID, { enum: ['leader', 'follower', 'all'] }] }),
  )
const agentSet = () =>
  v.pipe(
    v.custom<AgentSet>(
      (x) => setProblem(x) === null,
      (issue) => setProblem(issue.input)!,
    ),
    published({ anyOf: [ID, { enum: ['all', 'leader', 'follower'] }, IDS, GROUP] }),
  )

function targetProblem(value: unknown): string | null {
  if (value === 'leader' || value === 'follower') return null
  if (typeof value === 'string')
    return `is not "leader", "follower" or an agent id${suggestion(value, ['leader', 'follower'])}`
  return isId(value) ? null : 'is not an agent id, "leader" or "follower"'
}

function setProblem(value: unknown): string | null {
  if (value === 'all') return null
  if (Array.isArray(value)) {
    if (value.length === 0) return 'holds no agent'
    const wrong = value.findIndex((id) => !isId(id))
    if (wrong !== -1) return `holds ${show(value[wrong])} at place ${wrong}, which is not an agent id`
    return new Set(value).size === value.length ? null : 'names an agent twice'
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (entries.length !== 1 || entries[0]![0] !== 'group') return 'is not {"group": n}'
    return isId(entries[0]![1]) ? null : `names group ${show(entries[0]![1])}, which is not a group number`
  }
  if (typeof value === 'string' && targetProblem(value) !== null) {
    const close = suggestion(value, ['all', 'leader', 'follower'])
    return `is not "all", "leader", "follower", an agent id, a list of ids or {"group": n}${close}`
  }
  return targetProblem(value)
}

const isId = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0

const link = () => ({ from: agentSet(), to: agentSet(), kind: v.exactOptional(messageKind()), forUs })
const messageKind = () =>
  v.pipe(
    v.string('is not a text'),
    v.check((text) => /^[a-zA-Z][a-zA-Z0-9-]{0,63}$/.test(text), 'is not the name of a message kind'),
    published({ pattern: '^[a-zA-Z][a-zA-Z0-9-]{0,63}$' }),
  )
const fieldName = () =>
  v.pipe(
    v.string('is not a text'),
    v.check((text) => /^[a-zA-Z][a-zA-Z0-9]{0,63}$/.test(text), 'is not the name of a parameter'),
    published({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,63}$' }),
  )
const statePath = () =>
  v.pipe(
    v.string('is not a text'),
    v.check((text) => /^[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+){0,7}$/.test(text), 'is not a path such as votes.3'),
    published({ pattern: '^[a-zA-Z0-9_-]+(\\.[a-zA-Z0-9_-]+){0,7}$' }),
  )
const wind = () => real(-LIMITS.windMax, LIMITS.windMax)
/** Exactly one of the three ways to say whom. */
const whom = () =>
  v.pipe(
    object({
      disc: v.exactOptional(disc()),
      share: v.exactOptional(probability()),
      agents: v.exactOptional(list(agent(), LIMITS.programAgentsMax)),
    }),
    v.check((x) => Object.keys(x).length === 1, 'is not one of {"disc": …}, {"share": 0..1} and {"agents": [id, …]}'),
    v.transform((x) => x as Whom),
  )
const transmission = { src: agent(), seq: whole(0, 0xffffffff) }

export const commandSchema = choice('op', [
  fields({ at, op: v.literal('crash'), agent: target(), forUs }),
  fields({ at, op: v.literal('restart'), agent: target() }),
  fields({ at, op: v.literal('pause'), agent: target(), forUs }),
  fields({ at, op: v.literal('resume'), agent: target() }),
  fields({ at, op: v.literal('slow'), agent: target(), factor: real(1, LIMITS.slowFactorMax), forUs }),
  fields({
    at,
    op: v.literal('clock'),
    agent: target(),
    offsetUs: whole(-LIMITS.durationUsMax, LIMITS.durationUsMax),
    driftPpm: real(-LIMITS.driftPpmMax, LIMITS.driftPpmMax),
    forUs,
  }),
  fields({
    at,
    op: v.literal('disk'),
    agent: target(),
    factor: real(1, LIMITS.slowFactorMax),
    forgets: flag(),
    forUs,
  }),
  fields({ at, op: v.literal('set'), agent: everyTarget(), program: kebab(), param: fieldName(), value: plain() }),
  fields({ at, op: v.literal('edit'), agent: target(), program: kebab(), path: statePath(), value: plain() }),
  fields({ at, op: v.literal('join'), group: v.exactOptional(whole(0, LIMITS.agentsMax)) }),
  fields({ at, op: v.literal('leave'), agent: target() }),
  fields({ at, op: v.literal('partition'), side: agentSet(), forUs }),
  fields({ at, op: v.literal('cut'), from: agentSet(), to: agentSet(), forUs }),
  fields({ at, op: v.literal('heal') }),
  fields({ at, op: v.literal('delay'), us: durationUs(), ...link() }),
  fields({ at, op: v.literal('lose'), probability: probability(), ...link() }),
  fields({ at, op: v.literal('duplicate'), probability: probability(), ...link() }),
  fields({ at, op: v.literal('corrupt'), probability: probability(), ...link() }),
  fields({ at, op: v.literal('reorder'), probability: probability(), us: durationUs(), ...link() }),
  fields({ at, op: v.literal('dropMessage'), ...transmission }),
  fields({ at, op: v.literal('duplicateMessage'), ...transmission }),
  fields({ at, op: v.literal('delayMessage'), ...transmission, us: durationUs() }),
  fields({ at, op: v.literal('propose'), agent: target(), program: kebab(), value: plain() }),
  fields({ at, op: v.literal('connect'), a: agent(), b: agent(), weight: real(LIMITS.weightMin, LIMITS.weightMax) }),
  fields({ at, op: v.literal('afflict'), whom: whom(), effect: word(AFFLICTIONS), forUs }),
  fields({ at, op: v.literal('obstacle'), disc: disc(), forUs }),
  fields({ at, op: v.literal('wind'), x: wind(), y: wind(), z: v.exactOptional(wind()), forUs }),
])
