import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paramDefaults, SPACE_DEFAULTS } from '../../scenario/spaceParams.ts'
import type { Disc, SpaceSpec } from '../../scenario/Scenario.ts'
import { bridge } from './bridge.ts'
import { chanceOf, ROGUE_MARKS } from './bridgeAnts.ts'
import { bridgeShape } from './bridgeShape.ts'
import { FLAG, type BoundModel, type Figures } from '../SpaceModel.ts'
import { PlainSpace, runPhases } from '../testing/plainSpace.ts'

const [WIDTH, HEIGHT] = [100, 60]
const SECOND = 1_000_000

interface Bench {
  readonly space: PlainSpace
  readonly bound: BoundModel
  step(parts?: number): void
  figures(): Figures
  array(name: string): number[]
}

function bench(agents: number, params: { readonly [name: string]: number | string }, stepUs = SECOND): Bench {
  const spec: SpaceSpec = {
    ...SPACE_DEFAULTS,
    kind: 'bridge',
    width: WIDTH,
    height: HEIGHT,
    edges: 'walls',
    stepUs,
    params: { ...paramDefaults('bridge'), ...params },
  }
  const space = new PlainSpace(spec, agents, bridge.arrays(spec, agents, 100, 60))
  const bound = bridge.bind(space)
  space.tick = 0
  bound.begin()
  return {
    space,
    bound,
    step(parts = 1) {
      space.tick++
      runPhases(bound.phases, parts)
    },
    figures() {
      const into: Figures = {}
      bound.measure!(into)
      return into
    },
    array: (name) => [...space.array(name)],
  }
}

const isInside = ({ position }: PlainSpace, row: number, disc: Disc): boolean =>
  Math.hypot(position[3 * row]! - disc.x, position[3 * row + 1]! - disc.y) < disc.radius

const leftArmAt = (share: number, radius: number): Disc => {
  const [arm] = bridgeShape(WIDTH, HEIGHT, 1).arms
  return { x: arm.x[Math.round(96 * share)]!, y: arm.y[Math.round(96 * share)]!, radius }
}

describe('the choice at a fork', () => {
  it('is (k + L)ⁿ / ((k + L)ⁿ + (k + R)ⁿ) (Deneubourg 1990)', () => {
    expect(chanceOf(0, 0, 20, 2)).toBe(0.5)
    expect(chanceOf(20, 0, 20, 2)).toBe(0.8)
    expect(chanceOf(40, 10, 20, 1)).toBeCloseTo(2 / 3, 15)
    expect(chanceOf(1_000, 0, 20, 0)).toBe(0.5)
  })
})

describe('ants on a double bridge', () => {
  it.each([1, 2])('take 20 s for the short arm and %i times as long for the other', (ratio) => {
    const { space, step } = bench(200, { ratio, antsPerSecond: 4, marking: 'ends' }, SECOND / 4)
    const since = new Map<number, number>()
    const took: number[][] = [[], []]
    for (let tick = 1; tick <= 1_200; tick++) {
      step()
      for (let row = 0; row < 200; row++) {
        const onArm = space.array('leg')[row] === 2
        if (onArm && !since.has(row)) since.set(row, tick)
        if (onArm || !since.has(row)) continue
        took[space.group[row]! - 1]!.push((tick - since.get(row)!) / 4)
        since.delete(row)
      }
    }
    for (const [arm, wanted] of [20, 20 * ratio].entries()) {
      expect(took[arm]!.length).toBeGreaterThan(10)
      for (const seconds of took[arm]!) expect(Math.abs(seconds - wanted)).toBeLessThanOrEqual(0.25)
    }
  })

  it('lay one mark at both forks a choice, or one where they enter and one where they leave', () => {
    const early = bench(50, { antsPerSecond: 1 })
    const late = bench(50, { antsPerSecond: 1, marking: 'ends' })
    for (let tick = 0; tick < 60; tick++) {
      early.step()
      late.step()
    }
    const { crossings, crossedLeft } = early.figures()
    expect(early.array('marks')).toEqual([
      crossedLeft,
      crossings! - crossedLeft!,
      crossedLeft,
      crossings! - crossedLeft!,
    ])
    const sum = late.array('marks').reduce((a, b) => a + b)
    const { crossings: some, antsLeft, antsRight } = late.figures()
    expect(sum).toBe(2 * some! - antsLeft! - antsRight!)
  })

  it('leave the nest at the rate that is asked, and save up none while it is empty', () => {
    const { figures, step } = bench(30, { antsPerSecond: 0.5, crossingSeconds: 1_000 })
    for (let tick = 0; tick < 40; tick++) step()
    const { antsLeft, antsRight } = figures()
    // Those of the first 20 that have walked their stem, which takes a sixth of an arm or less, are not on it yet.
    expect(antsLeft! + antsRight!).toBeLessThanOrEqual(20)
    const crowd = bench(10, { antsPerSecond: 100 }, 100 * SECOND)
    for (let tick = 1; tick <= 10; tick++) {
      crowd.step()
      expect(crowd.figures().crossings).toBe(10 * tick)
    }
  })

  it('lose marks by e^(−ρ · step), before anybody acts', () => {
    const { array, space, step } = bench(1, { antsPerSecond: 0, evaporationPerSecond: 0.1 }, SECOND)
    space.array('marks').set([100, 0, 50, 1])
    step()
    for (const [i, was] of [100, 0, 50, 1].entries()) expect(array('marks')[i]).toBeCloseTo(was * Math.exp(-0.1), 12)
  })

  it('show their marks as a field along the arms: in between, by distance from both ends', () => {
    const { space, step } = bench(1, { antsPerSecond: 0 })
    space.array('marks').set([8, 3, 2, 3])
    step()
    const field = space.array('field')
    const [left, right] = bridgeShape(WIDTH, HEIGHT, 1).arms
    expect(field[Math.floor(left.y[48]!) * 100 + 50]).toBeCloseTo(5, 0)
    expect(field[Math.floor(right.y[48]!) * 100 + 50]).toBe(3)
  })

  it('give the same bits on any number of parts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 15 }), (parts, flag) => {
        const obstacle = leftArmAt(0.5, 4)
        const [one, many] = [bench(40, { antsPerSecond: 2 }), bench(40, { antsPerSecond: 2 })]
        for (let tick = 0; tick < 80; tick++) {
          for (const { space } of [one, many]) {
            space.obstacles = tick < 40 ? [] : [obstacle]
            space.flags[3] = flag
          }
          one.step(1)
          many.step(parts)
        }
        for (const name of ['position', 'heading', 'along', 'marks', 'tally', 'field', 'state'])
          expect(many.array(name)).toEqual(one.array(name))
      }),
      { numRuns: 6 },
    )
  })
})

describe('faults on a bridge', () => {
  it('an obstacle closes an arm: those on it turn round, all others take the open one, and nobody is ever inside', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        fc.double({ min: 1, max: 6, noNaN: true }),
        (share, radius) => {
          const { space, step, figures } = bench(60, { antsPerSecond: 2 })
          for (let tick = 0; tick < 60; tick++) step()
          const disc = leftArmAt(share, radius)
          space.obstacles = [disc]
          const before = figures()
          for (let tick = 0; tick < 60; tick++) {
            step()
            for (let row = 0; row < 60; row++) expect(isInside(space, row, disc)).toBe(false)
          }
          const after = figures()
          expect(after.crossedLeft).toBe(before.crossedLeft)
          expect(after.crossings).toBeGreaterThan(before.crossings!)
          expect(after.antsLeft).toBe(0)
        },
      ),
      { numRuns: 12 },
    )
  })

  it('with both arms closed everybody waits at the forks, and goes on when one opens', () => {
    const { space, step, figures } = bench(40, { antsPerSecond: 2 })
    const other = { ...leftArmAt(0.5, 4), y: HEIGHT - leftArmAt(0.5, 4).y }
    space.obstacles = [leftArmAt(0.5, 4), other]
    for (let tick = 0; tick < 60; tick++) step()
    expect(figures().crossings).toBe(0)
    expect(space.state.every((state) => state === 3)).toBe(true)
    expect(space.speed.every((speed) => speed === 0)).toBe(true)
    space.obstacles = [other]
    step()
    expect(figures()).toMatchObject({ crossings: 40, crossedLeft: 40 })
  })

  it('stuck and dead ants stay where they are, and are the only ones', () => {
    const { space, step } = bench(20, { antsPerSecond: 20 })
    for (let tick = 0; tick < 10; tick++) step()
    const was = [...space.position]
    space.flags[3] = FLAG.stuck
    space.status[4] = 2
    for (let tick = 0; tick < 5; tick++) step()
    const moved = Array.from({ length: 20 }, (_, row) => space.position[3 * row] !== was[3 * row])
    expect(moved.map((yes, row) => (yes ? -1 : row)).filter((row) => row >= 0)).toEqual([3, 4])
  })

  it.each(['blind', 'deaf'] as const)('%s ants take either arm, whatever lies there', (what) => {
    const { space, step, figures } = bench(400, { antsPerSecond: 400, deposit: 0 }, 100 * SECOND)
    space.array('marks').set([1_000, 0, 1_000, 0])
    space.flags.fill(FLAG[what])
    for (let tick = 0; tick < 5; tick++) step()
    const { crossings, crossedLeft } = figures()
    expect(crossings).toBe(2_000)
    // Four standard deviations of a fair coin.
    expect(Math.abs(crossedLeft! - 1_000)).toBeLessThan(90)
  })

  it('rogue ants take the arm with fewer marks, and lay five there', () => {
    const { space, step, array } = bench(1, { antsPerSecond: 1 }, 100 * SECOND)
    space.array('marks').set([50, 10, 50, 10])
    space.flags.fill(FLAG.rogue)
    step()
    expect(array('group')).toEqual([2])
    expect(array('marks')).toEqual([50, 10 + ROGUE_MARKS, 50, 10 + ROGUE_MARKS])
  })

  it('a wind along the arms hastens ants one way and holds them the other', () => {
    const calm = bench(1, { antsPerSecond: 1 })
    const windy = bench(1, { antsPerSecond: 1 })
    const against = bench(1, { antsPerSecond: 1 })
    windy.space.wind = [1, 0, 0]
    against.space.wind = [-100, 0, 0]
    for (const { step } of [calm, windy, against]) {
      step()
      step()
    }
    expect(windy.space.position[0]).toBeGreaterThan(calm.space.position[0]!)
    expect(against.space.position[0]).toBeLessThan(calm.space.position[0]!)
  })

  it('a longer arm, set while they walk, keeps everybody inside the world', () => {
    const { space, step } = bench(60, { antsPerSecond: 3 })
    for (let tick = 0; tick < 200; tick++) {
      space.params.ratio = tick % 20 < 10 ? 1 : 1.9
      step()
      for (let row = 0; row < 60; row++) {
        expect(space.position[3 * row]! >= 0 && space.position[3 * row]! <= WIDTH).toBe(true)
        expect(space.position[3 * row + 1]! >= 0 && space.position[3 * row + 1]! <= HEIGHT).toBe(true)
      }
    }
  })
})
