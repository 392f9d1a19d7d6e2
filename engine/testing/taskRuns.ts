import type { Mark } from '../agents/Program.ts'
import { micros } from '../kernel/units.ts'
import { LocalRun } from '../LocalRun.ts'
import '../programs.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/Scenario.ts'

export interface Given {
  readonly agents?: number
  readonly distributors?: number
  readonly workload?: object
  readonly distributor?: object
  readonly worker?: object
  readonly rest?: object
}

/** The first agents give out tasks, all work; over links of 0.2 to 1 ms. */
export function scenario({ agents = 10, distributors = 1, workload, distributor, worker, rest }: Given): Scenario {
  const parsed = parseScenario({
    untilUs: 60_000_000,
    digestEveryUs: 250_000,
    swarm: { agents },
    network: { latency: { kind: 'uniform', minUs: 200, maxUs: 1_000 } },
    tasks: { workload: { arrivals: 'batch', count: 200, meanUs: 5_000, ...workload } },
    programs: [
      { kind: 'distributor', on: { first: distributors }, params: distributor },
      { kind: 'worker', params: worker },
    ],
    ...rest,
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

/** Marks of the whole run, frozen messages. */
export function marksOf(given: Given, untilUs = 20_000_000, shards = 1): readonly Mark[] {
  const run = new LocalRun(scenario(given), { shards, freeze: true })
  run.runTo(micros(untilUs))
  return run.takeMarks()
}

export const tasksOf = (marks: readonly Mark[], program: string, kind: string): number[] =>
  marks.filter((mark) => mark.program === program && mark.body.kind === kind).map(({ body }) => body['task'] as number)
export const count = (marks: readonly Mark[], program: string, kind: string): number =>
  new Set(tasksOf(marks, program, kind)).size

export const ends = (marks: readonly Mark[]) => ({
  submitted: count(marks, 'distributor', 'submitted'),
  done: count(marks, 'distributor', 'done'),
  failed: count(marks, 'distributor', 'failed'),
  again: tasksOf(marks, 'distributor', 'again').length,
  worked: tasksOf(marks, 'worker', 'worked').length,
})
