/**
 * A circuit breaker in front of one peer (Nygard, Release It!, 2007, "Circuit Breaker"): while calls fail too often it
 * refuses them at once, so that a caller wastes no time on a peer that is down and the peer has time to recover. Plain
 * state; functions mutate it and nothing else. Times are the owner's local µs.
 */
export interface CircuitBreaker {
  state: 'closed' | 'open' | 'half-open'
  /** Outcomes of the newest calls, 1 = failed; a ring of at most `window` places. */
  readonly outcomes: number[]
  /** Place of the next outcome in the ring once it is full. */
  next: number
  failures: number
  /** Periods begun: a call that was let through in an earlier one says nothing about this one. */
  period: number
  openedUs: number
  /** Half-open: trials let through, and those that came back well. */
  trials: number
  passed: number
}

export interface BreakerParams {
  /** Calls over which failures are counted; it judges nothing before it has seen so many. */
  readonly window: number
  /** Share of failures in the window from which on it opens, 0..1. */
  readonly threshold: number
  /** How long it stays open before it tries again, µs. */
  readonly openUs: number
  /** Trials that must all come back well before it closes. */
  readonly trials: number
}

/** What a call or an outcome did to the breaker; null: nothing. */
export type Transition = 'tripped' | 'half-open' | 'closed' | null

export const newBreaker = (): CircuitBreaker => ({
  ...{ state: 'closed', outcomes: [], next: 0, failures: 0, period: 0, openedUs: 0, trials: 0, passed: 0 },
})

/** The share of failures in the window, 0 where it is empty. */
export const failureShare = ({ outcomes, failures }: CircuitBreaker): number =>
  outcomes.length === 0 ? 0 : failures / outcomes.length

/** An open breaker whose time is over lets trials through again. Mutates `breaker`. */
export function wake(breaker: CircuitBreaker, params: BreakerParams, nowUs: number): Transition {
  if (breaker.state !== 'open' || nowUs - breaker.openedUs < params.openUs) return null
  begin(breaker, 'half-open')
  return 'half-open'
}

/** Whether a call may go out now. Call `wake` first; a call that goes out belongs to `breaker.period`. Mutates it. */
export function permit(breaker: CircuitBreaker, params: BreakerParams): boolean {
  if (breaker.state === 'closed') return true
  if (breaker.state === 'open' || breaker.trials >= params.trials) return false
  breaker.trials++
  return true
}

/** The outcome of a call that was let through in `period`. Mutates `breaker`. */
export function report(
  breaker: CircuitBreaker,
  params: BreakerParams,
  period: number,
  failed: boolean,
  nowUs: number,
): Transition {
  if (period !== breaker.period || breaker.state === 'open') return null
  if (breaker.state === 'half-open') {
    if (failed) return open(breaker, nowUs)
    if (++breaker.passed < params.trials) return null
    begin(breaker, 'closed')
    return 'closed'
  }
  count(breaker, params.window, failed)
  const judged = breaker.outcomes.length >= params.window && breaker.failures >= params.threshold * params.window
  return judged ? open(breaker, nowUs) : null
}

/** Mutates the ring. A window that was made smaller meanwhile starts anew. */
function count(breaker: CircuitBreaker, window: number, failed: boolean): void {
  const { outcomes } = breaker
  if (outcomes.length > window) clear(breaker)
  if (outcomes.length < window) outcomes.push(Number(failed))
  else {
    breaker.failures -= outcomes[breaker.next]!
    outcomes[breaker.next] = Number(failed)
    breaker.next = (breaker.next + 1) % window
  }
  breaker.failures += Number(failed)
}

/** The window stays as it was: what tripped it can be looked at until the next period is judged. */
function open(breaker: CircuitBreaker, nowUs: number): Transition {
  breaker.state = 'open'
  breaker.period++
  breaker.openedUs = nowUs
  return 'tripped'
}

function begin(breaker: CircuitBreaker, state: 'half-open' | 'closed'): void {
  breaker.state = state
  breaker.period++
  breaker.trials = 0
  breaker.passed = 0
  if (state === 'closed') clear(breaker)
}

function clear(breaker: CircuitBreaker): void {
  breaker.outcomes.length = 0
  breaker.next = 0
  breaker.failures = 0
}
