import { meanMessages, varianceOfMessages } from './changRoberts.ts'
import { rounded, within, type Claim, type ClaimRun, type Setup } from './Claim.ts'
import { mean, pool } from './statistics.ts'

const AGENTS = 60
const ROUND: Setup = { set: [], untilUs: 2_000_000 }

/** Messages of the election: all that the network took, less the announcement's, one for each agent it reached. */
function electionMessages({ marks, messages }: ClaimRun): readonly number[] {
  const ring = marks.filter(({ program }) => program === 'ring-election')
  if (!ring.some(({ body }) => body.kind === 'elected')) return []
  return [messages - ring.filter(({ body }) => body.kind === 'informed').length]
}

export const ringElectionClaims: readonly Claim[] = [
  {
    name: 'ring-messages',
    scenario: 'ring-election',
    source: 'Chang and Roberts 1979; theorem for numbers in random order',
    unit: 'messages',
    seeds: { quick: 200, full: 2_000 },
    setups: [ROUND],
    control: {
      what: 'links that deliver one message in twenty twice',
      seeds: 40,
      setups: [{ ...ROUND, set: ['network.duplicate=0.05'] }],
    },
    measure: electionMessages,
    summary: (samples) => mean(pool(samples)),
    expectation(seeds) {
      const deviation = Math.sqrt(varianceOfMessages(AGENTS))
      const why = `four standard errors of ${seeds} elections, each ±${rounded(deviation)}`
      return within(rounded(meanMessages(AGENTS)), (4 * deviation) / Math.sqrt(seeds), why)
    },
  },
]
