import { STATUS, type BodyColumns, type Frame } from '../../../engine/frame/frame.ts'
import type { SpaceInfo } from '../../../workers/protocol.ts'
import { countText } from '../format.ts'

const UP = STATUS.indexOf('up')
/** More kinds than this are too many to listen to. */
const KINDS_MAX = 4

/** What the picture of a world shows, in one sentence: how many live, in which groups or states, and what was found. */
export function bodySummary(frame: Frame | null, space: SpaceInfo, agents: number, found: readonly string[]): string {
  const bodies = frame?.bodies
  if (!bodies) return ''
  const [words, column] = space.groups.length > 1 ? [space.groups, bodies.group] : [space.states, bodies.state]
  const counts = countsOf(bodies, column, agents, words.length)
  const alive = counts.reduce((sum, n) => sum + n, 0)
  const kinds = words
    .map((word, k) => ({ word, count: counts[k]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, KINDS_MAX)
    .map(({ word, count }) => `${word} ${countText(count)}`)
  const told = kinds.length > 1 ? `: ${kinds.join(', ')}` : ''
  const seen = found.length > 0 ? ` Found: ${found.join(', ')}.` : ''
  return `${countText(alive)} of ${countText(agents)} bodies are alive${told}.${seen}`
}

/** Bodies that are up, by a column; what lies beyond the words counts with the last. */
function countsOf({ status }: BodyColumns, column: Uint8Array, agents: number, kinds: number): number[] {
  const counts = new Array<number>(Math.max(1, kinds)).fill(0)
  for (let row = 0; row < agents; row++) {
    if (status[row] !== UP) continue
    const kind = Math.min(column[row]!, counts.length - 1)
    counts[kind] = counts[kind]! + 1
  }
  return counts
}
