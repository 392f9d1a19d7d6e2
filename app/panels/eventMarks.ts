import type { Mark } from '../../engine/agents/Program.ts'
import { keyText } from '../../engine/kernel/key.ts'
import type { Names } from '../state/names.ts'
import { captionOf, type CaptionWriters, type Tone } from './caption.ts'

export const EVENT_MARKS_MAX = 240

export interface EventMark {
  readonly id: string
  readonly timeUs: number
  readonly sentence: string
  readonly tone: Tone
}

/**
 * What gets a triangle on the timeline: elections, faults, agents that go and come, what emerges; the newest if many.
 * @param writers of those programs whose marks get one beside what the page has words for anyway
 */
export function eventMarks(marks: readonly Mark[], names: Names, writers: CaptionWriters = {}): readonly EventMark[] {
  const out: EventMark[] = []
  for (let i = marks.length - 1; i >= 0 && out.length < EVENT_MARKS_MAX; i--) {
    const said = captionOf(marks, i, names, 0, writers)
    if (said === null || marks[i]!.body.kind === 'synced') continue
    const { timeUs, sentence, tone } = said
    out.push({ id: `${keyText(marks[i]!.key)}/${marks[i]!.index}`, timeUs, sentence, tone })
  }
  return out.reverse()
}
