/** A number in [0, 1) for purpose number `purpose` of the fault at hand, the `nth` of its kind. */
export type Draw = (purpose: number, nth?: number) => number

/** What a fault's numbers are for; frozen, since draws are addressed by them. */
export const PURPOSE = {
  gap: 0,
  kind: 1,
  duration: 2,
  shape: 3,
  size: 4,
  strength: 5,
  second: 6,
  group: 7,
  aim: 16,
  who: 17,
} as const
