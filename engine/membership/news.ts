import type { AgentId, U32 } from '../kernel/units.ts'
import type { Status, Update } from './members.ts'

/** A statement that is still being passed on, and how often it has been. */
export interface News {
  readonly id: AgentId
  readonly status: Status
  readonly incarnation: U32
  sends: number
}

/** How often each statement is passed on: λ·log₂ n, rounded up (SWIM section 4.1). 0 where λ is: nobody is told. */
export const sendsMax = (lambda: number, members: number): number =>
  lambda * (members < 2 ? 1 : 32 - Math.clz32(members - 1))

/** Adds what was just learned; an older statement about the same member is dropped. Mutates `news`, newest last. */
export function tell(news: News[], { id, status, incarnation }: Omit<Update, 'offers'>): void {
  const old = news.findIndex((item) => item.id === id)
  if (old >= 0) news.splice(old, 1)
  news.push({ id, status, incarnation, sends: 0 })
}

/**
 * Takes what the next message carries: at most `max` statements, those passed on least first (section 4.1), the newest
 * among equals. Counts them, and forgets those passed on `limit` times. Mutates `news`.
 */
export function takeNews(news: News[], max: number, limit: number): News[] {
  if (news.length === 0) return []
  const chosen = new Set<number>()
  while (chosen.size < Math.min(max, news.length)) {
    let best = -1
    for (let k = news.length - 1; k >= 0; k--)
      if (!chosen.has(k) && (best < 0 || news[k]!.sends < news[best]!.sends)) best = k
    chosen.add(best)
  }
  const taken = [...chosen].map((k) => news[k]!)
  for (const item of taken) item.sends++
  if (taken.some(({ sends }) => sends >= limit)) {
    const kept = news.filter(({ sends }) => sends < limit)
    news.splice(0, news.length, ...kept)
  }
  return taken
}

/** 1 for what nobody has been told yet … 0 for nothing left to tell: for the picture. */
export function freshness(news: readonly News[], limit: number): number {
  let least = limit
  for (const { sends } of news) least = Math.min(least, sends)
  return limit === 0 ? 0 : 1 - least / limit
}
