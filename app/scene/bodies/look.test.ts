import { describe, expect, it } from 'vitest'
import type { Command, Scenario } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { colourOf, coloursOf, FIRST_LOOK, layerOf, showsBodies } from './look.ts'
import { Weather } from './Weather.ts'
import { headingDegrees } from './words.ts'

const info = (groups: number, states: number, programs = 0): StageInfo =>
  ({
    space: { groups: Array(groups).fill('g'), states: Array(states).fill('s'), layers: [{ name: 'a', unit: '' }] },
    programKinds: Array(programs).fill('raft'),
  }) as unknown as StageInfo

describe('what colours mean', () => {
  it('can be what tells bodies apart, and only that', () => {
    expect(coloursOf(info(1, 1))).toEqual(['heading', 'speed', 'none'])
    expect(coloursOf(info(3, 2, 1))).toEqual(['state', 'group', 'heading', 'speed', 'role', 'none'])
  })

  it('is at first what tells most about the model, and else what was asked for where it can be', () => {
    expect(colourOf(info(1, 2), 'vicsek', null)).toBe('heading')
    expect(colourOf(info(3, 2), 'boids', null)).toBe('group')
    expect(colourOf(info(1, 2), 'boids', null)).toBe('heading')
    expect(colourOf(info(3, 2), 'vicsek', 'state')).toBe('state')
    expect(colourOf(info(1, 1), 'vicsek', 'state')).toBe('heading')
  })

  it('never asks for a layer that is not there', () => {
    expect([0, 1, 7, -1].map((layer) => layerOf(info(1, 1), layer))).toEqual([0, 0, 0, -1])
  })
})

it('hides bodies that would cover a whole field, until a person asks for them', () => {
  const many = { ...info(1, 1), agents: 1_000_000 }
  expect(showsBodies(many, FIRST_LOOK)).toBe(false)
  expect(showsBodies(many, { ...FIRST_LOOK, layer: -1 })).toBe(true)
  expect(showsBodies(many, { ...FIRST_LOOK, bodies: true })).toBe(true)
  expect(showsBodies({ ...many, agents: 5_000 }, FIRST_LOOK)).toBe(true)
})

it('says headings in degrees anticlockwise from the x axis', () => {
  expect([headingDegrees(1, 0), headingDegrees(0, 1), headingDegrees(-1, 0), headingDegrees(0, -1)]).toEqual([
    0, 90, 180, 270,
  ])
})

describe('Weather', () => {
  const rock = { x: 1, y: 1, radius: 1 }
  const scenario = { space: { obstacles: [rock] } } as unknown as Scenario
  const log = [
    { at: 1_000, op: 'obstacle', disc: { x: 5, y: 5, radius: 2 }, forUs: 500 },
    { at: 1_200, op: 'wind', x: 2, y: 0 },
  ] as unknown as readonly Command[]

  it('has what stands and blows at the time on screen, forwards and backwards', () => {
    const weather = new Weather(scenario)
    weather.setLog(log)
    const seen = (timeUs: number): readonly [number, number] => {
      weather.update(timeUs)
      return [weather.obstacles.length, weather.wind[0]]
    }
    expect([0, 999, 1_000, 1_200, 1_500, 1_100, 0].map(seen)).toEqual([
      [1, 0],
      [1, 0],
      [2, 0],
      [2, 2],
      [1, 2],
      [2, 0],
      [1, 0],
    ])
  })

  it('works them out again only where something begins or ends', () => {
    const weather = new Weather(scenario)
    weather.setLog(log)
    expect([10, 20, 990, 1_000, 1_010].map((timeUs) => weather.update(timeUs))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ])
    weather.setLog([...log])
    expect(weather.update(1_010)).toBe(true)
  })
})
