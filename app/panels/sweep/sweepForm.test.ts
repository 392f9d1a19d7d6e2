import { describe, expect, it } from 'vitest'
import { PRESETS, presetNamed } from '../../../engine/scenario/presets/index.ts'
import { setFields } from '../../../engine/scenario/set.ts'
import { axisForm, axisOf, choicesOf, commandText, firstForm, leaves, specOf, valuesText } from './sweepForm.ts'
import { planSweep } from '../../../workers/sweep/sweepClient.ts'
import { measureName, measureText, valueAt } from './sweepForm.ts'

const { scenario } = presetNamed('raft-lan')!
const choices = choicesOf(scenario, [5, 10, 20])
const made = <T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string },
): T => {
  if (!result.ok) throw new Error(result.error)
  return result.value
}

describe('the sweep form', () => {
  it('opens with something worth running: message loss over five seeds', () => {
    const spec = made(specOf(firstForm(scenario, choices), scenario, scenario.faults))
    expect(spec.axes).toEqual([{ path: 'network.loss', values: [0, 0.05, 0.1, 0.15, 0.2] }])
    expect([spec.repeat, spec.untilUs, spec.stop]).toEqual([5, 6_000_000, null])
    expect(spec.scenario).toBe(scenario)
  })

  it('every parameter that can be chosen by name is one field, and what it begins with parses', () => {
    expect(choices.length).toBeGreaterThan(5)
    expect(choices[0]).toMatchObject({ path: 'swarm.agents', values: '5, 10, 20' })
    expect(new Set(choices.map(({ path }) => path)).size).toBe(choices.length)
    for (const { path, values } of choices) {
      expect(valueAt(scenario, path), path).toBeDefined()
      const axis = made(axisOf(axisForm(path, values)))
      expect(axis.values.length, path).toBeGreaterThan(1)
    }
    for (const path of ['topology.kind', 'swarm.agents', 'network.loss']) {
      const axis = made(axisOf(axisForm(path, choices.find((c) => c.path === path)!.values)))
      for (const value of axis.values)
        expect(setFields(scenario, [`${path}=${value}`]).ok, `${path}=${value}`).toBe(true)
    }
  })

  it('every field of the scenario has a path that --set takes', () => {
    const all = leaves(scenario)
    expect(all.length).toBeGreaterThan(30)
    expect(all.map(([path]) => path)).toContain('programs.raft.params.electionMinUs')
    const refused = all.filter(([path, value]) => !setFields(scenario, [`${path}=${JSON.stringify(value)}`]).ok)
    expect(refused.map(([path]) => path)).toEqual([])
  })

  it('a range and a list are the texts of the headless command', () => {
    expect(valuesText(axisForm('p', '0:0.2:0.05'))).toBe('0:0.2:0.05')
    expect(valuesText(axisForm('p', 'mesh, ring'))).toBe('mesh, ring')
    expect(axisOf(axisForm('', '1'))).toEqual({ ok: false, error: expect.stringMatching(/by its path/) })
    expect(axisOf(axisForm('p', '0:1:0'))).toEqual({ ok: false, error: 'p: the step of "0:1:0" is not above 0' })
  })

  it('numbers that are none are one sentence', () => {
    const form = firstForm(scenario, choices)
    const wrong = (change: object) => {
      const spec = specOf({ ...form, ...change }, scenario, scenario.faults)
      return spec.ok ? null : spec.error
    }
    expect(wrong({ repeat: '0' })).toBe('Seeds: 0 is not a whole number from 1 on.')
    expect(wrong({ repeat: '' })).toBe('Seeds: nothing is not a whole number from 1 on.')
    expect(wrong({ repeat: '1.5' })).toBe('Seeds: 1.5 is not a whole number from 1 on.')
    expect(wrong({ seconds: '' })).toBe('Length: nothing is not a number of virtual seconds above 0.')
    expect(wrong({ seconds: '-1' })).toMatch(/^Length: -1 is not/)
    expect(wrong({ seconds: 'x' })).toMatch(/^Length: x is not/)
  })

  it('what was done to the run on screen is part of the sweep; an untouched one keeps its schedule and its chaos', () => {
    const log = [...scenario.faults, { at: 10, op: 'crash', agent: 0 } as const]
    const form = firstForm(scenario, choices)
    expect(made(specOf(form, scenario, log)).scenario).toEqual({ ...scenario, faults: log, chaos: null })
    expect(made(specOf(form, scenario, [...scenario.faults])).scenario).toBe(scenario)
  })

  it('says the same sweep for the command line', () => {
    const spec = made(specOf(firstForm(scenario, choices), { ...scenario, seed: 7 }, scenario.faults))
    expect(commandText(spec, scenario)).toBe(
      'npm run -s lab -- sweep raft-lan --over network.loss=0,0.05,0.1,0.15,0.2 --repeat 5 --seed 7 --until 6s --out rows.csv',
    )
    const own = {
      ...spec,
      scenario: { ...scenario, pace: 0.5 },
      axes: [{ path: 'network.latency', values: [{ a: 1 }] }],
    }
    const text = commandText({ ...own, repeat: 1, untilUs: 1_500_000, stop: 'elected' }, scenario)
    expect(text.replace('npm run -s lab -- ', '')).toBe(
      `sweep raft-lan.json --over 'network.latency={"a":1}' --until 1500ms --stop elected --out rows.csv`,
    )
  })
})

it('measures are words and values with units', () => {
  expect(measureName('latency_p50_us')).toBe('message latency, median')
  expect(measureName('operations_ok')).toBe('operations answered')
  expect(measureName('pending')).toBe('pending')
  expect(measureText('latency_p50_us', 1500)).toBe('1.5 ms')
  expect(measureText('messages', 12_345.6)).toBe('12,346')
  expect(measureText('elections', 2.3456)).toBe('2.35')
  expect(measureText('elections', 0.0012)).toBe('0.0012')
  expect(measureText('elections', NaN)).toBe('–')
})

describe('the sweep form of what moves', () => {
  const moving = PRESETS.filter(({ scenario: { space } }) => space !== null)
  it.each(moving.map((preset) => [preset.scenario.name, preset.scenario] as const))(
    'opens for %s with a parameter of its model, and every choice it offers can be run',
    (_, own) => {
      const offered = choicesOf(own, [10, 20])
      const form = firstForm(own, offered)
      expect(form.axes[0]!.path).toMatch(/^space\.params\./)
      expect(Number(form.seconds) * 1e6).toBeLessThanOrEqual(Math.min(1_000 * own.space!.stepUs, own.untilUs))
      for (const { path, values } of offered) {
        const spec = specOf({ ...form, axes: [axisForm(path, values)] }, own, own.faults)
        const refused = spec.ok ? planSweep(spec.value) : spec
        if (path.startsWith('space.params.'))
          expect([path, values, refused]).toEqual([path, values, { ok: true, value: expect.anything() }])
      }
    },
  )
})
