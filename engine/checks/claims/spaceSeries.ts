import type { ClaimRun } from './Claim.ts'
import { mean } from './statistics.ts'

/** A figure of the space at each measurement in fromUs ≤ t < toUs, in order. */
export const spaceSeries = ({ marks }: ClaimRun, figure: string, fromUs: number, toUs: number): number[] =>
  marks
    .filter(({ program, body }) => program === 'space' && body.kind === 'measure')
    .filter(({ key }) => fromUs <= key.time && key.time < toUs)
    .map(({ body }) => body[figure] as number)

/** Its mean as one sample; none where nothing was measured. */
export function meanOver(run: ClaimRun, figure: string, fromUs: number, toUs: number): readonly number[] {
  const series = spaceSeries(run, figure, fromUs, toUs)
  return series.length === 0 ? [] : [mean(series)]
}
