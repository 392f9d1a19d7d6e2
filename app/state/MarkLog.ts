import type { Mark } from '../../engine/agents/Program.ts'
import { compareKeys } from '../../engine/kernel/key.ts'
import type { Plain } from '../../engine/kernel/plain.ts'

/** A run can make hundreds of thousands of marks; the page keeps the newest, and far more of the few that matter. */
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
  'suspected',
  'confirmed',
  'cleared',
  'refuted',
  'discovered',
  'goodbye',
  'found',
  'trusted',
  'flooding',
  'surveyed',
  'graph',
  'averaging',
  'contracted',
  'started',
  'began',
  'ended',
  'unfinished',
  'tripped',
  'half-open',
  'closed',
  'rejected',
  'reclaimed',
  'broken',
  'short',
  'given-up',
  'throughput',
  'phase',
  'strategy',
  'complete',
  'returned',
  'sold',
  'revenue',
  'shared-by',
  'refused',
  'taken-back',
  'expired',
  'lapsed',
  'alarm',
  'clear',
  'congested',
  'stolen',
  'orphaned',
  'finished',
  'strategy',
  'emerged',
  'dissolved',
  'outside',
  'not a number',
])
/** What the charts are drawn from is no news, and would push everything else out. */
const isMeasurement = ({ program, body }: Mark): boolean => program === 'space' && body.kind === 'measure'
/** A task that was started is none. */
export const isHeadline = ({ program, body }: Mark): boolean =>
  program === 'host' || (HEADLINE_KINDS.has(body.kind) && body['task'] === undefined)

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

/** Newest of all, and the few that matter from much further back; both in (key, index) order. */
export interface Marks {
  readonly recent: readonly Mark[]
  readonly headlines: readonly Mark[]
}

export class MarkLog implements Marks {
  readonly recent: Mark[] = []
  readonly headlines: Mark[] = []

  /** Term in which each tree was last said to be in step. */
  private readonly synced = new Map<number, Plain | undefined>()

  /** The same lists behind a new object: compared by identity it says that something changed. */
  view(): Marks {
    return { recent: this.recent, headlines: this.headlines }
  }

  clear(): void {
    this.synced.clear()
    this.recent.length = 0
    this.headlines.length = 0
  }

  add(marks: readonly Mark[]): void {
    for (const mark of marks) {
      if (isMeasurement(mark)) continue
      insert(this.recent, mark, RECENT_MAX)
      if (isHeadline(mark) && this.isNews(mark)) insert(this.headlines, mark, HEADLINES_MAX)
    }
  }

  /** A tree gets in step with every beat; it is news once a term. Updates `synced`. */
  private isNews(mark: Mark): boolean {
    if (mark.body.kind !== 'synced') return true
    const term = mark.body['term']
    if (this.synced.get(mark.agent) === term) return false
    this.synced.set(mark.agent, term)
    return true
  }
}
