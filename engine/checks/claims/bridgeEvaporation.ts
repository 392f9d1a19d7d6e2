import { fadingShare } from './bridgeLaw.ts'
import { bridgeFigures, shareAhead } from './bridgeMarks.ts'
import { atMost, rounded, within, type Claim, type Setup } from './Claim.ts'
import { mean, pool } from './statistics.ts'

const K = 20
/** Mean lives of a mark that a run lasts; shares are averaged over its second half. */
const LIVES = 60
const ANTS_A_STEP = 4
const STEP_US = 100_000_000

/** As many come back in a step as go out, and each lays a mark. */
const MARKS_A_STEP = 2 * ANTS_A_STEP

/** Each step is longer than the way. With φ/ρ marks on both arms, one lives φ/ρ / MARKS_A_STEP steps on average. */
function fading(marks: number): Setup {
  const perSecond = (MARKS_A_STEP / marks) * (1_000_000 / STEP_US)
  const steps = (LIVES * marks) / MARKS_A_STEP
  const end = steps * STEP_US + 1
  return {
    set: [
      'faults=[]',
      'swarm.agents=50',
      `space.stepUs=${STEP_US}`,
      'space.cell=100',
      'space.measureEvery=3',
      `space.params.antsPerSecond=${(ANTS_A_STEP * 1_000_000) / STEP_US}`,
      `space.params.evaporationPerSecond=${perSecond}`,
      `untilUs=${end}`,
      `digestEveryUs=${end}`,
    ],
    untilUs: end,
  }
}

/** The share of the marks, over the second half of a run, on the arm that has more of them by then. */
const share = (figures: ReturnType<typeof bridgeFigures>): readonly number[] => {
  const second = figures.slice(figures.length >> 1)
  if (second.length === 0) return []
  return [shareAhead(mean(second.map((f) => f.marksLeft)), mean(second.map((f) => f.marksRight)))]
}

const winner = (name: string, marks: number): Claim => ({
  name,
  scenario: 'bridge-evaporation',
  source: 'theorem: the stable state of dC/dt = φP − ρC with n = 2 and k = 20',
  unit: 'of the marks',
  seeds: { quick: 12, full: 100 },
  setups: [fading(marks)],
  control: { what: 'marks that fade so fast that φ/ρ is 30', seeds: 4, setups: [fading(30)] },
  measure: (run) => share(bridgeFigures(run)),
  summary: (samples) => mean(pool(samples)),
  expectation: () => within(rounded(fadingShare(marks, K)), 0.01, 'the theorem is about very many ants'),
})

const noWinner: Claim = {
  name: 'bridge-no-winner',
  scenario: 'bridge-evaporation',
  source: 'theorem: below φ/ρ = 2k the even state is the only stable one; chance explains the rest',
  unit: 'of the marks',
  seeds: { quick: 12, full: 100 },
  setups: [fading(30)],
  control: { what: 'marks that fade more slowly: φ/ρ = 80', seeds: 4, setups: [fading(80)] },
  measure: (run) => share(bridgeFigures(run)),
  summary: (samples) => mean(pool(samples)),
  expectation: () => atMost(0.6, 'an independent simulation has .56 to .59'),
}

export const bridgeEvaporationClaims: readonly Claim[] = [
  winner('bridge-fading-80', 80),
  winner('bridge-fading-120', 120),
  winner('bridge-fading-200', 200),
  noWinner,
]
