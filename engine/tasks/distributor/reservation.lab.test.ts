import { describe, expect, it } from 'vitest'
import { LocalRun } from '../../LocalRun.ts'
import type { Mark } from '../../agents/Program.ts'
import { micros } from '../../kernel/units.ts'
import { knowPrograms } from '../../programRegistry.ts'
import { parseScenario } from '../../scenario/parse.ts'
import type { Command } from '../../scenario/Scenario.ts'
import type { Distributor } from './distributorState.ts'
import { distributor } from './TaskDistributor.ts'
import { worker } from '../worker/worker.ts'

knowPrograms([distributor, worker])

const TURN_US = 500_000
const KINDS = 3

interface Options {
  readonly params?: object
  readonly workload?: object
  readonly faults?: readonly Command[]
  readonly workerParams?: object
}

function start({ params = {}, workload = {}, faults = [], workerParams = {} }: Options = {}) {
  const scenario = parseScenario({
    ...{ swarm: { agents: 10 }, topology: { kind: 'star' }, faults, seed: 5 },
    network: { latency: { kind: 'constant', us: 500 } },
    tasks: {
      workload: {
        ...{ perSecond: 120, size: 'constant', meanUs: 20_000, kinds: KINDS, turnUs: TURN_US, turnShare: 0.9 },
        ...{ kindFactor: 1.5, ...workload },
      },
    },
    programs: [
      {
        ...{ kind: 'distributor', on: { first: 1 } },
        params: {
          ...{ strategy: 'predictive', warmUpUs: 100_000, binUs: 50_000, seasonUs: KINDS * TURN_US },
          ...{ durable: false, ...params },
        },
      },
      { kind: 'worker', on: { last: 9 }, params: { warmUpUs: 100_000, ...workerParams } },
    ],
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const run = new LocalRun(scenario.value)
  const marks: Mark[] = []
  return {
    marks,
    to(untilUs: number): Distributor {
      run.runTo(micros(untilUs))
      marks.push(...run.takeMarks())
      const first = run.shards.flatMap((shard) => [...shard.agents.values()]).find(({ id }) => id === 0)!
      return first.programs[0]!.state as Distributor
    },
  }
}
const said = (marks: readonly Mark[], kind: string): any[] =>
  marks.filter(({ body }) => body.kind === kind).map(({ body }) => body)
/** Mean wait of tasks that started in the first fifth of a turn, from `fromUs` on, µs. */
function waitsAtTurns(marks: readonly Mark[], fromUs: number): number {
  const early = marks.filter(
    ({ body, key }) => body.kind === 'started' && key.time >= fromUs && key.time % TURN_US < TURN_US / 5,
  )
  return early.reduce((sum, { body }) => sum + (body['waitedUs'] as number), 0) / early.length
}

describe('a distributor with foresight', () => {
  it('learns how long each kind takes', () => {
    const { forecast } = start({ params: { reserve: 'never' }, workerParams: { warmUpUs: 0 } }).to(4_000_000)
    forecast.sizesUs.forEach((us, kind) => expect(us).toBeCloseTo(20_000 * 1.5 ** kind, -2))
    for (const us of forecast.sizeErrorsUs) expect(us).toBeLessThan(100)
  })

  it('learns when each kind comes, and says how wrong it was', () => {
    const run = start()
    run.to(9_010_000)
    const told = said(run.marks, 'prediction')
    expect(told.length).toBe(180)
    const error = (bins: readonly any[]): number => bins.reduce((sum, bin) => sum + bin.error, 0) / bins.length
    expect(error(told.slice(-60))).toBeLessThan(error(told.slice(1, 30)))
    for (const { came, expected } of told.slice(-60)) expect([came.length, expected.length]).toEqual([KINDS, KINDS])
    const submitted = said(run.marks, 'submitted').length
    const counted = told.flatMap(({ came }) => came as number[]).reduce((a, b) => a + b, 0)
    expect(submitted - counted).toBeLessThan(10)
  })

  it('halves the waits at the beginning of turns by getting workers ready', () => {
    const ahead = start()
    const never = start({ params: { reserve: 'never' } })
    ahead.to(12_000_000)
    never.to(12_000_000)
    expect(waitsAtTurns(ahead.marks, 3_000_000)).toBeLessThan(waitsAtTurns(never.marks, 3_000_000) / 2)
    expect(said(never.marks, 'prediction').every(({ reserved }) => reserved === 0)).toBe(true)
    expect(said(ahead.marks, 'prediction').some(({ reserved }) => reserved > 0)).toBe(true)
  })

  it('a shuffled history expects every kind at every time', () => {
    const run = start({ params: { reserve: 'shuffled' } })
    run.to(12_000_000)
    const sums = said(run.marks, 'prediction')
      .slice(-90)
      .reduce((total: number[], { expected }) => total.map((sum, k) => sum + expected[k]), [0, 0, 0])
    const all = sums.reduce((a: number, b: number) => a + b, 0)
    for (const sum of sums) expect(Math.abs(sum / all - 1 / KINDS)).toBeLessThan(0.06)
  })

  it('a task pays for the change of kind where its worker was ready for another', () => {
    const workload = { arrivals: 'batch', count: 2, kinds: 2, turnShare: 1, kindFactor: 1 }
    const run = start({ params: { reserve: 'never' }, workload })
    run.to(1_000_000)
    for (const { waitedUs } of said(run.marks, 'started')) expect(waitedUs).toBeGreaterThanOrEqual(100_000)
    for (const { tookUs } of said(run.marks, 'worked')) expect(tookUs).toBe(20_000)
  })

  it('loses nothing when workers crash while they get ready', () => {
    const faults: Command[] = [1, 4, 7].map((agent, k) => ({
      ...{ at: 2_000_000 + 30_000 * k, op: 'crash', agent, forUs: 300_000 },
    }))
    const run = start({ faults, params: { leaseUs: 200_000 }, workload: { count: 600 } })
    run.to(15_000_000)
    expect(said(run.marks, 'done')).toHaveLength(600)
  })

  it('can be switched to during a run, and learns from then on', () => {
    const set = (at: number, value: string): Command => ({
      ...{ at, op: 'set', agent: 0, program: 'distributor', param: 'strategy', value },
    })
    const run = start({
      params: { strategy: 'random' },
      faults: [set(2_000_000, 'predictive'), set(5_010_000, 'random')],
    })
    run.to(8_000_000)
    const times = run.marks.filter(({ body }) => body.kind === 'prediction').map(({ key }) => key.time)
    expect(Math.min(...times)).toBeGreaterThan(2_000_000)
    expect(Math.max(...times)).toBeLessThanOrEqual(5_050_000)
    expect(times).toHaveLength(60)
  })
})
