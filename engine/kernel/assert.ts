export class AssertionError extends Error {
  override readonly name = 'AssertionError'
}

/**
 * For what can only be our bug: stop the run and name the claim. A protocol's safety check that fails is a finding, not
 * this.
 */
export function assert(ok: boolean, claim: string): asserts ok {
  if (!ok) throw new AssertionError(claim)
}

/** The compiler proves that this is never reached; at run time it says what reached it. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${JSON.stringify(value)}`)
}
