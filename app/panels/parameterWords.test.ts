import { expect, it } from 'vitest'
import { PROGRAM_DEFAULTS } from '../../engine/scenario/defaults.ts'
import { DISCIPLINE_NAMES, STRATEGY_NAMES } from '../../engine/scenario/names.ts'
import type { Plain } from '../../engine/kernel/plain.ts'
import { parameterWords } from './parameterWords.ts'

const words = (program: string, name: string, value: Plain): string => parameterWords(program, name, value, undefined)

it('say what a parameter becomes as a person would', () => {
  expect(words('distributor', 'strategy', 'work-stealing')).toBe('tasks are shared out by work stealing')
  expect(words('distributor', 'strategy', 'random')).toBe('tasks are shared out at random')
  expect(words('worker', 'discipline', 'deadline')).toBe('the queues of workers go by deadline')
  expect(words('distributor', 'choices', 2)).toBe('“Workers compared for each task” becomes 2')
  expect(words('worker', 'preempt', true)).toBe('“A better priority interrupts” is switched on')
  expect(words('distributor', 'reportEveryUs', 20_000)).toBe('reports every 20 ms')
  expect(words('stealing', 'take', 'newest')).toBe('a victim gives its newest')
  expect(words('swim', 'reconnectEvery', 8)).toBe('asks a lost one again every 8 probes')
  expect(words('aimd', 'beta', 0.5)).toBe('“A signal multiplies by (β)” becomes 0.5')
  expect(words('distributor', 'waitingMax', 10_000)).toBe('“Tasks waiting, at most” becomes 10,000')
  expect(words('worker', 'speeds', [1, 2])).toBe('“Speeds, by worker in turn” becomes 1, 2')
})

it('say what none of something means', () => {
  expect(words('distributor', 'creditsPerWorker', 0)).toBe('“Tasks at one worker” becomes no limit')
  expect(words('tree-sync', 'orderEveryUs', 0)).toBe('“An order every” becomes never')
  expect(words('distributor', 'creditsPerWorker', 4)).toBe('“Tasks at one worker” becomes 4')
})

it('call bodies’ parameters by their own words', () => {
  expect(parameterWords('space', 'noiseRad', 2, 'vicsek')).toBe('“Noise: errs within an arc of” becomes 2 rad')
})

it('have plain words for every parameter of every program: no quotes, no names as they are written', () => {
  for (const [program, { params }] of Object.entries(PROGRAM_DEFAULTS))
    for (const [name, value] of Object.entries(params)) {
      const said = words(program, name, value as Plain)
      expect(said, `${program}.${name}`).not.toMatch(/["[\]{}]|[a-z][A-Z]|undefined/)
    }
  for (const strategy of STRATEGY_NAMES) expect(words('distributor', 'strategy', strategy)).not.toContain('-')
  for (const order of DISCIPLINE_NAMES) expect(words('worker', 'discipline', order)).not.toContain('-')
})
