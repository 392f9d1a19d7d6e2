import { describe, expect, it } from 'vitest'
import { parseCommand, parseScenario } from './parse.ts'
import type { Scenario } from './Scenario.ts'

const HALF = 'half the smallest side of the world'
const document = (space: object, more: object = {}): object => ({
  ...{ topology: { kind: 'none' }, space: { kind: 'vicsek', width: 50, height: 40, ...space } },
  ...more,
})
function refused(space: object, more: object = {}): string {
  const parsed = parseScenario(document(space, more))
  return parsed.ok ? 'nothing was refused' : parsed.error
}
const field = (params: object, more: object = {}): object => ({ kind: 'field', params, ...more })
const disc = (radius: number): object => ({ obstacles: [{ x: 10, y: 10, radius }] })

describe('a space that cannot be is refused in one sentence with field, value and bound', () => {
  it.each<readonly [sentence: string, space: object, more?: object]>([
    [`space.params.radius: 0 is outside 0..20, ${HALF}, 0 not included`, { params: { radius: 0 } }],
    [`space.params.radius: 21 is outside 0..20, ${HALF}, 0 not included`, { params: { radius: 21 } }],
    ['space.params.radius: -1 is outside 0..1000', { params: { radius: -1 } }],
    ['space.params.radius: NaN is not a finite number', { params: { radius: NaN } }],
    [`space.obstacles[0].radius: 20.5 is above 20, ${HALF}`, disc(20.5)],
    ['space.obstacles[0].radius: 0 is outside 5e-324..1000000', disc(0)],
    ['space.obstacles[0].radius: -3 is outside 5e-324..1000000', disc(-3)],
    ['space.width: 0 is outside 5e-324..1000000', { width: 0 }],
    ['space.cell: 0.001 gives 2,000,000,000 cells, more than 16,777,216', { cell: 0.001 }],
    ['space.dimensions: 3 is not 2, the only one that vicsek is defined for', { dimensions: 3 }],
    ['space.params.evaporation: -0.5 is outside 0..1', field({ evaporation: -0.5 })],
    ['space.params.diffusion: 0.26 is above 0.25, the stability limit of fivePoint', field({ diffusion: 0.26 })],
    ['swarm.agents: 100000000 is outside 1..1000000', {}, { swarm: { agents: 100_000_000 } }],
    [
      'swarm.agents: 10,001 is above 10,000, as many as couzin looks at in pairs',
      { kind: 'couzin', params: { attractionWidth: 5 } },
      { swarm: { agents: 10_001 } },
    ],
    ['swarm.agents: 2,001 is above 2,000, the cells of the world', { kind: 'physarum' }, { swarm: { agents: 2_001 } }],
  ])('%s', (sentence, space, more) => expect(refused(space as object, more as object)).toBe(sentence))

  it('what strikes it on the way is held to the same bounds', () => {
    const with1 = (fault: object): string => refused({}, { faults: [{ at: 5, ...fault }] })
    expect(with1({ op: 'obstacle', disc: { x: 1, y: 1, radius: 25 } })).toBe(
      `faults[0].disc.radius: 25 is above 20, ${HALF}`,
    )
    const whom = { disc: { x: 1, y: 1, radius: 25 } }
    expect(with1({ op: 'afflict', whom, effect: 'blind' })).toBe(`faults[0].whom.disc.radius: 25 is above 20, ${HALF}`)
    expect(with1({ op: 'wind', x: 1e9, y: 0 })).toBe('faults[0].x: 1000000000 is outside -1000000..1000000')
    expect(with1({ op: 'set', agent: 'all', program: 'space', param: 'radius', value: 21 })).toBe(
      `faults[0].value: 21 is outside 0..20, ${HALF}, 0 not included`,
    )
  })
})

describe('parameters that are set one after another', () => {
  const set = (at: number, param: string, value: unknown): object => ({
    ...{ at, op: 'set', agent: 'all', program: 'space', param, value },
  })
  const past = 'value: 0.3 is above 0.25, the stability limit of fivePoint'
  const space = field({ scheme: 'ninePoint', diffusion: 0.2, alarmDiffusion: 0.2 })

  it('have to go with each other, each with those before it, in the order of time', () => {
    expect(refused(space, { faults: [set(20, 'diffusion', 0.3), set(10, 'scheme', 'fivePoint')] })).toBe(
      `faults[0].${past}`,
    )
    expect(refused(space, { faults: [set(10, 'diffusion', 0.3), set(20, 'scheme', 'fivePoint')] })).toMatch(
      /^faults\[1\]\.value: 0\.3 is above 0\.25/,
    )
    expect(refused(space, { faults: [set(10, 'scheme', 'netLogo'), set(20, 'diffusion', 9)] })).toBe(
      'nothing was refused',
    )
  })

  it('also by hand', () => {
    const parsed = parseScenario(document(space, { faults: [set(10, 'scheme', 'fivePoint')] }))
    const scenario: Scenario | null = parsed.ok ? parsed.value : null
    expect(parseCommand(set(5, 'diffusion', 0.3), scenario!)).toMatchObject({ ok: true })
    expect(parseCommand(set(10, 'diffusion', 0.3), scenario!)).toEqual({ ok: false, error: past })
  })
})

describe('what bodies drop', () => {
  it('fits a cell even if all that were ever to join stood on it', () => {
    const space = { kind: 'ants', params: { drop: 500 } }
    const joins = (count: number) => ({
      swarm: { agents: 10 },
      faults: Array.from({ length: count }, () => ({ at: 1, op: 'join' })),
    })
    expect(refused(space, joins(10))).toBe('nothing was refused')
    expect(refused(space, joins(500))).toBe(
      'space.params.drop: 500 is above 341, what so many bodies may drop in a step',
    )
  })
})
