import { rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { mean, pool } from './statistics.ts'

const SCENARIO = 'breaker'
const WINDOW = 100
/** Callers times servers: so many breakers are judged at most once in a run. */
const AGENTS = 103
const SERVERS = 3
const PAIRS = (AGENTS - SERVERS) * SERVERS

/** Nothing but the servers' own failures: they answer at once, and nobody waits so long that it would count. */
const setup = (failure: number, ...more: readonly string[]): Setup => ({
  set: [
    ...[`swarm.agents=${AGENTS}`, 'faults=[]', 'network.latency={"kind":"constant","us":100}'],
    ...[`programs.rpc.params.failure=${failure}`, `programs.rpc.params.window=${WINDOW}`],
    ...['programs.rpc.params.callsPerSecond=1000', 'programs.rpc.params.serviceUs=1'],
    ...['programs.rpc.params.timeoutUs=10000000', 'programs.rpc.params.openUs=10000000', ...more],
  ],
  // A pair has its hundredth call after 0.3 ± 0.03 s.
  untilUs: 450_000,
})

/** 1 where a breaker tripped as soon as it could, 0 where it did not, for each that was judged. */
const judged = ({ marks }: ClaimRun): readonly number[] =>
  marks.flatMap(({ program, body }) => (program === 'rpc' && body.kind === 'judged' ? [Number(body.tripped)] : []))

/** P(Bin(n, p) ≥ k). */
export function binomialTail(n: number, p: number, k: number): number {
  let term = 1
  for (let i = 0; i < n; i++) term *= 1 - p
  let below = 0
  for (let i = 0; i < k; i++) {
    below += term
    term *= ((n - i) * p) / ((i + 1) * (1 - p))
  }
  return 1 - below
}

const claim = (percent: number): Claim => {
  const expected = binomialTail(WINDOW, percent / 100, WINDOW / 2)
  return {
    name: `breaker-${percent}`,
    scenario: SCENARIO,
    source: 'Closed form: the chance of at least 50 failures among 100 independent calls',
    unit: '',
    seeds: { quick: 1, full: 24 },
    setups: [setup(percent / 100)],
    control: {
      what: 'a threshold of 60 %',
      seeds: 1,
      setups: [setup(percent / 100, 'programs.rpc.params.threshold=0.6')],
    },
    measure: judged,
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const n = seeds * PAIRS
      const why = `four standard errors of ${n} breakers`
      return within(rounded(expected), 4 * Math.sqrt((expected * (1 - expected)) / n), why)
    },
  }
}

export const breakerClaims: readonly Claim[] = [45, 50, 55].map(claim)
