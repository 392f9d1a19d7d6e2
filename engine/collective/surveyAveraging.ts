import type { Effects } from '../agents/Program.ts'
import type { AgentId } from '../kernel/units.ts'
import type { SurveyMsg } from './surveyMessages.ts'
import { isNew, placeOf, type Survey } from './surveyState.ts'

type Out = Effects<SurveyMsg>
type Of<K extends SurveyMsg['type']> = Extract<SurveyMsg, { type: K }>

/** Purpose of the draw of the first value. */
const DRAW_VALUE = 1
/** Steps of a smaller root mean square are too near to rounding for ten digits of their ratio. */
const SMALLEST_STEP = 1e-6

/**
 * Averaging in lockstep, x ← x + gain·Σ(xⱼ − x), from numbers drawn uniformly in [0, 1). A gain of at most
 * 1 / (1 + largest degree) keeps every eigenvalue 1 − gain·λ of a round inside (−1, 1] (Gershgorin: λ ≤ 2·degree), so
 * that in the end only the slowest difference is left, which shrinks by 1 − gain·λ₂.
 */
export function beginAveraging(survey: Survey, out: Out): void {
  const { params, flood, averaging } = survey
  averaging.gain = params.gain > 0 ? params.gain : 1 / (1 + flood.degreeMost)
  averaging.value = out.draw(DRAW_VALUE) / 4_294_967_296
  if (survey.self === survey.surveyor) out.mark({ kind: 'averaging', pass: survey.pass, gain: averaging.gain })
}

/** Ends an exchange, if one is under way, and begins the next. */
export function onRound(survey: Survey, out: Out): void {
  const { averaging, params, pass } = survey
  if (averaging.round > 0) {
    const step = averaging.gain * averaging.difference
    const before = averaging.round - 1
    if (isReported(before, params.rounds))
      out.send(survey.surveyor, { type: 'step', pass, round: before, before: averaging.step, after: step })
    averaging.value += step
    averaging.step = step
    averaging.difference = 0
  }
  if (averaging.round >= params.rounds) {
    if (survey.self === survey.surveyor) out.setTimer('steps', params.settleUs)
    return
  }
  averaging.round++
  const { round, value } = averaging
  for (const id of survey.neighbours) out.send(id, { type: 'value', pass, round, value })
  out.setTimer('round', params.roundUs)
}

/** Rounds 1, 2, 4, 8 … and the last but one: fast graphs are at rest when slow ones have only begun. */
const isReported = (round: number, rounds: number): boolean =>
  round > 0 && ((round & (round - 1)) === 0 || round === rounds - 1)

export function onValue({ averaging, neighbours }: Survey, from: AgentId, { round, value }: Of<'value'>): void {
  if (round === averaging.round && isNew(averaging.heard, placeOf(neighbours, from), round))
    averaging.difference += value - averaging.value
}

/** The surveyor's part. */
export function onStep({ sums }: Survey, from: AgentId, { round, before, after }: Of<'step'>): void {
  let at = sums.rounds.indexOf(round)
  if (at === -1) {
    at = sums.rounds.push(round) - 1
    sums.counts.push(0)
    sums.squares.push(0)
    sums.products.push(0)
    sums.stepped.push([])
  }
  if (!isNew(sums.stepped[at]!, from, 1)) return
  sums.counts[at]!++
  sums.squares[at]! += before * before
  sums.products[at]! += before * after
}

/**
 * The steps d of all agents obey d ← (1 − gain·L)·d, so ⟨d, d′⟩ / ⟨d, d⟩ is a Rayleigh quotient: its error falls with
 * the square of what is left of the faster differences. The latest round whose steps are no mere rounding counts.
 */
export function markConnectivity({ sums, pass, averaging }: Survey, out: Out): void {
  let best = -1
  sums.rounds.forEach((round, k) => {
    const loud = sums.squares[k]! >= sums.counts[k]! * SMALLEST_STEP * SMALLEST_STEP
    if (loud && (best === -1 || round > sums.rounds[best]!)) best = k
  })
  if (best === -1) return
  const contraction = sums.products[best]! / sums.squares[best]!
  const connectivity = (1 - contraction) / averaging.gain
  out.mark({
    kind: 'contracted',
    pass,
    round: sums.rounds[best]!,
    agents: sums.counts[best]!,
    contraction,
    connectivity,
  })
}
