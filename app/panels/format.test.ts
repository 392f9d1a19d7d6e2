import { describe, expect, it } from 'vitest'
import { clockText, countText, digestText, durationText, paceText, speedText } from './format.ts'

describe('format', () => {
  it('writes virtual time as minutes, seconds and milliseconds', () => {
    expect(clockText(5_412_999)).toBe('00:05.412')
    expect(clockText(61_000_000)).toBe('01:01.000')
  })
  it('chooses the unit a person would', () => {
    expect([0, 250, 1500, 137_250, 2_000_000, -1500].map(durationText)).toEqual([
      '0',
      '250 µs',
      '1.5 ms',
      '137 ms',
      '2 s',
      '−1.5 ms',
    ])
  })
  it('says what a wall second is worth (EXPERIENCE: “1 s here is 200 ms there”)', () => {
    expect(paceText(0.2)).toBe('1 s here is 200 ms there')
    expect([0.2, 1, 4, 0.05].map(speedText)).toEqual(['1/5 speed', 'real time', '4× speed', '1/20 speed'])
  })
  it('groups thousands without asking the locale', () => expect(countText(1234567)).toBe('1,234,567'))
  it('shortens a digest', () => expect(digestText('a91f03c7deadbeef')).toBe('a91f 03c7'))
})
