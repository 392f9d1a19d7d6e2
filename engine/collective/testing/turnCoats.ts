import { knowSpaces } from '../../spaceRegistry.ts'
import { SpaceRun, spaceBytes } from '../../space/SpaceRun.ts'
import { parseScenario } from '../../scenario/parse.ts'
import type { DetectorSpec, Scenario, SpaceSpec } from '../../scenario/Scenario.ts'
import { rowsOf, type SpaceModel } from '../../space/SpaceModel.ts'
import { emergentBehavior } from '../EmergentBehavior.ts'

export interface TurnCoats {
  /** Steps in which all look the same way; they look all round otherwise. Half-open. */
  readonly aligned: readonly [from: number, to: number]
  /** At this step the position of this row is what it must not be. */
  readonly fails?: { readonly tick: number; readonly row: number; readonly value: number }
}

/**
 * Makes known, in place of boids, bodies that stand in four heaps and look the same way for a while: what is detected
 * when is then known beforehand. The figure `beat` goes up and down with a period of ten measurements; there is a
 * column of phases.
 */
export function knowTurnCoats({ aligned: [from, to], fails }: TurnCoats): void {
  const model: SpaceModel = {
    kind: 'boids',
    groups: () => ['even', 'odd'],
    states: ['there'],
    layers: [],
    arrays: (_spec, capacity) => ({ phase: { type: 'f64', length: capacity, keep: true } }),
    bind(space) {
      const phase = space.array('phase')
      const turn = (row: number): void => {
        const aligned = space.tick >= from && space.tick < to
        const side = Math.floor((4 * row) / space.count)
        const [x, y] = aligned ? [0, 1] : SIDES[side]!
        space.heading.set([x, y, 0], 3 * row)
        phase[row] = aligned ? 1 : side * (Math.PI / 2)
        const isWrong = fails !== undefined && fails.tick === space.tick && fails.row === row
        space.position[3 * row] = isWrong ? fails.value : 50 + SIDES[side]![1] + row / 1_000
      }
      return {
        begin() {
          for (let row = 0; row < space.count; row++) {
            space.position.set([50, 50, 0], 3 * row)
            space.group[row] = row % 2
            space.speed[row] = 1
            turn(row)
          }
        },
        spawn: turn,
        phases: [
          (part) => {
            const [first, last] = rowsOf(part, space.count)
            for (let row = first; row < last; row++) turn(row)
          },
        ],
        measure: (into) => void (into['beat'] = Math.abs(((space.tick / 10) % 10) - 5)),
      }
    },
  }
  knowSpaces({
    models: new Map([['boids', model]]),
    watcher: emergentBehavior,
    Run: SpaceRun,
    bytes: (scenario, capacity) => spaceBytes(scenario.space!, capacity, model, emergentBehavior),
  })
}
const SIDES = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

/** 40 bodies, a step every 10 ms, a measurement every ten steps. Detectors may name `beat`, which no boid has. */
export function turnCoats({ detectors = [], ...space }: TestSpace, rest: object = {}): Scenario {
  const whole = { kind: 'boids', stepUs: 10_000, measureEvery: 10, ...space }
  const found = parseScenario({
    swarm: { agents: 40 },
    topology: { kind: 'none' },
    programs: [],
    space: whole,
    ...rest,
  })
  if (!found.ok) throw new Error(found.error)
  const watched = detectors.map((detector): DetectorSpec => ({ forUs: 0, ...detector }))
  return { ...found.value, space: { ...found.value.space!, detectors: watched } }
}
type TestDetector = Omit<DetectorSpec, 'forUs'> & Partial<DetectorSpec>
type TestSpace = Partial<Omit<SpaceSpec, 'detectors'>> & { readonly detectors?: readonly TestDetector[] }
