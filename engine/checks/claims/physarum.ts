import { atLeast, atMost, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { measurements } from './spaceFigures.ts'
import { greatest, mean, pool } from './statistics.ts'

const STEP_US = 50_000

const until = (steps: number, set: readonly string[]): Setup => ({
  set: [...set, 'space.detectors=[]', `untilUs=${steps * STEP_US + 1}`, `digestEveryUs=${steps * STEP_US + 1}`],
  untilUs: steps * STEP_US + 1,
})

/** A tenth of the swarm, or all of it, from the first step on. */
const afflicted = (effect: string, share: number): string =>
  `faults=[{"at":0,"op":"afflict","whom":{"share":${share}},"effect":"${effect}"}]`

const everyStep = (faults: string): Setup =>
  until(150, ['swarm.agents=960', 'space.width=80', 'space.height=80', 'space.measureEvery=1', faults])

/** How far the trail is from what one step before predicts, as a part of it. */
function surprises(run: ClaimRun): readonly number[] {
  const { decay, deposit } = run.scenario.space!.params as { readonly [name: string]: number }
  return measurements(run)
    .slice(1)
    .map((now, i) => {
      const predicted = (1 - decay!) * (measurements(run)[i]!['mass']! + deposit! * now['moves']!)
      return Math.abs(now['mass']! - predicted) / predicted
    })
}

const trailMass: Claim = {
  name: 'physarum-trail-mass',
  scenario: 'physarum',
  source: 'theorem: the mean keeps the mass, and the decay takes a tenth of it',
  unit: 'of the mass',
  seeds: { quick: 1, full: 5 },
  setups: [everyStep('faults=[]')],
  control: {
    what: 'a tenth of the agents lay false trails, four times as strong',
    seeds: 1,
    setups: [everyStep(afflicted('rogue', 0.1))],
  },
  measure: surprises,
  summary: (samples) => greatest(pool(samples)),
  expectation: () => atMost(1e-6, 'rounding to single precision'),
}

const OFFSETS = [3, 9, 25]
const pattern = (offset: number, steps: number, faults: string): Setup =>
  until(steps, [`space.measureEvery=${steps}`, `space.params.sensorOffset=${offset}`, faults])

/** The smallest ratio of mean wavelengths from one offset to the next; runs take the offsets in turn. */
function steepness(samples: readonly (readonly number[])[]): number {
  const means = OFFSETS.map((_, k) => mean(pool(samples.filter((_run, i) => i % OFFSETS.length === k))))
  return Math.min(...means.slice(1).map((wavelength, k) => wavelength / means[k]!))
}

const wavelength: Claim = {
  name: 'physarum-wavelength',
  scenario: 'physarum',
  source: 'Jones 2010 (the sensor offset sets the scale); figures of an independent simulation',
  unit: '× from one offset to the next',
  seeds: { quick: 3, full: 12 },
  setups: OFFSETS.map((offset) => pattern(offset, 400, 'faults=[]')),
  control: {
    what: 'agents that smell no trail',
    seeds: 3,
    setups: OFFSETS.map((offset) => pattern(offset, 100, afflicted('deaf', 1))),
  },
  measure: (run) => measurements(run).map((figures) => figures['wavelength']!),
  summary: steepness,
  expectation: () => atLeast(1.2, 'the independent simulation has 1.44 and 1.65'),
}

export const physarumClaims: readonly Claim[] = [trailMass, wavelength]
