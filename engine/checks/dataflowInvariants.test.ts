import { describe, expect, it } from 'vitest'
import type { MarkBody } from '../agents/Program.ts'
import { checkStatus, createChecks, knowInvariants, observe } from './Checks.ts'
import { host, told, type Told } from './claims/claimfixture.ts'
import { DATAFLOW } from './dataflowInvariants.ts'

knowInvariants(DATAFLOW)

const says = (ms: number, agent: number, body: MarkBody): Told => [ms, agent, 'dataflow', body]
const task = (step: number, graph = 1): number => graph * 65_536 + step
const began = (graph = 1): Told => says(0, 0, { kind: 'began', graph, steps: 3 })
const ended = (graph = 1): Told => says(9, 0, { kind: 'ended', graph, steps: 3, tookUs: 1 })
const started = (step: number, needs: readonly number[] = [], graph = 1): Told =>
  says(1, step, { kind: 'started', task: task(step, graph), waitedUs: 0, needs: needs.map((one) => task(one, graph)) })
const worked = (step: number, graph = 1): Told => says(2, step, { kind: 'worked', task: task(step, graph), tookUs: 1 })
/** Step k at agent k; the last needs the others. */
const graph = (number = 1): Told[] => [
  ...[began(number), started(0, [], number), started(1, [], number), worked(0, number), worked(1, number)],
  ...[started(2, [0, 1], number), worked(2, number), ended(number)],
]

function found(...rows: readonly Told[]): { [name: string]: string } {
  const names = DATAFLOW.map(({ name }) => name)
  const checks = createChecks(names, { members: [], quietFromUs: 0, electionMaxUs: 0 })
  for (const mark of told(...rows)) observe(checks, mark)
  const broken = checkStatus(checks).flatMap(({ name, violation }) => (violation ? [[name, violation.sentence]] : []))
  return Object.fromEntries(broken) as { [name: string]: string }
}

describe('checks of graphs of tasks', () => {
  it('find nothing where every step waits for what it needs', () => {
    expect(found(...graph(1), ...graph(2), ...graph(3), ...graph(4))).toEqual({})
  })

  it('find a step that begins before its inputs', () => {
    expect(found(began(), started(0), worked(0), started(2, [0, 1]))).toEqual({
      'inputs-first': 'agent 2 begins step 2 of graph 1, and step 1 is not done',
    })
    expect(found(...graph(1), began(2), worked(0, 2), started(2, [0, 1], 2))).toHaveProperty('inputs-first')
  })

  it('find a step that is done twice, and a graph that ends before its steps', () => {
    expect(found(began(), started(0), worked(0), worked(0))).toEqual({
      'every-step-once': 'agent 0 does step 0 of graph 1 a second time',
    })
    expect(found(began(), worked(0), worked(1), ended())).toEqual({
      'every-step-once': 'graph 1 has ended with 2 of 3 steps done',
    })
  })

  it('let who crashed do its steps again, and one graph come late after the next', () => {
    expect(found(began(), worked(1), host(3, 1, 'crashed'), worked(1))).toEqual({})
    expect(found(began(1), worked(0), began(2), worked(1), began(3), worked(2, 1))).toEqual({})
  })

  it('say nothing once the first member crashed, whose next life counts anew, or steps are told no more', () => {
    expect(found(began(), worked(1), host(3, 0, 'crashed'), began(), worked(1), worked(1))).toEqual({})
    const set: Told = [3, 1, 'host', { kind: 'set', program: 'dataflow', param: 'verbose', value: false }]
    expect(found(began(), worked(0), set, ended())).toEqual({})
    expect(found(began(), ended())).toEqual({})
  })
})
