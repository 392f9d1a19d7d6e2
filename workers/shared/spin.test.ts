import { expect, it } from 'vitest'
import { calibrateLooks, looksFor, SPIN_US, Spinner, spinWhile, WAIT_AT_ONCE } from './spin.ts'

it('sees a change at once and gives up after its looks', () => {
  const words = Int32Array.of(1)
  const shared = new Int32Array(new SharedArrayBuffer(4))
  expect(spinWhile(shared, 0, 1, 1)).toBe(true)
  expect(spinWhile(shared, 0, words[0]! - 1, 1_000)).toBe(false)
  expect(spinWhile(shared, 0, 1, 0)).toBe(false)
})

it('spins for about the time asked for: at least half of it, at most a few times (the machine is shared)', () => {
  const looks = calibrateLooks(() => performance.now())
  const words = new Int32Array(new SharedArrayBuffer(4))
  const times = Array.from({ length: 99 }, () => {
    const start = performance.now()
    spinWhile(words, 0, 0, looks)
    return (performance.now() - start) * 1_000
  }).sort((a, b) => a - b)
  expect(times[49]).toBeGreaterThan(SPIN_US / 2)
  expect(times[49]).toBeLessThan(SPIN_US * 5)
})

it('ends with a clock that does not move', () => {
  expect(calibrateLooks(() => 0)).toBeGreaterThan(0)
})

it('waits at once where workers outnumber idle cores', () => {
  expect(looksFor(() => performance.now(), 3, 2)).toBe(WAIT_AT_ONCE)
  expect(looksFor(() => performance.now(), 2, 2)).toBeGreaterThan(0)
})

it('stops spinning where it never succeeds, and starts again once it does', () => {
  const words = new Int32Array(new SharedArrayBuffer(4))
  const spinner = new Spinner(10)
  for (let i = 0; i < 32; i++) expect(spinner.spinWhile(words, 0, 0)).toBe(false)
  expect(spinner.pays).toBe(false)
  expect(spinner.spinWhile(words, 0, 1)).toBe(true) // no spin, but a look: what is there is taken
  expect(spinner.pays).toBe(false)
  for (let i = 0; i < 32; i++) spinner.spinWhile(words, 0, 1)
  expect(spinner.pays).toBe(true)
})

it('goes on spinning where every third spin succeeds', () => {
  const words = new Int32Array(new SharedArrayBuffer(4))
  const spinner = new Spinner(10)
  for (let i = 0; i < 999; i++) spinner.spinWhile(words, 0, i % 3 === 0 ? 1 : 0)
  expect(spinner.pays).toBe(true)
})
