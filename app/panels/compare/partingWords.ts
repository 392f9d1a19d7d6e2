import type { Mark } from '../../../engine/agents/Program.ts'
import type { Parting } from '../../../workers/compare/comparison.ts'
import type { Names } from '../../state/names.ts'
import { durationText } from '../format.ts'

export interface PartingWords {
  readonly event: string
  /** Where to go for it, µs; null: nowhere. */
  readonly eventUs: number | null
  /** Whom it happened to; −1 nobody. */
  readonly eventAgent: number
  /** What was first told differently; null where nothing was, or where the event says it already. */
  readonly fact: string | null
  readonly factUs: number | null
  readonly factAgent: number
}

const NOWHERE = { eventUs: null, eventAgent: -1, fact: null, factUs: null, factAgent: -1 }

/** A mark in plain words, as the log writes it. */
type Line = (marks: readonly Mark[], at: number, names: Names, electorate: number) => string

/** Where two set-ups part, as sentences. `letters` and `names` are those of the first and of the other. */
export function partingWords(
  { event, fact, factKey, untilUs }: Parting,
  [a, b]: readonly [string, string],
  names: readonly [Names, Names],
  line: Line,
): PartingWords {
  if (event === null)
    return {
      event: `${a} and ${b} are the same, event for event, up to ${durationText(untilUs)}.`,
      ...NOWHERE,
    }
  const { key, what, instead, insteadUs, only } = event
  const [has, lacks] = only === 'second' ? [b, a] : [a, b]
  const next = insteadUs === null ? 'nothing more' : `“${instead}”${at(insteadUs, key.time)}`
  const sentence =
    key.time === 0
      ? `${a} and ${b} differ from the start.`
      : only === 'neither'
        ? `At ${durationText(key.time)} in ${a}: ${what}. In ${b}: ${instead}.`
        : `At ${durationText(key.time)} only in ${has}: ${what}. In ${lacks} next: ${next}.`
  const there = { event: sentence, eventUs: key.time, eventAgent: key.dst }
  if (fact === null || factKey === null) return { ...NOWHERE, ...there }
  if (isMeasurement(fact.first) && factKey.time === key.time) return { ...NOWHERE, ...there }
  const told = (mark: Mark | null, who: Names): string =>
    mark === null ? 'nothing more' : `“${line([mark], 0, who, 0)}”${at(mark.key.time, factKey.time)}`
  return {
    ...there,
    fact: `First told at ${durationText(factKey.time)}: in ${a} ${told(fact.first, names[0])}, in ${b} ${told(fact.second, names[1])}.`,
    factUs: factKey.time,
    factAgent: factKey.dst,
  }
}

/** A step of bodies is told by its figures alone, and those that differ the event says. */
const isMeasurement = (mark: Mark | null): boolean => mark?.program === 'space' && mark.body.kind === 'measure'

/** When it is, where that is another time than the sentence's own. */
const at = (timeUs: number, saidUs: number): string => (timeUs === saidUs ? '' : ` at ${durationText(timeUs)}`)
