import { describe, expect, it } from 'vitest'
import { philox } from '../../kernel/philox.ts'
import {
  choicesTime,
  cobhamWaits,
  conservedWait,
  erlangC,
  lossShare,
  seenByArrivals,
  serverQueue,
  wideRate,
} from './queueLaws.ts'

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length

function units(seed: number): () => number {
  const words = new Uint32Array(4)
  let n = 0
  return () => {
    if (n % 4 === 0) philox(words, seed, 0, n, 0, 0, 0)
    return (words[n++ % 4]! + 0.5) / 4_294_967_296
  }
}

/** What `count` arrivals see, by the plainest simulation of the jumps. */
function simulated(
  queue: ReturnType<typeof serverQueue>,
  f: (n: number) => number,
  count: number,
  seed: number,
): number {
  const draw = units(seed)
  const { births, deaths, arrivals } = queue
  let tasks = 0
  let seen = 0
  for (let k = 0; k < count;) {
    if (draw() * (arrivals + deaths[tasks]!) >= arrivals) tasks--
    else {
      seen += f(tasks)
      if (births[tasks]! > 0) tasks++
      k++
    }
  }
  return seen / count
}

describe('laws of queues', () => {
  it('Erlang C: 0.4092 at ten servers and ρ = 0.8; ρ itself at one server', () => {
    expect(erlangC(10, 8).toFixed(4)).toBe('0.4092')
    expect(erlangC(1, 0.3)).toBeCloseTo(0.3, 12)
  })

  it('Erlang C is the share of time at c tasks and more', () => {
    const queue = serverQueue(5, 3.5, 400)
    expect(seenByArrivals(queue, (n) => Number(n >= 5)).mean).toBeCloseTo(erlangC(5, 3.5), 10)
  })

  it('M/M/1/K: 0.0508 are lost at ρ = 0.9, K = 10', () => {
    expect(lossShare(0.9, 10).toFixed(4)).toBe('0.0508')
    expect(seenByArrivals(serverQueue(1, 0.9, 10), (n) => Number(n === 10)).mean).toBeCloseTo(lossShare(0.9, 10), 12)
  })

  it('two choices: 1.2657 at λ = 0.5, 2.6141 at 0.9; one choice: 1 / (1 − λ)', () => {
    expect(choicesTime(2, 0.5).toFixed(4)).toBe('1.2657')
    expect(choicesTime(2, 0.9).toFixed(4)).toBe('2.6141')
    expect(choicesTime(1, 0.9)).toBeCloseTo(10, 9)
    expect(choicesTime(3, 0.9)).toBeLessThan(choicesTime(2, 0.9))
  })

  it('Cobham: three equal classes of ρ = 0.25 wait 1, 2 and 6 service times; Kleinrock conserves their sum', () => {
    const loads = [0.25, 0.25, 0.25]
    const waits = cobhamWaits(loads, 0.75)
    expect(waits.map((wait) => wait.toFixed(9))).toEqual(['1.000000000', '2.000000000', '6.000000000'])
    expect(sum(waits.map((wait, k) => wait * loads[k]!))).toBeCloseTo(conservedWait(0.75, 0.75), 12)
  })

  it('the deviation of what arrivals see is that of a simulation', () => {
    const cases = [
      { queue: serverQueue(3, 2, 200), f: (n: number) => Number(n >= 3) },
      { queue: serverQueue(1, 0.9, 10), f: (n: number) => Number(n === 10) },
      { queue: serverQueue(1, 0.5, 100), f: (n: number) => n },
    ]
    for (const { queue, f } of cases) {
      const [runs, count] = [400, 2_000]
      const expected = seenByArrivals(queue, f)
      const means = Array.from({ length: runs }, (_, seed) => simulated(queue, f, count, seed))
      const deviation = Math.sqrt(mean(means.map((x) => (x - mean(means)) ** 2)) * count)
      expect(Math.abs(mean(means) - expected.mean)).toBeLessThan((4.5 * expected.deviation) / Math.sqrt(runs * count))
      expect(Math.abs(deviation / expected.deviation - 1)).toBeLessThan(5 / Math.sqrt(2 * runs))
    }
  })
})

describe('tasks of several slots', () => {
  it('fill a worker of two slots for 6/7 of it, by hand: in use are one wide one, one and one idle, or two', () => {
    // Of the time 4/7, 2/7 and 1/7: one, one and two ends a service time.
    expect(wideRate(2, 2)).toBeCloseTo(8 / 7, 12)
  })
  it('fill more of a wider worker, and all of it where each takes one', () => {
    // The chain of what is in work and who is next, solved by another program: 34 and 117 states.
    expect(wideRate(4, 4)).toBeCloseTo(1.247_259_439_707_68, 10)
    expect(wideRate(8, 4)).toBeCloseTo(2.770_404_240_224_85, 10)
    expect(wideRate(5, 1)).toBeCloseTo(5, 12)
  })
})
