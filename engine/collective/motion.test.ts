import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countAlong, emptyMotion, measureCentre, measureMotion } from './motion.ts'
import { ringOf, spaceOf, type Body } from './testing/spaceOf.ts'

const motionOf = (...args: Parameters<typeof spaceOf>) => {
  const motion = emptyMotion()
  measureMotion(spaceOf(...args), motion)
  return motion
}

describe('polarisation', () => {
  it('is 1 where all look the same way, and 0 where pairs look against each other (Vicsek et al. 1995)', () => {
    const same: Body[] = Array.from({ length: 7 }, (_, i) => ({ at: [i, 2 * i], to: [0.6, 0.8] }))
    expect(motionOf(same).polarisation).toBeCloseTo(1, 6)
    expect(
      motionOf([
        { at: [1, 1], to: [0, 1] },
        { at: [2, 2], to: [0, -1] },
      ]).polarisation,
    ).toBe(0)
  })

  it('is √π/(2√N) on average where headings are random (theorem)', () => {
    const [n, runs] = [400, 400]
    let [sum, squares, state] = [0, 0, 1]
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
    for (let r = 0; r < runs; r++) {
      const { polarisation } = motionOf(
        Array.from({ length: n }, () => {
          const angle = 2 * Math.PI * random()
          return { at: [100 * random(), 100 * random()], to: [Math.cos(angle), Math.sin(angle)] }
        }),
      )
      sum += polarisation
      squares += polarisation ** 2
    }
    const error = Math.sqrt((squares / runs - (sum / runs) ** 2) / runs)
    expect(Math.abs(sum / runs - Math.sqrt(Math.PI) / (2 * Math.sqrt(n)))).toBeLessThan(4 * error)
  })

  it('counts who takes part only, and is 0 where nobody does', () => {
    const bodies: Body[] = [{ at: [1, 1] }, { at: [2, 2] }, { at: [3, 3], to: [-1, 0], status: 2, speed: 9 }]
    expect(motionOf(bodies)).toMatchObject({ alive: 2, polarisation: 1, meanSpeed: 1 })
    expect(motionOf([{ at: [1, 1], status: 2 }])).toMatchObject({ alive: 0, polarisation: 0, milling: 0, meanSpeed: 0 })
  })
})

describe('milling', () => {
  it('is 1 on a ring, whichever way round, with a centre that is the ring’s (Couzin et al. 2002)', () => {
    const ring = motionOf(ringOf(24, [40, 60], 10), { edges: 'walls' })
    expect(ring.milling).toBeCloseTo(1, 5)
    expect(ring.polarisation).toBeCloseTo(0, 5)
    expect(ring.spread).toBeCloseTo(10, 4)
    expect([...ring.centre]).toEqual([expect.closeTo(40, 4), expect.closeTo(60, 4), 0])
    const back = ringOf(24, [40, 60], 10).map(({ at, to }): Body => ({ at, to: [-to![0], -to![1]] }))
    expect(motionOf(back, { edges: 'walls' }).milling).toBeCloseTo(1, 5)
  })

  it('is the same where the ring lies across the seams of a world that wraps', () => {
    const ring = motionOf(ringOf(24, [99, 2], 10, 100), { edges: 'wrap' })
    expect(ring.milling).toBeCloseTo(1, 5)
    expect([...ring.centre]).toEqual([expect.closeTo(99, 4), expect.closeTo(2, 4), 0])
  })

  it('is 0 where all fly straight on, and where as many go one way round as the other', () => {
    expect(motionOf(ringOf(24, [50, 50], 10).map(({ at }) => ({ at }))).milling).toBeCloseTo(0, 5)
    const both = ringOf(24, [50, 50], 10).map(({ at, to }, i): Body => ({
      at,
      to: i % 2 === 0 ? to! : [-to![0], -to![1]],
    }))
    expect(motionOf(both).milling).toBeCloseTo(0, 5)
  })

  it('counts who goes round with the others', () => {
    const bodies = ringOf(10, [50, 50], 10).map(({ at, to }, i): Body => ({ at, to: i < 8 ? to! : [-to![0], -to![1]] }))
    const space = spaceOf(bodies)
    const motion = emptyMotion()
    measureMotion(space, motion)
    expect(motion.milling).toBeCloseTo(0.6, 1)
    expect(countAlong(space, motion, 'turning')).toBe(8)
  })
})

it('the centre of bodies that span less than half the world does not depend on where the seams are', () => {
  const place = fc.float({ min: 0, max: Math.fround(40), noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 20 }), place, (places, shift) => {
      const centre = (by: number): number => {
        const out = new Float64Array(3)
        const bodies = places.map(([x, y]): Body => ({ at: [(x + by) % 100, y] }))
        measureCentre(spaceOf(bodies), new Uint8Array(places.length).fill(1), 1, out)
        return out[0]!
      }
      const apart = Math.abs(centre(80 + shift / 4) - 80 - shift / 4 - centre(0))
      expect(Math.min(apart, Math.abs(apart - 100))).toBeLessThan(1e-3)
    }),
  )
})
