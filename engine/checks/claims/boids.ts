import { band, type Claim, type Setup } from './Claim.ts'
import { mean, pool } from './statistics.ts'

/** NetLogo's Flocking as it comes: 300 turtles on 71 × 71 patches that wrap, one patch a tick. */
const netLogo = (...more: string[]): Setup => ({
  set: [
    'swarm.agents=300',
    'faults=[]',
    'space.dimensions=2',
    'space.width=71',
    'space.height=71',
    'space.edges=wrap',
    'space.detectors=[]',
    'space.measureEvery=20',
    'space.params.rule=turns',
    'space.params.flocks=1',
    'space.params.vision=5',
    'space.params.separation=1',
    'space.params.speed=1',
    'space.params.alignTurn=5',
    'space.params.cohereTurn=3',
    'space.params.separateTurn=1.5',
    ...more,
  ],
  untilUs: LAST_STEP * STEP_US + 1,
})
const STEP_US = 50_000
const FIRST_STEP = 300
const LAST_STEP = 400

const baseline: Claim = {
  name: 'flocking-baseline',
  scenario: 'boids',
  source: 'baseline: our own figure for NetLogo’s rule (Wilensky 1998), all moving at once; not published',
  unit: '',
  seeds: { quick: 20, full: 200 },
  setups: [netLogo()],
  control: { what: 'bodies that do not align', seeds: 4, setups: [netLogo('space.params.alignTurn=0')] },
  /** Polarisation, averaged from step 300 to step 400. */
  measure(run) {
    const late = run.marks.filter(
      ({ key, body }) => body.kind === 'measure' && key.time >= FIRST_STEP * STEP_US && 'polarisation' in body,
    )
    return late.length === 0 ? [] : [mean(late.map(({ body }) => body.polarisation as number))]
  },
  summary: (samples) => mean(pool(samples)),
  expectation: () => band(0.95, 0.98, 'the mean over seeds; a few have two flocks that have not met yet'),
}

export const boidsClaims: readonly Claim[] = [baseline]
