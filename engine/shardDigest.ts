import type { Mark } from './agents/Program.ts'
import type { DigestSum, Hasher } from './kernel/digest.ts'
import type { Shard } from './Shard.ts'

/** Adds a mark to `sum`. */
export function digestMark(hasher: Hasher, mark: Mark, sum: DigestSum): void {
  const { key } = mark
  hasher.begin(TAG_MARK)
  hasher.number(key.time)
  hasher.word(key.dst)
  hasher.word(key.src)
  hasher.word(key.seq)
  hasher.word(mark.index)
  hasher.word(mark.agent)
  hasher.text(mark.program)
  hasher.plain(mark.body)
  hasher.end(sum)
}

/** Adds a shard's agents, pending events and links at a cut to `sum`: never heaps, rings or windows. */
export function digestState(hasher: Hasher, { agents, events, network }: Shard, sum: DigestSum): void {
  for (const agent of agents.values()) {
    hasher.begin(TAG_AGENT)
    hasher.plain(agent)
    hasher.end(sum)
  }
  for (const slot of events.queue.slots()) {
    hasher.begin(TAG_EVENT)
    hasher.plain(events.row(slot))
    hasher.end(sum)
  }
  network.links.digest(sum, hasher)
  network.queues.digest(sum, hasher)
}

const TAG_MARK = 0x21
const TAG_AGENT = 0x22
const TAG_EVENT = 0x23
