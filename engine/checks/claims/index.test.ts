import { describe, expect, it } from 'vitest'
import { PRESETS } from '../../scenario/presets/index.ts'
import { setFields } from '../../scenario/set.ts'
import type { Setup } from './Claim.ts'
import { CLAIMS, claimNamed } from './index.ts'

const told = PRESETS.flatMap(({ scenario, info }) => info.claims.map(({ name }) => `${scenario.name}/${name}`))

it('every claim of a scenario is measured, and every measured claim is told by its scenario', () => {
  expect(CLAIMS.map(({ scenario, name }) => `${scenario}/${name}`).toSorted()).toEqual(told.toSorted())
})

it('claims have names of their own, which are no scenario’s either', () => {
  const names = [...CLAIMS.map(({ name }) => name), ...PRESETS.map(({ scenario }) => scenario.name)]
  expect(new Set(names).size).toBe(names.length)
  expect(CLAIMS.map(({ name }) => claimNamed(name))).toEqual(CLAIMS)
  expect(claimNamed('no-such-claim')).toBeUndefined()
})

describe.each(CLAIMS.map((claim) => [claim.name, claim] as const))('%s', (_, claim) => {
  const preset = PRESETS.find(({ scenario }) => scenario.name === claim.scenario)!
  const parses = ({ set }: Setup): void => expect(setFields(preset.scenario, set)).toMatchObject({ ok: true })

  it('has a source, and setups that are scenarios', () => {
    expect(claim.source.length).toBeGreaterThan(10)
    expect(claim.setups.length).toBeGreaterThan(0)
    claim.setups.forEach(parses)
  })

  it('has a control: something else, run for real, and said in words', () => {
    const { control } = claim
    expect(control.what.length).toBeGreaterThan(10)
    expect(control.seeds).toBeGreaterThan(0)
    control.setups.forEach(parses)
    const own = claim.setups.map((setup) => JSON.stringify(setup))
    for (const setup of control.setups) expect(own).not.toContain(JSON.stringify(setup))
  })

  it('runs every setup in its quick form, and no fewer seeds in its full one', () => {
    expect(claim.seeds.quick).toBeGreaterThanOrEqual(claim.setups.length)
    expect(claim.seeds.full).toBeGreaterThanOrEqual(claim.seeds.quick)
    expect(claim.control.seeds).toBeGreaterThanOrEqual(claim.control.setups.length)
  })

  it('expects something that not every figure meets: nothing, and no figure at all, do not hold', () => {
    const { holds, tolerance } = claim.expectation(claim.seeds.full)
    expect(tolerance.length).toBeGreaterThan(5)
    expect(holds(NaN)).toBe(false)
    expect([-1e12, 0, 1e12].some((measured) => !holds(measured))).toBe(true)
    expect(claim.measure({ ...EMPTY, scenario: preset.scenario }).every(Number.isFinite)).toBe(true)
  })
})

const EMPTY = { marks: [], untilUs: 0, messages: 0, transmissions: 0, violated: [], floorUs: () => 100 }
