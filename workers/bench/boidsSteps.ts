import { log } from '../../engine/kernel/math.ts'
import { paramDefaults } from '../../engine/scenario/spaceParams.ts'
import { alternate, median, significant, type Bench, type BenchPeer, type BenchRow } from './Bench.ts'
import { compilePeer, compilerVersion, numbersFrom } from './peers/compilePeer.ts'
import { bareSpace, stepMs } from './spaceSteps.ts'

const VISION = 5
const SEPARATION = 2.5
/** Weights with which bodies stay spread out, so that a step costs the same for as long as it is timed. */
const WEIGHTS = { align: 0.1, cohere: 0.02, separate: 0.3 } as const
/** World units of a side on which a body sees about twelve others. */
const sideFor = (agents: number): number => Math.round(Math.sqrt((agents * Math.PI * VISION * VISION) / 12))

interface Size {
  readonly agents: number
  readonly rounds: number
  /** Steps before the clock starts, and steps that it times. */
  readonly warmUp: number
  readonly steps: number
}
const SIZES: readonly Size[] = [
  { agents: 10_000, rounds: 7, warmUp: 40, steps: 60 },
  { agents: 100_000, rounds: 7, warmUp: 20, steps: 20 },
  { agents: 1_000_000, rounds: 3, warmUp: 4, steps: 6 },
]

/** Milliseconds of a step of two-dimensional boids on one worker, on two, and in plain C on one thread. */
export async function boidsSteps(sizes: readonly Size[] = SIZES, workerUrl?: URL): Promise<readonly BenchRow[]> {
  const program = await compilePeer('boids')
  const version = program === null ? '' : await compilerVersion()
  const rows: BenchRow[] = []
  for (const size of sizes) rows.push(await rowOf(size, program, version, rows[0], workerUrl))
  return rows
}

async function rowOf(
  { agents, rounds, warmUp, steps }: Size,
  program: string | null,
  version: string,
  least: BenchRow | undefined,
  workerUrl: URL | undefined,
): Promise<BenchRow> {
  const side = sideFor(agents)
  const { speed, force, slack } = paramDefaults('boids') as { [name: string]: number }
  const params = { vision: VISION, separation: SEPARATION, ...WEIGHTS }
  const scenario = bareSpace({ kind: 'boids', width: side, height: side, params }, agents)
  const rule = [speed!, ...Object.values(WEIGHTS), force!, slack!]
  const ways = program === null ? (['one', 'two'] as const) : (['one', 'two', 'C'] as const)
  const taken = await alternate<'one' | 'two' | 'C'>(ways, rounds, async (way) => {
    if (way !== 'C') return stepMs(scenario, way === 'one' ? 1 : 2, warmUp, steps, workerUrl)
    return (await numbersFrom(program!, [agents, side, VISION, SEPARATION, warmUp, steps, ...rule]))[0]!
  })
  const one = median(taken.one)
  const two = median(taken.two)
  const peers: BenchPeer[] = [{ name: 'two workers', version: process.version, value: significant(two) }]
  const times = [`two workers ${significant(one / two)} times as fast as one`]
  if (program === null) times.push('plain C loop: peer not installed')
  else {
    const c = median(taken.C)
    peers.push({ name: 'plain C loop, -O2, one thread', version, value: significant(c) })
    times.push(`one worker takes ${significant(one / c)} times what C takes`)
  }
  if (least !== undefined) times.push(growth(agents, one, least))
  return {
    name: `boids-${agents}`,
    value: significant(one),
    unit: 'ms/step',
    runs: rounds,
    peers,
    note: `one worker; two dimensions, f32, exact range round the seams, about 12 neighbours, no cap on them; cell-ordered copies are the second buffer; whole steps with barriers, checks and cuts; ${times.join('; ')}`,
  }
}

/** How the time grows with the number of bodies n, as a power of n. */
function growth(agents: number, ms: number, least: BenchRow): string {
  const first = Number(least.name.replace('boids-', ''))
  return `grows with n to the power ${(log(ms / least.value) / log(agents / first)).toFixed(2)} from ${first} on`
}

export const boidsStepsBench: Bench = {
  name: 'boids',
  title: 'A step of 10,000, 100,000 and 1,000,000 boids beside a plain C loop',
  run: () => boidsSteps(),
}
