import type { Plain } from '../kernel/plain.ts'
import type { Affliction, Command, Disc, LinkMatch, Op, Target, Whom } from '../scenario/Scenario.ts'
import { durationText, type Names, PLAIN_NAMES, setName, targetName } from './names.ts'

/** One plain phrase for captions, bands and the log: "London is cut off from the rest for 2 s". */
export function describe(command: Op | Command, names: Names = PLAIN_NAMES): string {
  const phrase = phraseOf(command, names)
  const forUs = 'forUs' in command ? command.forUs : undefined
  const text = forUs === undefined ? phrase : `${phrase} for ${durationText(forUs)}`
  return text[0]!.toUpperCase() + text.slice(1)
}

function phraseOf(op: Op, names: Names): string {
  switch (op.op) {
    case 'crash':
      return `${targetName(op.agent, names)} crashes`
    case 'restart':
      return `${targetName(op.agent, names)} restarts`
    case 'pause':
      return `${targetName(op.agent, names)} pauses`
    case 'resume':
      return `${targetName(op.agent, names)} goes on`
    case 'slow':
      return op.factor === 1
        ? `${targetName(op.agent, names)} is back to full speed`
        : `${targetName(op.agent, names)} is ${op.factor} times slower`
    case 'join':
      return op.group === undefined ? 'an agent joins' : `an agent joins ${names.group(op.group)}`
    case 'leave':
      return `${targetName(op.agent, names)} leaves`
    case 'clock':
      return clockOf(op, names)
    case 'disk':
      return diskOf(op, names)
    case 'set': {
      const words = names.parameter?.(op.program, op.param, op.value) ?? parameterOf(op)
      return op.program === 'space' ? words : `${everybody(op.agent, names)}: ${words}`
    }
    case 'edit':
      return `${targetName(op.agent, names)}: ${op.path} of ${op.program} is overwritten with ${JSON.stringify(op.value)}`
    case 'heal':
      return 'the network heals'
    case 'propose':
      return `${targetName(op.agent, names)} is told ${orderText(op.value)} (${op.program})`
    case 'connect':
      return `${names.agent(op.a)} and ${names.agent(op.b)} are connected with strength ${op.weight}`
    case 'dropMessage':
      return `message ${op.seq} of ${names.agent(op.src)} is dropped`
    case 'duplicateMessage':
      return `message ${op.seq} of ${names.agent(op.src)} is duplicated`
    case 'delayMessage':
      return `message ${op.seq} of ${names.agent(op.src)} is delayed by ${durationText(op.us)}`
    case 'afflict':
      return `${bodiesOf(op.whom, names)} ${AFFLICTION_WORDS[op.effect]}`
    case 'obstacle':
      return `an obstacle of radius ${rounded(op.disc.radius)} drops at ${placeOf(op.disc)}`
    case 'wind':
      return `a wind of ${rounded(Math.sqrt(op.x * op.x + op.y * op.y + (op.z ?? 0) * (op.z ?? 0)))} units/s blows`
    default:
      return ruleOf(op, names)
  }
}

const AFFLICTION_WORDS: { readonly [K in Affliction]: string } = {
  kill: 'fail',
  blind: 'sense nothing',
  deaf: 'take no notice of signals',
  stuck: 'stop moving',
  rogue: 'work against the others',
}
const rounded = (value: number): number => Number(value.toPrecision(3))
const placeOf = ({ x, y, z }: Disc): string => `(${[x, y, ...(z === undefined ? [] : [z])].map(rounded).join(', ')})`

function bodiesOf(whom: Whom, names: Names): string {
  if ('share' in whom) return `${percent(whom.share)} of the bodies`
  if ('disc' in whom) return `all bodies within ${rounded(whom.disc.radius)} of ${placeOf(whom.disc)}`
  return setName(whom.agents, names)
}

type Rule = Extract<Op, { op: 'partition' | 'cut' | 'delay' | 'lose' | 'duplicate' | 'reorder' | 'corrupt' }>

const everybody = (target: Target | 'all', names: Names): string =>
  target === 'all' ? 'everybody' : targetName(target, names)

/** "heartbeatUs" as "heartbeat of raft becomes 20 ms", "preVote" as "pre vote of raft is switched off". */
function parameterOf({ param, program, value }: Extract<Op, { op: 'set' }>): string {
  const isTime = param.endsWith('Us') && typeof value === 'number'
  const words = (isTime ? param.slice(0, -2) : param).replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  const whose = program === 'space' ? '' : ` of ${program}`
  const what = (words.length === 1 ? `parameter ${words}` : words) + whose
  if (typeof value === 'boolean') return `${what} is switched ${value ? 'on' : 'off'}`
  const plain = typeof value === 'string' ? value.replaceAll('-', ' ') : JSON.stringify(value)
  return `${what} becomes ${isTime ? durationText(value) : plain}`
}

function clockOf({ agent, offsetUs, driftPpm }: Extract<Op, { op: 'clock' }>, names: Names): string {
  const by = offsetUs === 0 ? '' : ` jumps ${durationText(Math.abs(offsetUs))} ${offsetUs > 0 ? 'ahead' : 'back'}`
  const speed =
    driftPpm === 0 ? '' : ` runs ${percent(Math.abs(driftPpm) / 1_000_000)} ${driftPpm > 0 ? 'fast' : 'slow'}`
  const change = by !== '' && speed !== '' ? `${by} and${speed}` : by + speed
  return `the clock of ${targetName(agent, names)}${change === '' ? ' runs true' : change}`
}

function diskOf({ agent, factor, forgets }: Extract<Op, { op: 'disk' }>, names: Names): string {
  const slow = factor === 1 ? '' : ` is ${factor} times slower`
  const lies = forgets ? ' confirms writes that it would forget' : ''
  const change = slow !== '' && lies !== '' ? `${slow} and${lies}` : slow + lies
  return `the disk of ${targetName(agent, names)}${change === '' ? ' works as it should' : change}`
}

function ruleOf(op: Rule, names: Names): string {
  switch (op.op) {
    case 'partition':
      return `${setName(op.side, names)} ${isMany(op.side) ? 'are' : 'is'} cut off from the rest`
    case 'cut':
      return `nothing passes from ${setName(op.from, names)} to ${setName(op.to, names)}`
    case 'delay':
      return `${messages(op, names)} take ${durationText(op.us)} longer`
    case 'lose':
      return op.probability === 1
        ? `${messages(op, names)} are lost`
        : `${percent(op.probability)} of ${messages(op, names)} are lost`
    case 'duplicate':
      return `${percent(op.probability)} of ${messages(op, names)} arrive twice`
    case 'corrupt':
      return `${percent(op.probability)} of ${messages(op, names)} arrive damaged`
    case 'reorder':
      return `${percent(op.probability)} of ${messages(op, names)} fall behind by up to ${durationText(op.us)}`
  }
}

/** What a program is told, as it is written, cut where it is long. */
function orderText(value: Plain): string {
  const text =
    typeof value === 'string' ? `“${value}”` : JSON.stringify(value).replace(/[{}"]/g, '').replaceAll(':', ' ')
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

const isMany = (set: unknown): boolean => Array.isArray(set) && set.length > 1
const percent = (probability: number): string => `${Number((100 * probability).toPrecision(3))} %`

function messages({ from, to, kind }: LinkMatch, names: Names): string {
  const what = kind === undefined ? 'messages' : `${kind} messages`
  const source = from === 'all' ? '' : ` from ${setName(from, names)}`
  const target = to === 'all' ? '' : ` to ${setName(to, names)}`
  return `${what}${source}${target}`
}
