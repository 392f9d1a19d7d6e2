import { it } from 'vitest'
import { runJob } from './runJob.ts'
const q = (v: number[], p: number) => v.toSorted((a, b) => a - b)[Math.min(v.length - 1, Math.floor(p * v.length))]
it('dist', () => {
  const w: number[] = []
  for (let seed = 1; seed <= 500; seed++) w.push(...runJob({ scenario: 'first-swarm', seed, claims: ['opening-election'], setup: { untilUs: 12_000_000, stop: 'elected', set: ['swarm.agents=10'] } }).samples[0]!)
  console.log(w.length, [0, .1, .25, .5, .75, .9, .95, .99].map((p) => Math.round(q(w, p)!)).join(' '), w.filter((x) => x < 800).length / w.length)
}, 600000)
