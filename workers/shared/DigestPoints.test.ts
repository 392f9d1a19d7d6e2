import { describe, expect, it } from 'vitest'
import { DigestPoints } from './DigestPoints.ts'

describe('DigestPoints', () => {
  const points = new DigestPoints()
  for (const timeUs of [100, 200, 300]) points.add({ timeUs, value: `d${timeUs}` })

  it('tells the latest digest at or before a time', () => {
    expect([99, 100, 250, 300, 10_000].map((t) => points.at(t)?.value)).toEqual([
      undefined,
      'd100',
      'd200',
      'd300',
      'd300',
    ])
    expect(new DigestPoints().at(5)).toBeNull()
  })

  it('knows each point once, and asks for those after the last', () => {
    points.add({ timeUs: 200, value: 'again' })
    expect(points.at(200)!.value).toBe('d200')
    expect(points.knownUs).toBe(301)
    expect(new DigestPoints().knownUs).toBe(0)
  })

  it('keeps what comes before a fork, and only that', () => {
    const fork = points.forkAt(300)
    expect(fork.knownUs).toBe(201)
    fork.add({ timeUs: 300, value: 'other' })
    expect([fork.at(300)!.value, points.at(300)!.value]).toEqual(['other', 'd300'])
  })
})
