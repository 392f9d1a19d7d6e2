import type { ClaimRun } from './Claim.ts'

/** Figures of one measurement of a space by name, as its model and EmergentBehavior told them. */
export type SpaceFigures = { readonly [figure: string]: number }

/** The measurements of a run in their order. */
export const measurements = (run: ClaimRun): readonly SpaceFigures[] =>
  run.marks
    .filter(({ program, body }) => program === 'space' && body.kind === 'measure')
    .map(({ body }) => body as unknown as SpaceFigures)
