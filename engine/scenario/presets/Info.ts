/** What a scenario's Info page says: plain sentences for somebody who has not read the paper. */
export interface Info {
  readonly what: string
  readonly how: string
  readonly use: string
  readonly notice: readonly string[]
  readonly tryThis: readonly string[]
  readonly claims: readonly ClaimText[]
  readonly references: readonly string[]
}

/** A claim by the name it has in checks/claims; measured and expected values come from there, never from here. */
export interface ClaimText {
  readonly name: string
  readonly sentence: string
  readonly source: string
}
