import { describe, expect, it } from 'vitest'
import { paramDefaults, SPACE_DEFAULTS } from '../../scenario/spaceParams.ts'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import { boids } from './boids.ts'
import { CLOSE, MATES, sumNeighbours2, sumNeighbours3, sumsLayout } from './boidsSums.ts'
import { turnAway } from './boidsTurns.ts'
import { neighbourGrid } from './neighbourGrid.ts'
import { FLAG } from '../SpaceModel.ts'
import { PlainSpace, runPhases } from '../testing/plainSpace.ts'

const BODIES = 120

function crowd(params: { readonly [name: string]: number | string }, dimensions: 2 | 3 = 2, side = 20): PlainSpace {
  const all = { ...paramDefaults('boids'), ...params }
  const sides = { width: side, height: side, depth: side }
  const spec: SpaceSpec = { ...SPACE_DEFAULTS, kind: 'boids', params: all, dimensions, ...sides }
  const space = new PlainSpace(spec, BODIES, { ...boids.arrays(spec, BODIES, 1, 1) })
  boids.bind(space).begin()
  space.tick = 1
  return space
}

/** The way between two bodies by the nearest image, in full precision. */
const way = ({ position, spec }: PlainSpace, from: number, to: number): number[] =>
  [spec.width, spec.height, spec.depth].map((side, axis) => {
    if (axis >= spec.dimensions) return 0
    const d = position[3 * to + axis]! - position[3 * from + axis]!
    return d - side * Math.round(d / side)
  })
const headingOf = ({ heading }: PlainSpace, row: number): number[] => [...heading.subarray(3 * row, 3 * row + 3)]
const rows = Array.from({ length: BODIES }, (_, row) => row)

describe('sumNeighbours', () => {
  it.each([2, 3] as const)('adds up what a look at all pairs adds up, in %i dimensions', (dimensions) => {
    const [vision, separation] = [4.5, 2]
    const space = crowd({}, dimensions)
    const kinds = Uint8Array.from(rows, (row) => row % 2)
    const grid = neighbourGrid(space, () => vision)
    runPhases(grid.phases, 1)
    const kindAt = Uint8Array.from(rows, (slot) => kinds[grid.rowAt[slot]!]!)
    const { stride, head, way: ways, push } = sumsLayout(dimensions)
    const sums = new Float32Array(stride * BODIES)
    const sum = dimensions === 2 ? sumNeighbours2 : sumNeighbours3
    for (const flocks of [null, kindAt]) {
      sum(grid, flocks, vision, separation, ...grid.share({ index: 0, parts: 1 }), sums)
      for (const slot of rows) {
        const row = grid.rowAt[slot]!
        const wanted = new Array<number>(stride).fill(0)
        for (const other of rows.filter((r) => r !== row)) {
          const d = way(space, row, other)
          const distance = Math.hypot(...d)
          if (distance >= vision) continue
          if (distance < separation) {
            wanted[CLOSE]!++
            d.slice(0, dimensions).forEach((x, axis) => (wanted[push + axis]! -= x / distance ** 2))
          }
          if (flocks !== null && kinds[other] !== kinds[row]) continue
          wanted[MATES]!++
          d.slice(0, dimensions).forEach((x, axis) => (wanted[ways + axis]! += x))
          headingOf(space, other)
            .slice(0, dimensions)
            .forEach((x, axis) => (wanted[head + axis]! += x))
        }
        wanted.forEach((figure, i) => expect(sums[stride * slot + i]).toBeCloseTo(figure, 3))
      }
    }
  })

  it('is pushed by nobody who stands on the very same spot', () => {
    const space = crowd({})
    space.position.fill(10)
    const grid = neighbourGrid(space, () => 4)
    runPhases(grid.phases, 1)
    const { stride, push } = sumsLayout(2)
    const sums = new Float32Array(stride * BODIES)
    sumNeighbours2(grid, null, 4, 2, ...grid.share({ index: 0, parts: 1 }), sums)
    expect([...sums.subarray(push, push + 2)]).toEqual([0, 0])
    expect([sums[MATES], sums[CLOSE]]).toEqual([BODIES - 1, 0])
  })
})

const DEGREE = Math.PI / 180
/** NetLogo's subtract-headings, turn-at-most and atan, by angles: another way to the same rule. */
function netLogoAngle(space: PlainSpace, row: number): number {
  const { vision, separation, alignTurn, cohereTurn, separateTurn } = space.params as { [name: string]: number }
  const angle = (r: number): number => Math.atan2(space.heading[3 * r + 1]!, space.heading[3 * r]!)
  const between = (a: number, b: number): number => Math.atan2(Math.sin(a - b), Math.cos(a - b))
  const most = (turn: number, degrees: number): number => Math.max(-degrees * DEGREE, Math.min(degrees * DEGREE, turn))
  const mates = rows.filter((other) => other !== row && Math.hypot(...way(space, row, other)) < vision!)
  let own = angle(row)
  if (mates.length === 0) return own
  const distance = (other: number): number => Math.hypot(...way(space, row, other))
  const nearest = mates.reduce((best, other) => (distance(other) < distance(best) ? other : best))
  if (distance(nearest) < separation!) return own + most(between(own, angle(nearest)), separateTurn!)
  const mean = (angles: number[]): number =>
    Math.atan2(
      angles.reduce((sum, a) => sum + Math.sin(a), 0),
      angles.reduce((sum, a) => sum + Math.cos(a), 0),
    )
  own += most(between(mean(mates.map(angle)), own), alignTurn!)
  const towards = mates.map((other) => Math.atan2(way(space, row, other)[1]!, way(space, row, other)[0]!))
  return own + most(between(mean(towards), own), cohereTurn!)
}

describe('turns', () => {
  it('turns every body as NetLogo’s Flocking does (Wilensky 1998), all at once', () => {
    const space = crowd({ rule: 'turns', vision: 3, separation: 1, speed: 1 })
    const bound = boids.bind(space)
    for (let k = 0; k < 5; k++) {
      const wanted = rows.map((row) => netLogoAngle(space, row))
      const before = space.position.slice()
      runPhases(bound.phases, 2)
      for (const row of rows) {
        expect(space.heading[3 * row]).toBeCloseTo(Math.cos(wanted[row]!), 4)
        expect(space.heading[3 * row + 1]).toBeCloseTo(Math.sin(wanted[row]!), 4)
        const x = before[3 * row]! + Math.cos(wanted[row]!)
        expect(Math.abs((space.position[3 * row]! - x + 30) % 20) - 10).toBeCloseTo(0, 3)
      }
      space.tick++
    }
  })

  it.each([
    [0.5, 0.5],
    [4, 1.5],
    [170, 1.5],
    [-4, -1.5],
  ])('turns away from a heading %f degrees to the right by %f degrees', (apart, turned) => {
    const heading = Float32Array.of(1, 0, 0)
    const other = Float64Array.of(Math.cos(-apart * DEGREE), Math.sin(-apart * DEGREE), 0)
    turnAway(heading, 0, other, Math.cos(1.5 * DEGREE), Math.sin(1.5 * DEGREE))
    expect(Math.atan2(heading[1]!, heading[0]!) / DEGREE).toBeCloseTo(turned, 3)
  })
})

describe('factors', () => {
  // In a world of 20 a vision of 5 has a grid, and one of 9 makes everybody look at everybody.
  it.each([5, 9])('takes turns by rows, each seeing where those before it have gone (vision %i)', (vision) => {
    const params = { rule: 'factors', vision, separation: 1, speed: 1, cohere: 0.03, separate: 0.015, align: 0.05 }
    const space = crowd(params)
    const bound = boids.bind(space)
    const reference = crowd(params)
    for (let k = 0; k < 10; k++) {
      runPhases(bound.phases, 2)
      for (const row of rows) oneTurn(reference, row)
      space.tick++
    }
    space.position.forEach((x, i) => expect(Math.abs(((x - reference.position[i]! + 30) % 20) - 10)).toBeLessThan(1e-2))
    space.heading.forEach((x, i) => expect(x).toBeCloseTo(reference.heading[i]!, 2))
  })

  it.each([1, 2])('does to the bit what it does beside an obstacle out of everybody’s way (%i flocks)', (flocks) => {
    const params = { rule: 'factors', vision: 5, separation: 1, speed: 1, cohere: 0.03, separate: 0.015, align: 0.05 }
    const [open, beside] = [crowd({ ...params, flocks }), crowd({ ...params, flocks })]
    beside.obstacles = [{ x: -1_000, y: -1_000, radius: 1e-6 }]
    for (const space of [open, beside]) {
      space.flags.set([FLAG.blind, FLAG.deaf, FLAG.stuck, FLAG.rogue, FLAG.deaf | FLAG.stuck], 7)
      space.status[3] = 2
      space.wind = [0.2, -0.1, 0]
      const bound = boids.bind(space)
      for (let k = 0; k < 20; k++) {
        runPhases(bound.phases, 1)
        space.tick++
      }
    }
    for (const name of ['position', 'heading', 'speed', 'state'] as const) expect(open[name]).toEqual(beside[name])
  })
})

/** agent_step! of Agents.jl's Flocking model. */
function oneTurn(space: PlainSpace, row: number): void {
  const { vision, separation, cohere, separate, align, speed } = space.params as { [name: string]: number }
  let near = 0
  const change = [0, 0]
  for (const other of rows) {
    const d = way(space, row, other)
    const distance = Math.hypot(...d)
    if (other === row || distance >= vision!) continue
    near++
    for (const axis of [0, 1]) {
      change[axis]! += cohere! * d[axis]! + align! * space.heading[3 * other + axis]!
      if (distance < separation!) change[axis]! -= separate! * d[axis]!
    }
  }
  const velocity = [0, 1].map((axis) => space.heading[3 * row + axis]! + change[axis]! / Math.max(1, near))
  const length = Math.hypot(...velocity)
  for (const axis of [0, 1]) {
    space.heading[3 * row + axis] = velocity[axis]! / length
    const moved = space.position[3 * row + axis]! + (speed! * velocity[axis]!) / length
    space.position[3 * row + axis] = ((moved % 20) + 20) % 20
  }
}
