import type { Effects } from '../agents/Program.ts'
import type { FindingMsg, SurveyMsg } from './surveyMessages.ts'
import type { Sums, Survey } from './surveyState.ts'

/** One agent's part, added up by the surveyor. Mutates `sums`. */
export function addFinding(sums: Sums, finding: FindingMsg): void {
  const { degree, triangles, reached } = finding
  const pairs = (degree * (degree - 1)) / 2
  sums.agents++
  sums.degrees += degree
  sums.triangles += triangles
  sums.pairs += pairs
  sums.shares += pairs === 0 ? 0 : triangles / pairs
  if (reached === 0) return
  sums.origins++
  sums.reached += reached - 1
  sums.hopsTotal += finding.hopsTotal
  sums.farthest = Math.max(sums.farthest, finding.farthest)
}

/**
 * What the agents that the surveyor hears of are joined by. `clustering`: mean share of linked pairs of neighbours
 * (Watts and Strogatz 1998; 0 where there is no pair); `transitivity`: all linked pairs over all pairs (Barrat and
 * Weigt 2000); `farthest` and `meanHops` over the floods of this pass, so that with everybody an origin they are the
 * diameter and the mean distance.
 */
export function markGraph({ sums, pass }: Survey, out: Effects<SurveyMsg>): void {
  const { agents, degrees, triangles, pairs, shares, origins, reached, hopsTotal, farthest } = sums
  const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b)
  out.mark({
    ...{ kind: 'graph', pass, agents, links: degrees / 2, origins, farthest, meanHops: ratio(hopsTotal, reached) },
    ...{ clustering: ratio(shares, agents), transitivity: ratio(triangles, pairs) },
  })
}
