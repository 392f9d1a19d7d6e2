import type { Mark } from '../../engine/agents/Program.ts'
import { compareKeys } from '../../engine/kernel/key.ts'

/** A run can make hundreds of thousands of marks; the page keeps the newest of all and many more of the few that matter. */
export const RECENT_MAX = 5_000
export const HEADLINES_MAX = 4_000

/** Kinds that captions, the leader, the lanes and the timeline are made of. */
const HEADLINE_KINDS = new Set([
  'role',
  'leader',
  'vote',
  'elected',
  'synced',
  'crashed',
  'restarted',
  'paused',
  'resumed',
  'slowed',
  'joined',
  'left',
])
export const isHeadline = (mark: Mark): boolean => mark.program === 'host' || HEADLINE_KINDS.has(mark.body.kind)

const order = (a: Mark, b: Mark): number => compareKeys(a.key, b.key) || a.index - b.index

/** Inserts in (key, index) order and skips what is already there: a replay may say the same again. */
function insert(list: Mark[], mark: Mark, max: number): void {
  let at = list.length
  while (at > 0) {
    const c = order(list[at - 1]!, mark)
    if (c === 0) return
    if (c < 0) break
    at--
  }
  if (at === list.length) list.push(mark)
  else list.splice(at, 0, mark)
  if (list.length > max + max / 4) list.splice(0, list.length - max)
}

/** Marks of the current branch, outside React; the store holds only a version number. */
export class MarkLog {
  readonly recent: Mark[] = []
  readonly headlines: Mark[] = []

  clear(): void {
    this.recent.length = 0
    this.headlines.length = 0
  }

  add(marks: readonly Mark[]): void {
    for (const mark of marks) {
      insert(this.recent, mark, RECENT_MAX)
      if (isHeadline(mark)) insert(this.headlines, mark, HEADLINES_MAX)
    }
  }
}
