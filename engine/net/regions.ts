import { assert } from '../kernel/assert.ts'

/**
 * Measured latency between cloud regions: average round trips in milliseconds, 27 July to 25 August 2024, row = from,
 * column = to. Source: IBM Cloud VPC documentation, "Network latency". Within a region see ZONE_RTT_MS.
 */
export const REGIONS = [
  'Dallas',
  'Toronto',
  'Washington DC',
  'Frankfurt',
  'London',
  'Madrid',
  'Osaka',
  'Sydney',
  'Tokyo',
  'Sao Paulo',
] as const
export type Region = (typeof REGIONS)[number]

// prettier-ignore
const RTT_MS: readonly (readonly number[])[] = [
  [  0,  34,  31, 123, 113, 119, 150, 186, 143, 146],
  [ 34,   0,  19,  93,  82, 108, 168, 215, 162, 129],
  [ 31,  19,   0,  91,  75,  87, 172, 214, 164, 118],
  [123,  93,  91,   0,  13,  29, 232, 250, 233, 198],
  [113,  83,  75,  13,   0,  27, 244, 261, 243, 188],
  [122, 106,  88,  29,  27,   0, 257, 275, 258, 209],
  [150, 169, 172, 231, 243, 257,   0, 122,   9, 293],
  [186, 214, 214, 249, 261, 275, 122,   0, 115, 328],
  [143, 162, 166, 233, 244, 256,   9, 115,   0, 284],
  [144, 128, 119, 196, 187, 208, 291, 328, 283,   0],
]

/** Average round trips between the three zones of one region (Dallas), same source and month. */
export const ZONES = ['Dallas 1', 'Dallas 2', 'Dallas 3'] as const
const ZONE_RTT_MS: readonly (readonly number[])[] = [
  [0.09, 2.03, 2.2],
  [2.03, 0.09, 2.18],
  [2.2, 2.18, 0.08],
]

/** Index into REGIONS; −1 for a name that is not there. */
export const regionIndex = (name: string): number => REGIONS.indexOf(name as Region)

/** Half the round trip between two regions, whole µs; 0 from a region to itself, which the matrix does not give. */
export function oneWayUs(from: number, to: number): number {
  const rttMs = RTT_MS[from]?.[to]
  assert(rttMs !== undefined, 'a region is one of REGIONS')
  return rttMs * 500
}

/** Half the round trip between two zones (or within one), whole µs. */
export function zoneOneWayUs(from: number, to: number): number {
  const rttMs = ZONE_RTT_MS[from]?.[to]
  assert(rttMs !== undefined, 'a zone is one of ZONES')
  return Math.round(rttMs * 500)
}
