import type { MarkBody } from '../../agents/Program.ts'
import type { ClaimRun } from './Claim.ts'

/** What the survey program told of its first pass. */
export const firstPass = ({ marks }: ClaimRun, kind: string): readonly MarkBody[] =>
  marks.flatMap(({ program, body }) => (program === 'survey' && body.kind === kind && body.pass === 1 ? [body] : []))

/** A field of the first mark of its kind; none where it was never told. */
export const told = (run: ClaimRun, kind: string, field: string): readonly number[] =>
  firstPass(run, kind)
    .slice(0, 1)
    .map((body) => body[field] as number)
