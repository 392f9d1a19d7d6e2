import { expect, it } from 'vitest'
import { detect, failureDetection } from './failureDetection.ts'

it('times one crash until the first suspicion and until 99 % know, beside a swarm of a hundredth', () => {
  const rows = failureDetection(1, 200)
  expect(rows.map(({ name }) => name)).toEqual([
    'failure-detection-first',
    'failure-detection-99',
    'failure-detection-wall',
  ])
  const [first, most, wall] = rows
  expect(first!.value).toBeGreaterThan(0)
  expect(most!.value).toBeGreaterThan(first!.value)
  expect(wall!.value).toBeGreaterThan(0)
  expect(first!.note).toContain('200 members, one crash')
  for (const { peers } of rows) for (const peer of peers) expect(peer.value).toBeGreaterThan(0)
})

it('measures the same virtual times in every run', () => {
  const [one, two] = [detect(50), detect(50)]
  expect([two.firstUs, two.mostUs]).toEqual([one.firstUs, one.mostUs])
})
