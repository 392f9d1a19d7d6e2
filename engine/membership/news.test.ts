import { describe, expect, it } from 'vitest'
import { agentId } from '../kernel/units.ts'
import { STATUS } from './members.ts'
import { freshness, sendsMax, takeNews, tell, type News } from './news.ts'

const about = (id: number, incarnation = 0) => ({ id: agentId(id), status: STATUS.suspect, incarnation })
const told = (news: News[], max: number, limit: number): number[] => takeNews(news, max, limit).map(({ id }) => id)

describe('news', () => {
  it('is passed on λ·log₂ n times, rounded up (SWIM section 4.1)', () => {
    expect([2, 3, 4, 5, 100, 128, 129, 10_000].map((n) => sendsMax(3, n))).toEqual([3, 6, 6, 9, 21, 21, 24, 42])
    const news: News[] = []
    tell(news, about(7))
    for (let send = 1; send <= 6; send++) expect(told(news, 6, 6)).toEqual([7])
    expect(told(news, 6, 6)).toEqual([])
  })

  it('goes out rarest first, the newest among equals, so many at a time', () => {
    const news: News[] = []
    for (const id of [1, 2, 3]) tell(news, about(id))
    expect(told(news, 2, 9)).toEqual([3, 2])
    expect(told(news, 2, 9)).toEqual([1, 3])
    tell(news, about(4))
    expect(told(news, 2, 9)).toEqual([4, 2])
    expect(told(news, 9, 9).toSorted()).toEqual([1, 2, 3, 4])
  })

  it('drops what is outdated: one statement a member', () => {
    const news: News[] = []
    tell(news, about(1))
    takeNews(news, 6, 9)
    tell(news, about(1, 1))
    expect(news).toEqual([{ ...about(1, 1), sends: 0 }])
  })

  it('fades from 1 to 0 as it is told', () => {
    const news: News[] = []
    expect(freshness(news, 4)).toBe(0)
    tell(news, about(1))
    expect(freshness(news, 4)).toBe(1)
    takeNews(news, 6, 4)
    expect(freshness(news, 4)).toBe(0.75)
  })
})
