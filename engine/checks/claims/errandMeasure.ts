import type { Mark } from '../../agents/Program.ts'
import type { ClaimRun, Setup } from './Claim.ts'

/** One errand of a run, as its marks tell it. */
export interface Told {
  readonly errand: number
  readonly beganUs: number
  /** Whom a request went to. */
  readonly to: number
  /** Times at which others heard a broadcast, µs. */
  readonly heardUs: readonly number[]
  readonly endedUs: number | null
}

export function errandsOf({ marks }: ClaimRun): readonly Told[] {
  const told = marks.filter(({ program }) => program === 'errand')
  const of = (kind: string, errand: unknown): readonly Mark[] =>
    told.filter(({ body }) => body.kind === kind && body.errand === errand)
  return told
    .filter(({ body }) => body.kind === 'began')
    .map(({ key, body }) => ({
      errand: body.errand as number,
      beganUs: key.time,
      to: body.to as number,
      heardUs: of('heard', body.errand).map((mark) => mark.key.time),
      endedUs: of('ended', body.errand)[0]?.key.time ?? null,
    }))
}

/** How long each broadcast took until the last of all agents had it, µs; none of one that did not reach all. */
export const lastHeardUs = (run: ClaimRun): readonly number[] =>
  errandsOf(run)
    .filter(({ heardUs }) => heardUs.length === run.scenario.swarm.agents - 1)
    .map(({ beganUs, heardUs }) => Math.max(...heardUs) - beganUs)

/** `times` jobs of one kind and no other, without the scenario's faults and time for the last to end. */
export const jobs = (job: string, times: number, everyUs: number, ...more: readonly string[]): Setup => ({
  set: [
    'faults=[]',
    `programs.errand.params.jobs=["${job}"]`,
    `programs.errand.params.times=${times}`,
    `programs.errand.params.everyUs=${everyUs}`,
    ...more,
  ],
  untilUs: 100_000 + times * everyUs + 1_000_000,
})

/** The value farthest from `expected`; NaN of nothing. */
export const farthest = (values: readonly number[], expected: number): number =>
  values.reduce(
    (far, value) => (Number.isNaN(far) || Math.abs(value - expected) > Math.abs(far - expected) ? value : far),
    NaN,
  )
