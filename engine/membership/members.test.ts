import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentId } from '../kernel/units.ts'
import { isLive, learn, liveCount, makeMembers, memberAt, rowOf, slotCount, STATUS, statusOf } from './members.ts'
import type { Members, Status, Update } from './members.ts'

const ids = (...list: number[]) => list.map(agentId)
const says = (id: number, status: Status, incarnation = 0): Update => ({
  ...{ id: agentId(id), status, incarnation, offers: [] },
})
const { alive, suspect, dead, left } = STATUS

const update = fc.record({
  id: fc.nat(9).map(agentId),
  status: fc.constantFrom(alive, suspect, dead, left),
  incarnation: fc.nat(3),
  offers: fc.constant<readonly string[]>([]),
})
const afterAll = (updates: readonly Update[]): Members => {
  const members = makeMembers(ids(0, 1, 2, 5, 6))
  for (const one of updates) learn(members, one, 0)
  return members
}

describe('the view of the membership', () => {
  it('takes founders as a rule: 10,000 of them are no row and two numbers', () => {
    const members = makeMembers(Array.from({ length: 10_000 }, (_, id) => agentId(id)))
    expect(members.founders).toEqual([0, 10_000])
    expect(members.rows).toEqual([])
    expect(liveCount(members)).toBe(10_000)
    expect(statusOf(members, agentId(9_999))).toBe(alive)
    expect(statusOf(members, agentId(10_000))).toBeNull()
  })

  it('gives every member one slot, whatever the gaps between founders, and keeps it', () => {
    const members = makeMembers(ids(0, 1, 2, 7, 40, 41))
    expect(members.founders).toEqual([0, 3, 7, 1, 40, 2])
    learn(members, says(12, alive), 0)
    learn(members, says(7, dead), 0)
    learn(members, says(3, suspect), 0)
    expect(Array.from({ length: slotCount(members) }, (_, slot) => memberAt(members, slot))).toEqual(
      ids(0, 1, 2, 7, 40, 41, 12, 3),
    )
    expect(liveCount(members)).toBe(7)
  })

  it('believes the graver of two statements with one incarnation, and the higher incarnation (SWIM section 4.2)', () => {
    const members = makeMembers(ids(0, 1, 2))
    const steps: readonly [Update, boolean, Status][] = [
      [says(1, alive), false, alive],
      [says(1, suspect), true, suspect],
      [says(1, alive), false, suspect],
      [says(1, alive, 1), true, alive],
      [says(1, suspect), false, alive],
      [says(1, dead, 1), true, dead],
      [says(1, suspect, 1), false, dead],
      [says(1, alive, 2), true, alive],
      [says(1, left, 2), true, left],
      [says(1, dead, 2), false, left],
    ]
    for (const [one, news, status] of steps) {
      expect(learn(members, one, 0)).toBe(news)
      expect(statusOf(members, agentId(1))).toBe(status)
    }
  })

  it('keeps what a member offers while others suspect or bury it', () => {
    const members = makeMembers(ids(0, 1))
    learn(members, { ...says(1, alive, 1), offers: ['camera'] }, 5)
    learn(members, says(1, dead, 1), 9)
    expect(rowOf(members, agentId(1))).toMatchObject({ offers: ['camera'], status: dead, sinceUs: 9 })
  })

  it('is the same after the same statements in any order, however often each is heard', () => {
    const scrambled = fc
      .array(update, { maxLength: 30 })
      .chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: 2 * list.length })),
      )
    fc.assert(
      fc.property(scrambled, ([some, same]) => {
        const [one, other] = [afterAll(some), afterAll(same)]
        expect(other.rows).toEqual(one.rows)
        expect([other.suspects, other.gone]).toEqual([one.suspects, one.gone])
        expect(other.joined.toSorted()).toEqual(one.joined.toSorted())
      }),
    )
  })

  it('counts what is live and suspected as its rows say', () => {
    fc.assert(
      fc.property(fc.array(update, { maxLength: 40 }), (updates) => {
        const members = afterAll(updates)
        const all = Array.from({ length: slotCount(members) }, (_, slot) => memberAt(members, slot))
        expect(new Set(all).size).toBe(all.length)
        expect(liveCount(members)).toBe(all.filter((id) => isLive(statusOf(members, id))).length)
        expect(members.suspects).toBe(all.filter((id) => statusOf(members, id) === suspect).length)
      }),
    )
  })
})
