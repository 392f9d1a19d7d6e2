import { expect, it } from 'vitest'
import { told, type Told } from '../../engine/checks/claims/claimfixture.ts'
import { metricsOf, type RunFigures } from './metrics.ts'

const totals = { events: 0, messages: 12, transmissions: 30, deliveries: 0, losses: 0, pending: 0 }
const run = (...rows: readonly Told[]): RunFigures => ({
  ...{ totals, latency: new Uint32Array(512), marks: told(...rows), untilUs: 2_000_000 },
})

it('tasks told one by one: counts, spans and what a task costs', () => {
  const shown = metricsOf(
    run(
      [1, 0, 'distributor', { kind: 'submitted', task: 1, sizeUs: 9 }],
      [2, 0, 'distributor', { kind: 'submitted', task: 2, sizeUs: 9 }],
      [3, 0, 'distributor', { kind: 'submitted', task: 3, sizeUs: 9 }],
      [3, 4, 'worker', { kind: 'started', task: 1, waitedUs: 100 }],
      [4, 5, 'worker', { kind: 'started', task: 2, waitedUs: 200 }],
      [5, 4, 'worker', { kind: 'worked', task: 1, tookUs: 9 }],
      [6, 5, 'worker', { kind: 'worked', task: 2, tookUs: 9 }],
      [7, 5, 'worker', { kind: 'worked', task: 2, tookUs: 9 }],
      [8, 0, 'distributor', { kind: 'done', task: 1, tookUs: 120 }],
      [9, 0, 'distributor', { kind: 'done', task: 2, tookUs: 180 }],
      [9, 0, 'distributor', { kind: 'again', task: 2 }],
      [11, 0, 'distributor', { kind: 'unassignable', task: 3, why: 'nobody can' }],
      [12, 0, 'distributor', { kind: 'done', task: 1, tookUs: 9_999, retold: true }],
    ),
  )
  expect(shown).toMatchObject({
    ...{ tasks_submitted: 3, tasks_done: 2, tasks_failed: 1, tasks_again: 1, makespan_us: 10_000 },
    ...{ task_response_mean_us: 150, task_response_p99_us: 180, task_start_mean_us: 150, task_start_p99_us: 200 },
    ...{ tasks_per_second: 1, work_fairness: 0.9, messages_per_task: 6, energy_per_task: 15 },
  })
})

it('tasks that are only counted: the latest report of each distributor, summed', () => {
  const report = (submitted: number, done: number, tookUs: number) => ({
    ...{ kind: 'report', submitted, done, failed: 1, unassignable: 1, again: 2, tookUs, waitedUs: tookUs / 2 },
  })
  const shown = metricsOf(
    run(
      [1, 0, 'distributor', report(5, 1, 10)],
      [2, 1, 'distributor', report(10, 4, 400)],
      [3, 0, 'distributor', report(20, 16, 1_600)],
    ),
  )
  expect(shown).toMatchObject({ tasks_submitted: 30, tasks_done: 20, tasks_failed: 4, tasks_again: 4 })
  expect(shown).toMatchObject({ task_response_mean_us: 100, task_start_mean_us: 50, messages_per_task: 0.6 })
  for (const name of ['makespan_us', 'task_response_p99_us', 'work_fairness']) expect(shown).not.toHaveProperty(name)
})

it('a run without tasks shows none of it', () => {
  const shown = metricsOf(run([1, 0, 'raft', { kind: 'leader', term: 1 }]))
  expect(Object.keys(shown).filter((name) => /task|makespan/.test(name))).toEqual([])
})
