import type { ClaimRun } from './Claim.ts'

/** One measurement of a bridge; see space/bridge.ts. */
export interface BridgeFigures {
  readonly crossings: number
  readonly crossedLeft: number
  readonly marksLeft: number
  readonly marksRight: number
}

/** The measurements of a run in their order. */
export const bridgeFigures = (run: ClaimRun): readonly BridgeFigures[] =>
  run.marks
    .filter(({ program, body }) => program === 'space' && body.kind === 'measure')
    .map(({ body }) => body as unknown as BridgeFigures)

/** The measurement after so many crossings; undefined where none was made at that very count. */
export const afterCrossings = (run: ClaimRun, crossings: number): BridgeFigures | undefined =>
  bridgeFigures(run).find((figures) => figures.crossings === crossings)

export const shareAhead = (a: number, b: number): number => Math.max(a, b) / (a + b)
