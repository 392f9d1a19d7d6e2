import fc from 'fast-check'
import { UNKNOWN_SIZE_US } from '../Task.ts'
import { describe, expect, it } from 'vitest'
import { agentId } from '../../kernel/units.ts'
import type { WorkloadSpec } from '../../scenario/Scenario.ts'
import { WORKLOAD_DEFAULTS } from '../../scenario/tasksSchema.ts'
import { graphAt, graphSize, taskAt, taskNumber } from './workload.ts'

const SUBMITTER = agentId(3)
const work = (fields: Partial<WorkloadSpec>): WorkloadSpec => ({ ...WORKLOAD_DEFAULTS, ...fields })
const tasks = (fields: Partial<WorkloadSpec>, count: number, seed = 1) =>
  Array.from({ length: count }, (_, n) => taskAt(work(fields), seed, n, SUBMITTER, 1_000))
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
const share = (values: readonly boolean[]): number => mean(values.map(Number))

describe('a task by its number', () => {
  it('is the same whoever asks, in whatever order, and another for another seed', () => {
    const spec = work({ size: 'pareto', prediction: 'exponential', kinds: 4, priorities: 3 })
    const there = Array.from({ length: 50 }, (_, n) => taskAt(spec, 7, n, SUBMITTER, 5))
    const back = Array.from({ length: 50 }, (_, n) => taskAt(spec, 7, 49 - n, SUBMITTER, 5)).reverse()
    expect(back).toEqual(there)
    expect(taskAt(spec, 8, 0, SUBMITTER, 5)).not.toEqual(there[0])
  })

  it('has the same size, kind and priority at another submitter and another time', () => {
    const spec = work({ kinds: 5, priorities: 4, deadlineFactor: 2 })
    const here = taskAt(spec, 1, 9, agentId(0), 0)
    const there = taskAt(spec, 1, 9, agentId(4), 777)
    expect(there).toEqual({ ...here, submitter: 4, submittedUs: 777, deadlineUs: here.deadlineUs + 777 })
  })

  it('has an id of its own among 256 submitters of 2²⁴ tasks', () => {
    expect(taskNumber(0, 0)).toBe(0)
    expect(taskNumber(1, 0)).toBe(16_777_216)
    expect(taskNumber(255, 16_777_215)).toBe(0xffffffff)
  })

  it('draws kinds and priorities evenly', () => {
    const drawn = tasks({ kinds: 4, priorities: 3 }, 30_000)
    for (let kind = 0; kind < 4; kind++) expect(share(drawn.map((task) => task.kind === kind))).toBeCloseTo(0.25, 1.9)
    for (let p = 0; p < 3; p++) expect(share(drawn.map((task) => task.priority === p))).toBeCloseTo(1 / 3, 1.9)
  })

  it('takes one to so many slots, evenly, and the same size whether it does or not', () => {
    const drawn = tasks({ demands: 4 }, 20_000)
    for (let demand = 1; demand <= 4; demand++)
      expect(share(drawn.map((task) => task.demand === demand))).toBeCloseTo(0.25, 1.8)
    expect(drawn.map((task) => ({ ...task, demand: 1 }))).toEqual(tasks({}, 20_000))
  })

  it('takes by a log what its job had, one slot where the log does not say, and at most so many', () => {
    const jobs = { count: 4, submitUs: new Float64Array(4), runUs: new Float64Array(4).fill(5) }
    const asked = { processors: Int32Array.of(3, -1, -1, 128), requested: Int32Array.of(-1, 2, -1, -1) }
    const at = (row: number) => taskAt(work({ demands: 8 }), 1, row, SUBMITTER, 0, { ...jobs, ...asked }, row).demand
    expect([0, 1, 2, 3].map(at)).toEqual([3, 2, 1, 8])
  })

  it('has the kind whose turn it is as often as told, and the others evenly', () => {
    const spec = work({ kinds: 3, turnUs: 1_000, turnShare: 0.7 })
    const drawn = Array.from({ length: 20_000 }, (_, n) => taskAt(spec, 1, n, SUBMITTER, 1_500).kind)
    expect(share(drawn.map((kind) => kind === 1))).toBeCloseTo(0.7, 1.7)
    for (const kind of [0, 2]) expect(share(drawn.map((k) => k === kind))).toBeCloseTo(0.15, 1.7)
    for (let turn = 0; turn < 7; turn++)
      expect(taskAt({ ...spec, turnShare: 1 }, 1, turn, SUBMITTER, 1_000 * turn).kind).toBe(turn % 3)
  })

  it('takes a factor longer from kind to kind, and is predicted as such', () => {
    const spec = work({ kinds: 3, kindFactor: 2, size: 'constant', meanUs: 100, prediction: 'exact' })
    for (let n = 0; n < 30; n++) {
      const { kind, sizeUs, predictedUs } = taskAt(spec, 1, n, SUBMITTER, 0)
      expect([sizeUs, predictedUs]).toEqual([100 * 2 ** kind, 100 * 2 ** kind])
    }
  })

  it('is due its deadline factor times its size after submission', () => {
    for (const task of tasks({ deadlineFactor: 3 }, 100)) expect(task.deadlineUs).toBe(1_000 + 3 * task.sizeUs)
    expect(taskAt(work({}), 1, 0, SUBMITTER, 1_000).deadlineUs).toBe(0)
  })
})

describe('laws of size', () => {
  it('constant', () => {
    for (const task of tasks({ size: 'constant', meanUs: 1_234 }, 20)) expect(task.sizeUs).toBe(1_234)
  })

  it('exponential: mean 1, standard deviation 1, P(more than the mean) = 1/e', () => {
    const sizes = tasks({ meanUs: 1_000_000 }, 40_000).map((task) => task.sizeUs / 1_000_000)
    expect(mean(sizes)).toBeCloseTo(1, 1.7) // four standard errors are 0.02
    expect(Math.sqrt(mean(sizes.map((x) => x * x)) - mean(sizes) ** 2)).toBeCloseTo(1, 1.4)
    expect(share(sizes.map((x) => x > 1))).toBeCloseTo(Math.exp(-1), 1.9)
  })

  it('pareto: no size below the scale, P(X > x) = (scale / x)^shape, and the given mean', () => {
    const shape = 3
    const sizes = tasks({ size: 'pareto', shape, meanUs: 3_000_000 }, 40_000).map((task) => task.sizeUs / 1_000_000)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(2)
    expect(mean(sizes)).toBeCloseTo(3, 1)
    for (const x of [2.5, 4, 8]) expect(share(sizes.map((s) => s > x))).toBeCloseTo((2 / x) ** shape, 1.9)
  })

  it('bimodal: small with its share, else large', () => {
    const sizes = tasks({ size: 'bimodal', smallShare: 0.9, smallUs: 500, largeUs: 5_500 }, 20_000).map((t) => t.sizeUs)
    expect(new Set(sizes)).toEqual(new Set([500, 5_500]))
    expect(share(sizes.map((x) => x === 500))).toBeCloseTo(0.9, 1.9)
  })

  it('a job log says how long its jobs take; sizes are scaled, and are at least 1 µs; what it does not say is 0', () => {
    const none = { processors: new Int32Array(4), requested: new Int32Array(4) }
    const jobs = { count: 4, submitUs: Float64Array.of(0, 5, 9, 9), runUs: Float64Array.of(40, 0, 70, -1), ...none }
    const spec = work({ arrivals: 'log', sizeScale: 2 })
    const sizes = [0, 1, 2, 3].map((row) => taskAt(spec, 1, row, SUBMITTER, 0, jobs, row).sizeUs)
    expect(sizes).toEqual([80, 1, 140, UNKNOWN_SIZE_US])
    for (const task of tasks({ size: 'constant', meanUs: 100, sizeScale: 0.5 }, 3)) expect(task.sizeUs).toBe(50)
  })
})

describe('what is known of a size beforehand', () => {
  it('nothing, or the size', () => {
    for (const task of tasks({ prediction: 'none' }, 20)) expect(task.predictedUs).toBe(0)
    for (const task of tasks({ prediction: 'exact' }, 20)) expect(task.predictedUs).toBe(task.sizeUs)
  })

  it('exponential with the size as its mean (Mitzenmacher 2020)', () => {
    const drawn = tasks({ prediction: 'exponential', meanUs: 1_000_000 }, 40_000)
    const ratios = drawn.map((task) => task.predictedUs / task.sizeUs)
    expect(share(ratios.map((x) => x > 1))).toBeCloseTo(Math.exp(-1), 1.9)
    const long = drawn.filter((task) => task.sizeUs > 1_000_000)
    expect(mean(long.map((task) => task.predictedUs / task.sizeUs))).toBeCloseTo(1, 1.1)
  })

  it('a classifier takes the same share of both classes for the other one', () => {
    const drawn = tasks({ size: 'bimodal', prediction: 'classifier', predictionError: 0.25 }, 40_000)
    for (const sizeUs of [5_000, 55_000]) {
      const wrong = drawn.filter((task) => task.sizeUs === sizeUs).map((task) => task.predictedUs !== sizeUs)
      expect(share(wrong)).toBeCloseTo(0.25, 1.3)
    }
    const right = tasks({ size: 'bimodal', prediction: 'classifier' }, 100)
    for (const task of right) expect(task.predictedUs).toBe(task.sizeUs)
  })
})

describe('graphs of tasks', () => {
  const needs = (fields: Partial<WorkloadSpec>, g = 0) =>
    graphAt(work(fields), 1, g, 100, SUBMITTER, 0).map(({ id, after }) => [id, [...after]] as const)

  it('fork and join: one before all, one after all', () => {
    expect(needs({ dag: 'fork-join', width: 3 })).toEqual([
      ...[
        [100, []],
        [101, [100]],
        [102, [100]],
        [103, [100]],
      ],
      [104, [101, 102, 103]],
    ])
  })

  it('a pipeline: each after the one before', () => {
    expect(needs({ dag: 'pipeline', depth: 3 })).toEqual([
      [100, []],
      [101, [100]],
      [102, [101]],
    ])
  })

  it('random: in layers, each task after one to three different ones of the layer before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }), fc.nat(99), (width, depth, g) => {
        const graph = needs({ dag: 'random', width, depth }, g)
        expect(graph.length).toBe(graphSize(work({ dag: 'random', width, depth })))
        for (const [id, after] of graph) {
          const layer = Math.floor((id - 100) / width)
          expect(new Set(after).size).toBe(after.length)
          if (layer === 0) expect(after).toEqual([])
          else expect(after.length).toBeGreaterThanOrEqual(1)
          expect(after.length).toBeLessThanOrEqual(Math.min(3, width))
          for (const before of after) expect(Math.floor((before - 100) / width)).toBe(layer - 1)
        }
      }),
    )
  })

  it('random: every edge between two layers is as likely', () => {
    const counts = [0, 0, 0, 0, 0]
    for (let g = 0; g < 4_000; g++)
      for (const before of needs({ dag: 'random', width: 5, depth: 2 }, g)[5]![1]) counts[before - 100]!++
    for (const count of counts) expect(count / 4_000).toBeCloseTo(2 / 5, 1.3) // two of five on average
  })

  it('its tasks are those of their numbers', () => {
    const spec = work({ dag: 'fork-join', width: 4, kinds: 3 })
    const { after: _, ...rest } = graphAt(spec, 5, 2, 40, SUBMITTER, 9)[3]!
    expect(taskAt(spec, 5, 43, SUBMITTER, 9)).toMatchObject(rest)
  })
})
