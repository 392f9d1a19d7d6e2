import { physarum } from '../../engine/scenario/presets/physarum.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { alternate, median, significant, type Bench, type BenchRow } from './Bench.ts'
import { bareSpace, stepMs } from './spaceSteps.ts'

const ROUNDS = 3
const SIDE = 1_024
const AGENTS = 1_000_000
const LAYERS = 2

interface Extent {
  readonly rounds: number
  /** Steps before the clock starts, and steps that it times. */
  readonly warmUp: number
  readonly steps: number
  readonly workerUrl?: URL
}

async function onOneAndTwo(
  scenario: Scenario,
  extent: Extent,
): Promise<{ readonly one: number; readonly two: number }> {
  const taken = await alternate(['one', 'two'], extent.rounds, (way) =>
    stepMs(scenario, way === 'one' ? 1 : 2, extent.warmUp, extent.steps, extent.workerUrl),
  )
  return { one: median(taken.one), two: median(taken.two) }
}

const peer = (name: string, value: number) => ({ name, version: process.version, value: significant(value) })

/** Nine-point diffusion and evaporation of a field with two layers. */
export async function fieldRows(side = SIDE, extent: Partial<Extent> = {}): Promise<readonly BenchRow[]> {
  const full = { rounds: ROUNDS, warmUp: 20, steps: 100, ...extent }
  const params = { scheme: 'ninePoint', sources: 0, start: 'spot' }
  const scenario = bareSpace({ kind: 'field', width: side, height: side, params }, 1)
  const { one, two } = await onOneAndTwo(scenario, full)
  const perSecond = (ms: number): number => (1_000 * LAYERS * side * side) / ms
  const size = `${side} × ${side} cells in ${LAYERS} layers, f32, wrapped; deposits, nine-point diffusion, evaporation, and the look for what is not finite`
  const plain = plainStepMs(side, Math.max(3, full.steps))
  const row = (name: string, unit: string, of: (ms: number) => number): BenchRow => ({
    ...{ name, unit, value: significant(of(two)), runs: full.rounds },
    peers: [peer('one worker', of(one)), peer('plain loop of the diffusion alone, one thread', of(LAYERS * plain))],
    note: `${size}; two workers`,
  })
  return [row(`field-${side}`, 'ms a step', (ms) => ms), row(`field-${side}-cells`, 'cells/s', perSecond)]
}

/** The textbook loop over one layer with a remainder for the seam, medians of single steps. */
function plainStepMs(side: number, steps: number): number {
  let [now, next] = [new Float32Array(side * side), new Float32Array(side * side)]
  now[(side * side) >> 1] = 1_000
  const taken: number[] = []
  for (let k = 0; k < steps; k++) {
    const began = performance.now()
    for (let y = 0; y < side; y++) {
      const [up, mid, down] = [((y + side - 1) % side) * side, y * side, ((y + 1) % side) * side]
      for (let x = 0; x < side; x++) {
        const [left, right] = [(x + side - 1) % side, (x + 1) % side]
        const edges = now[up + x]! + now[down + x]! + now[mid + left]! + now[mid + right]!
        const corners = now[up + left]! + now[up + right]! + now[down + left]! + now[down + right]!
        next[mid + x] = 0.99 * (now[mid + x]! + 0.2 * ((4 * edges + corners - 20 * now[mid + x]!) / 6))
      }
    }
    taken.push(performance.now() - began)
    ;[now, next] = [next, now]
  }
  return median(taken)
}

/** A slime mould at the density of the paper, from its start: the network forms while the clock runs. */
export async function physarumRows(agents = AGENTS, extent: Partial<Extent> = {}): Promise<readonly BenchRow[]> {
  const full = { rounds: ROUNDS, warmUp: 5, steps: 20, ...extent }
  const { width, height } = physarum.withAgents(agents).space!
  const { one, two } = await onOneAndTwo(bareSpace({ kind: 'physarum', width, height }, agents), full)
  return [
    {
      ...{ name: `physarum-${agents}`, unit: 'ms a step', value: significant(two), runs: full.rounds },
      peers: [peer('one worker', one)],
      note: `${agents.toLocaleString('en')} agents on ${width} × ${height} cells, 15 % of them occupied; sense, contest, move, 3 × 3 mean, decay; two workers`,
    },
  ]
}

export const fieldBench: Bench = {
  name: 'field',
  title: 'A pheromone field of 1,024² cells',
  run: () => fieldRows(),
}

export const physarumBench: Bench = {
  name: 'physarum',
  title: 'A slime mould of 1,000,000 agents',
  run: () => physarumRows(),
}
