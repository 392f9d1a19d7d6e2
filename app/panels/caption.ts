import type { Mark, MarkBody } from '../../engine/agents/Program.ts'
import type { Band } from '../../engine/faults/bands.ts'
import { describe } from '../../engine/faults/describe.ts'
import type { Command } from '../../engine/scenario/Scenario.ts'
import { sentenceCase, type Names } from '../state/names.ts'

/** What just happened, in plain words. `tone` picks the dot's colour and shape beside it. */
export interface Caption {
  readonly timeUs: number
  readonly sentence: string
  readonly tone: Tone
  /** Whom it is about; −1 nobody. */
  readonly agent: number
}
export type Tone = 'leader' | 'candidate' | 'down' | 'up' | 'fault' | 'note'

/** What the marks of one program mean in words, for those that are worth the caption line; `captions/` has them. */
export type CaptionWriter = (mark: Mark, names: Names) => readonly [words: string, tone: Tone] | null
export type CaptionWriters = { readonly [program: string]: CaptionWriter }
const NO_WRITERS: CaptionWriters = {}

const num = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** Votes per (term, candidate) as far as the marks tell, up to and including `upTo`. */
function votesFor(marks: readonly Mark[], upTo: number, term: number, candidate: number): number {
  let votes = 0
  for (let i = upTo; i >= 0; i--) {
    const { body } = marks[i]!
    if (body.kind === 'vote' && body['term'] === term && body['for'] === candidate) votes++
    if (body.kind === 'role' && body['term'] === term && marks[i]!.agent === candidate && body['role'] === 'candidate')
      break
  }
  return votes
}

function leads(marks: readonly Mark[], at: number, names: Names, electorate: number): string {
  const mark = marks[at]!
  const term = num(mark.body['term'])
  const who = names.agent(mark.agent)
  if (term === null) return `${who} leads`
  const votes = num(mark.body['votes']) ?? votesFor(marks, at, term, mark.agent)
  const of = num(mark.body['members']) ?? electorate
  return votes > 0 && of >= votes ? `${who} leads term ${term}: ${votes} of ${of} votes` : `${who} leads term ${term}`
}

const HOST: { readonly [kind: string]: readonly [string, Tone] } = {
  crashed: ['crashed', 'down'],
  restarted: ['is back up', 'up'],
  paused: ['is paused', 'down'],
  resumed: ['goes on', 'up'],
  joined: ['joined', 'up'],
  left: ['left the swarm', 'down'],
}

/** One mark as a sentence, or null where it is not worth the caption line. `electorate` = agents that may vote. */
export function captionOf(
  marks: readonly Mark[],
  at: number,
  names: Names,
  electorate: number,
  writers: CaptionWriters = NO_WRITERS,
): Caption | null {
  const { body, agent, program, key } = marks[at]!
  const caption = (words: string, tone: Tone): Caption => ({
    timeUs: key.time,
    sentence: sentenceCase(words),
    tone,
    agent,
  })
  if (program === 'host' && body.kind in HOST) {
    const [words, tone] = HOST[body.kind]!
    return caption(`${names.agent(agent)} ${words}`, tone)
  }
  const written = writers[program]?.(marks[at]!, names) ?? null
  if (written !== null) return caption(...written)
  switch (body.kind) {
    case 'role':
      return body['role'] === 'candidate'
        ? caption(`${names.agent(agent)} stands for election in term ${num(body['term']) ?? '?'}`, 'candidate')
        : null
    case 'leader':
      return caption(leads(marks, at, names, electorate), 'leader')
    case 'elected':
      return caption(`${names.agent(agent)} is elected: its name came back round the whole ring`, 'leader')
    case 'synced': {
      const count = num(body['agents']) ?? num(body['count'])
      return caption(
        count === null
          ? `${names.agent(agent)}’s tree is in step`
          : `All ${count} agents under ${names.agent(agent)} are in step`,
        'up',
      )
    }
    case 'slowed':
      return num(body['factor']) === 1
        ? caption(`${names.agent(agent)} is back to full speed`, 'up')
        : caption(`${names.agent(agent)} is ${num(body['factor']) ?? 'many'} times slower`, 'fault')
    default:
      return null
  }
}

/** In how much virtual time a weightier sentence may not be pushed off the line by a lighter one. */
const HOLD_US = 400_000
const WEIGHT: { readonly [T in Tone]: number } = { note: 0, up: 1, candidate: 2, fault: 3, leader: 3, down: 3 }

/** What people and the schedule do to the network leaves no mark of an agent's: it is said from the command log. */
const SAID_BY_MARKS = new Set(['crash', 'restart', 'pause', 'resume', 'slow', 'join', 'leave'])
function lastCommand(
  log: readonly Command[],
  untilUs: number,
  names: Names,
  missed: ReadonlySet<number>,
): Caption | null {
  const at = log.reduce((newest, c, i) => {
    const said = c.at <= untilUs && (!SAID_BY_MARKS.has(c.op) || missed.has(i))
    return said && !(log[newest]! && log[newest].at > c.at) ? i : newest
  }, -1)
  const command = log[at]
  if (command === undefined) return null
  const sentence = describe(command, names) + (missed.has(at) ? NOBODY : '')
  // What an agent is asked for is no fault, and what it makes of it says more.
  const tone = missed.has(at) || command.op === 'propose' ? 'note' : 'fault'
  return { timeUs: command.at, sentence, tone, agent: -1 }
}

const NOBODY = ': there was nobody to hit'
const NONE: ReadonlySet<number> = new Set()

/** Places in the log of commands that found nobody to act on, as far as the marks tell. */
export function missedCommands(marks: readonly Mark[]): ReadonlySet<number> {
  const missed = marks.filter(({ program, body }) => program === 'host' && body['missed'] === true)
  return missed.length === 0 ? NONE : new Set(missed.map(({ body }) => Number(body['command'])))
}

/** Bands of commands that found nobody are moments, and say so. */
export function withMissed(all: readonly Band[], marks: readonly Mark[]): readonly Band[] {
  const missed = missedCommands(marks)
  if (missed.size === 0) return all
  return all.map((band) =>
    missed.has(band.index) ? { ...band, to: band.from, label: `${band.label}${NOBODY}` } : band,
  )
}

/**
 * The caption line at `untilUs`: the newest sentence, unless one that matters more was said just before.
 * @param marks headlines in key order
 * @param log   commands as they were given: what chaos draws stands behind the schedule, whatever its time
 */
export function captionAt(
  marks: readonly Mark[],
  log: readonly Command[],
  untilUs: number,
  names: Names,
  electorate: number,
  writers: CaptionWriters = NO_WRITERS,
): Caption | null {
  let best = lastCommand(log, untilUs, names, missedCommands(marks))
  for (let i = lastUpTo(marks, untilUs); i >= 0; i--) {
    const next = captionOf(marks, i, names, electorate, writers)
    if (next === null) continue
    if (best !== null && best.timeUs - next.timeUs > HOLD_US) break
    if (best === null || outweighs(next, best)) best = next
  }
  return best
}

/** A newer one wins unless it is light; an older one only where it matters more: a leader more than a tree in step. */
function outweighs(next: Caption, best: Caption): boolean {
  if (next.timeUs > best.timeUs) return WEIGHT[next.tone] >= WEIGHT[best.tone] || next.timeUs - best.timeUs > HOLD_US
  if (next.timeUs === best.timeUs && best.agent < 0 && best.tone === 'note') return true
  return WEIGHT[next.tone] > WEIGHT[best.tone] && best.tone !== 'candidate'
}

/** Index of the last mark at or before `timeUs`, −1 where there is none. */
export function lastUpTo(marks: readonly Mark[], timeUs: number): number {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (marks[middle]!.key.time <= timeUs) low = middle + 1
    else high = middle
  }
  return low - 1
}

const isElected = (kind: string): boolean => kind === 'leader' || kind === 'elected'
const termOf = (body: MarkBody): number => num(body['term']) ?? num(body['round']) ?? 0

export interface Standing {
  /** Leader of the highest term who is up, or null. */
  readonly leader: number | null
  readonly term: number
  readonly down: ReadonlySet<number>
}

/** Who leads at `untilUs`, as far as the marks tell. */
export function standingAt(marks: readonly Mark[], untilUs: number): Standing {
  let leader: number | null = null
  let term = 0
  const down = new Set<number>()
  for (let i = 0; i < marks.length && marks[i]!.key.time <= untilUs; i++) {
    const { body, agent, program } = marks[i]!
    if (program === 'host' && (body.kind === 'crashed' || body.kind === 'left')) {
      down.add(agent)
      if (agent === leader) leader = null
    } else if (program === 'host' && body.kind === 'restarted') down.delete(agent)
    else if (isElected(body.kind) && termOf(body) >= term) {
      leader = agent
      term = termOf(body)
    } else if (body.kind === 'role' && agent === leader && body['role'] !== 'leader') leader = null
  }
  return { leader, term, down }
}

export interface LeadSpan {
  readonly fromUs: number
  readonly toUs: number
  readonly kind: 'leader' | 'election' | 'none'
  readonly agent: number
  readonly term: number
}

/** The timeline's lane: who led from when to when, and when there was an election. */
export function leadSpans(marks: readonly Mark[], untilUs: number): readonly LeadSpan[] {
  const spans: LeadSpan[] = []
  let open: Omit<LeadSpan, 'toUs'> = { fromUs: 0, kind: 'none', agent: -1, term: 0 }
  const turn = (fromUs: number, kind: LeadSpan['kind'], agent: number, term: number): void => {
    if (open.kind === kind && open.agent === agent && open.term === term) return
    if (fromUs > open.fromUs) spans.push({ ...open, toUs: fromUs })
    open = { fromUs, kind, agent, term }
  }
  for (let i = 0; i < marks.length && marks[i]!.key.time <= untilUs; i++) {
    const { body, agent, program, key } = marks[i]!
    const term = termOf(body)
    if (isElected(body.kind) && term >= open.term) turn(key.time, 'leader', agent, term)
    else if (body.kind === 'role' && body['role'] === 'candidate' && term > open.term)
      turn(key.time, 'election', -1, term)
    else if (program === 'host' && (body.kind === 'crashed' || body.kind === 'left') && agent === open.agent)
      turn(key.time, 'none', -1, open.term)
  }
  if (untilUs > open.fromUs) spans.push({ ...open, toUs: untilUs })
  return spans
}
