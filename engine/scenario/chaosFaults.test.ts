import { expect, it } from 'vitest'
import { compileChaos } from './chaos.ts'
import { PRESETS } from './presets/index.ts'
import { setFields } from './set.ts'

const lan = PRESETS.find(({ scenario }) => scenario.name === 'raft-lan')!.scenario

it('sets a clock by 0 where it is not to jump, and not by −0, which a file could not hold', () => {
  const still = Array.from({ length: 60 }, (_, seed) => seed).flatMap((seed) => {
    const set = ['chaos.weights.clock=1', 'chaos.perSecond=100', 'chaos.fromUs=0', 'chaos.toUs=9000000']
    const made = setFields(lan, [...set, 'chaos.budget=unlimited', 'untilUs=9000000', 'faults=[]', `seed=${seed}`])
    if (!made.ok) throw new Error(made.error)
    return compileChaos(made.value).flatMap((command) => (command.op === 'clock' ? [command.offsetUs] : []))
  })
  expect(still.length).toBeGreaterThan(10_000)
  expect(still.filter((us) => us === 0).length).toBeGreaterThan(2)
  expect(still.filter((us) => Object.is(us, -0))).toEqual([])
})
