import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Mark } from '../../engine/agents/Program.ts'
import { agentId, micros } from '../../engine/kernel/units.ts'
import { actionOf, DEFAULT_KEYS, KEY_ACTIONS, remap, type KeyAction } from './keys.ts'
import { HEADLINES_MAX, MarkLog, RECENT_MAX } from './MarkLog.ts'
import { addToast, TOASTS_MAX, type Toast } from './panels.ts'
import { rateOf, SLOW_FACTOR, snapSpeed } from './playback.ts'

describe('speed', () => {
  it('snaps to normal around the middle of the slider (EXPERIENCE, habits)', () => {
    expect([0.06, -0.07, 0.08, -3, 2].map(snapSpeed)).toEqual([0, 0, 0.08, -1, 1])
  })
  it('is the scenario’s pace in the middle, and a quarter of it beside a moving message', () => {
    expect(rateOf(0.2, 0, false)).toBe(0.2)
    expect(rateOf(0.2, 1, false)).toBeCloseTo(6.4)
    expect(rateOf(0.2, 0, true)).toBe(0.2 * SLOW_FACTOR)
  })
})

describe('keys', () => {
  it('keep every action on a key of its own, whatever is remapped (WCAG 2.1.4)', () => {
    const action = fc.constantFrom(...(Object.keys(KEY_ACTIONS) as KeyAction[]))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(action, fc.constantFrom('q', 'R', ' ', '.', 'x', '1', 'F2')), { maxLength: 30 }),
        (moves) => {
          const keys = moves.reduce((map, [a, key]) => remap(map, a, key), DEFAULT_KEYS)
          expect(new Set(Object.values(keys)).size).toBe(Object.keys(KEY_ACTIONS).length)
          for (const a of Object.keys(keys) as KeyAction[]) expect(actionOf(keys, keys[a])).toBe(a)
        },
      ),
    )
  })
  it('leave the digits to the scenarios', () => expect(remap(DEFAULT_KEYS, 'step', '3')).toBe(DEFAULT_KEYS))
})

const mark = (time: number, kind = 'commit', program = 'raft'): Mark => ({
  key: { time: micros(time), dst: agentId(0), src: agentId(0), seq: time },
  index: 0,
  agent: agentId(0),
  program,
  body: { kind },
})

describe('MarkLog', () => {
  it('is in order of time and holds each mark once, however often a replay says it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), (times) => {
        const log = new MarkLog()
        log.add(times.map((t) => mark(t, 'leader')))
        log.add(times.map((t) => mark(t, 'leader')))
        const wanted = [...new Set(times)].sort((a, b) => a - b)
        expect(log.recent.map((m) => m.key.time)).toEqual(wanted)
        expect(log.headlines.map((m) => m.key.time)).toEqual(wanted)
      }),
    )
  })
  it('keeps headlines when a flood of small marks has pushed them out of the newest', () => {
    const log = new MarkLog()
    log.add([mark(0, 'crashed', 'host')])
    log.add(Array.from({ length: 3 * RECENT_MAX }, (_, i) => mark(i + 1)))
    expect(log.headlines).toHaveLength(1)
    expect(log.recent.length).toBeLessThanOrEqual(1.25 * RECENT_MAX)
    expect(HEADLINES_MAX).toBeGreaterThan(1_000)
  })
  it('leaves out measurements, which the charts show, and keeps what emerges', () => {
    const log = new MarkLog()
    log.add([mark(1, 'measure', 'space'), mark(2, 'emerged', 'space'), mark(3, 'measure', 'other')])
    expect(log.recent.map((m) => m.key.time)).toEqual([2, 3])
    expect(log.headlines.map((m) => m.key.time)).toEqual([2])
  })
})

describe('news', () => {
  it('is a tree in step once a term, not with every beat', () => {
    const synced = (time: number, term: number): Mark => ({ ...mark(time), body: { kind: 'synced', term } })
    const log = new MarkLog()
    log.add([synced(1, 1), synced(2, 1), synced(3, 2), synced(4, 2)])
    expect(log.headlines.map((m) => m.key.time)).toEqual([1, 3])
    expect(log.recent).toHaveLength(4)
  })
})

describe('toasts', () => {
  it('about the same thing take the place of the one before, where it stands', () => {
    const coarse = { ...toast(1, 'draws coarser'), about: 'stage' }
    const list = addToast([coarse, toast(2, 'other')], { ...toast(3, 'draws fewer links'), about: 'stage' })
    expect(list.map(({ id, text }) => [id, text])).toEqual([
      [1, 'draws fewer links'],
      [2, 'other'],
    ])
  })
  const toast = (id: number, text: string): Toast => ({ id, kind: 'error', text })
  it('does not say again what a sentence on screen already says', () => {
    const first = [toast(1, 'raft-lan, seed 3, stopped at 0: no such program')]
    expect(addToast(first, toast(2, 'no such program.'))).toBe(first)
  })
  it('shows at most three', () => {
    const all = [1, 2, 3, 4, 5].reduce<readonly Toast[]>((list, id) => addToast(list, toast(id, `number ${id}`)), [])
    expect(all.map((t) => t.id)).toEqual([3, 4, 5])
    expect(all).toHaveLength(TOASTS_MAX)
  })
})
