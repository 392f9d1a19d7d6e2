import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cos, sin } from '../../kernel/math.ts'
import { philox, STREAM } from '../../kernel/philox.ts'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { apart } from '../motion/edges.ts'
import { FLAG } from '../SpaceModel.ts'
import { hypot3 } from '../testing/vectors.ts'
import { begun, headingOf, placeOf, put, runSteps, specOf, type Bodies } from '../testing/worlds.ts'
import { vicsek } from './vicsek.ts'

const spec = (params: SpaceSpec['params'] = {}, more: Partial<SpaceSpec> = {}): SpaceSpec =>
  specOf('vicsek', { width: 10, height: 10, ...more, params: { noiseRad: 0, ...params } })

/** Body 0 heads along x in the middle; others at an offset; its heading after one step without noise. */
function answer(others: readonly [place: number[], heading: number[]][], params = {}, flags = 0): number[] {
  const bodies = begun(vicsek, spec(params), others.length + 1)
  put(bodies, 0, [5, 5], [1, 0])
  others.forEach(([[x, y], heading], i) => put(bodies, i + 1, [5 + x!, 5 + y!], heading))
  bodies.space.flags[0] = flags
  runSteps(bodies, 1)
  return headingOf(bodies, 0)
}
const near = (actual: readonly number[], wanted: readonly number[]): void =>
  actual.forEach((value, axis) => expect(value).toBeCloseTo((wanted[axis] ?? 0) / hypot3(wanted), 6))
const UP = [0, 1]

describe('a body (Vicsek et al. 1995)', () => {
  it('takes the mean direction of all within the radius, itself included', () => {
    near(
      answer([
        [[0.9, 0], UP],
        [
          [1.1, 0],
          [0, -1],
        ],
      ]),
      [1, 1],
    )
    near(
      answer([
        [[0.9, 0], UP],
        [[0, -0.9], UP],
      ]),
      [1, 2],
    )
  })

  it('goes on where those round it cancel out', () => {
    near(
      answer([
        [
          [0.5, 0],
          [-1, 0],
        ],
      ]),
      [1, 0],
    )
  })

  it('moves with the heading that it had before, or with the new one', () => {
    const place = (movesWith: string): number[] => {
      const bodies = begun(vicsek, spec({ movesWith, speed: 0.5 }), 2)
      put(bodies, 0, [5, 5], [1, 0])
      put(bodies, 1, [5, 5.5], UP)
      runSteps(bodies, 1)
      return placeOf(bodies, 0)
    }
    expect(place('old')).toEqual([5.5, 5, 0])
    place('new').forEach((value, axis) =>
      expect(value).toBeCloseTo([5 + 0.5 / Math.SQRT2, 5 + 0.5 / Math.SQRT2, 0][axis]!, 5),
    )
  })

  it('hears everybody where all hear all, wherever they are', () => {
    near(
      answer(
        [
          [[4, 4], UP],
          [[-4, 4], UP],
        ],
        { hearsAll: true },
      ),
      [1, 2],
    )
  })

  it('blind or deaf goes straight on; a rogue heads against all others that it hears', () => {
    const others: [number[], number[]][] = [[[0.5, 0], UP]]
    near(answer(others, {}, FLAG.blind), [1, 0])
    near(answer(others, {}, FLAG.deaf), [1, 0])
    near(answer(others, {}, FLAG.rogue), [0, -1])
    near(answer(others, { hearsAll: true }, FLAG.rogue), [0, -1])
    near(answer([], {}, FLAG.rogue), [1, 0])
  })

  it('stuck it turns and stays; down it is not heard and not moved', () => {
    const bodies = begun(vicsek, spec(), 3)
    put(bodies, 0, [5, 5], [1, 0])
    put(bodies, 1, [5, 5.5], UP)
    put(bodies, 2, [5.5, 5], [0, -1])
    bodies.space.flags[0] = FLAG.stuck
    bodies.space.status[2] = 2
    bodies.space.wind = [1, 0, 0]
    runSteps(bodies, 1)
    near(headingOf(bodies, 0), [1, 1])
    expect(placeOf(bodies, 0)).toEqual([5, 5, 0])
    expect(placeOf(bodies, 2)).toEqual([5.5, 5, 0])
    expect(placeOf(bodies, 1)[0]).toBe(6)
  })

  it('errs by at most half the noise, evenly over the whole of it', () => {
    const bodies = begun(
      vicsek,
      spec({ noiseRad: 2, hearsAll: false, radius: 0.001 }, { width: 200, height: 200 }),
      2_000,
    )
    const before = Array.from({ length: 2_000 }, (_, row) => headingOf(bodies, row))
    runSteps(bodies, 1)
    const errors = before.map(([x, y], row) => {
      const [u, v] = headingOf(bodies, row) as [number, number]
      return Math.atan2(x! * v - y! * u, x! * u + y! * v)
    })
    expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(1.000001)
    for (let fifth = 0; fifth < 5; fifth++) {
      const share = errors.filter((e) => Math.floor(((e + 1) / 2) * 5) === fifth).length / 2_000
      expect(Math.abs(share - 0.2)).toBeLessThan(0.045)
    }
  })

  it('shows by its state whether it hears anybody', () => {
    const bodies = begun(vicsek, spec(), 3)
    put(bodies, 0, [5, 5], [1, 0])
    put(bodies, 1, [5, 5.5], UP)
    put(bodies, 2, [8, 8], UP)
    runSteps(bodies, 1)
    expect([...bodies.space.state].map((state) => vicsek.states[state])).toEqual(['in company', 'in company', 'alone'])
  })

  it('tells who is heard on request', () => {
    const bodies = begun(vicsek, spec(), 3)
    put(bodies, 0, [5, 5], [1, 0])
    put(bodies, 1, [5, 5.5], [1, 0])
    put(bodies, 2, [8, 8], UP)
    expect(bodies.model.sense!(0)).toEqual({ 'Neighbours heard': 1, 'Order among them': 1, 'Hearing radius': 1 })
    bodies.space.flags[0] = FLAG.deaf
    expect(bodies.model.sense!(0)).toEqual({ 'Neighbours heard': 0, 'Order among them': 1 })
  })
})

const crowd = fc.record({
  agents: fc.integer({ min: 1, max: 80 }),
  edges: fc.constantFrom('wrap' as const, 'walls' as const),
  width: fc.double({ min: 2, max: 9, noNaN: true }),
  radius: fc.double({ min: 0.05, max: 1, noNaN: true }),
  hearsAll: fc.boolean(),
  flags: fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 80, maxLength: 80 }),
  down: fc.array(fc.nat(79), { maxLength: 5 }),
})
type Crowd = typeof crowd extends fc.Arbitrary<infer T> ? T : never

function start({ agents, edges, width, radius, hearsAll, flags, down }: Crowd): Bodies {
  const bodies = begun(
    vicsek,
    spec({ radius, hearsAll, noiseRad: 1.5, speed: 0.2 }, { edges, width, height: 3 }),
    agents,
  )
  bodies.space.flags.set(flags.slice(0, agents))
  for (const row of down) if (row < agents) bodies.space.status[row] = 0
  return bodies
}

/** Headings after the next step by the paper's formula over all pairs, in double precision. */
function byTheFormula({ space }: Bodies): number[][] {
  const { spec: world, params } = space
  const words = new Uint32Array(4)
  return Array.from({ length: space.count }, (_, row) => {
    const own = [space.heading[3 * row]!, space.heading[3 * row + 1]!]
    if (space.status[row] !== 1) return own
    const flag = space.flags[row]!
    let [x, y] = [0, 0]
    for (let other = 0; other < space.count; other++) {
      if (other === row || space.status[other] !== 1 || (flag & (FLAG.blind | FLAG.deaf)) !== 0) continue
      const dx = apart(space.position[3 * row]!, space.position[3 * other]!, world.width, world)
      const dy = apart(space.position[3 * row + 1]!, space.position[3 * other + 1]!, world.height, world)
      if (params['hearsAll'] !== true && Math.sqrt(dx * dx + dy * dy) >= (params['radius'] as number)) continue
      x += space.heading[3 * other]!
      y += space.heading[3 * other + 1]!
    }
    const alone = x === 0 && y === 0
    const rogue = (flag & FLAG.rogue) !== 0
    const sum = rogue && !alone ? [-x, -y] : [own[0]! + x, own[1]! + y]
    philox(words, space.seed, STREAM.space, row, 1, space.tick + 1, 0)
    const angle = (params['noiseRad'] as number) * (words[0]! / 2 ** 32 - 0.5)
    const length = hypot3(sum)
    return [
      (sum[0]! * cos(angle) - sum[1]! * sin(angle)) / length,
      (sum[0]! * sin(angle) + sum[1]! * cos(angle)) / length,
    ]
  })
}

describe('a crowd', () => {
  it('heads where the formula over all pairs says', () => {
    fc.assert(
      fc.property(crowd, (world) => {
        // Walls would turn headings after the formula.
        const bodies = start({ ...world, edges: 'wrap' })
        runSteps(bodies, 2)
        const expected = byTheFormula(bodies)
        runSteps(bodies, 1)
        expected.forEach((wanted, row) => {
          const [x, y] = headingOf(bodies, row)
          expect(x).toBeCloseTo(wanted[0]!, 3)
          expect(y).toBeCloseTo(wanted[1]!, 3)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('has the same bits on any number of parts', () => {
    fc.assert(
      fc.property(crowd, fc.integer({ min: 2, max: 5 }), (world, parts) => {
        const [one, many] = [start(world), start(world)]
        runSteps(one, 12, 1)
        runSteps(many, 12, parts)
        expect(many.space.position).toEqual(one.space.position)
        expect(many.space.heading).toEqual(one.space.heading)
        expect(many.space.state).toEqual(one.space.state)
      }),
      { numRuns: 40 },
    )
  })
})
