import type { AgentId, U32 } from '../kernel/units.ts'
import type { SurveyParams } from './surveyMessages.ts'

/** What one agent knows of the graph in one pass of the survey. */
export interface Survey {
  readonly self: AgentId
  readonly params: SurveyParams
  /** Agents that run the survey, and this one's place among them. */
  readonly agents: U32
  readonly place: U32
  /** Adds up what everybody finds: the member with the smallest id. */
  readonly surveyor: AgentId
  neighbours: AgentId[]
  pass: U32
  flood: Floods
  /** Answers to its own flood: hops by agent id, −1 where none came. Empty at who started none. */
  answers: number[]
  /** Links among its neighbours, each told by both ends; and who has told, 1 by place in `neighbours`. */
  triangleEnds: U32
  listed: number[]
  averaging: Averaging
  sums: Sums
}

/** Floods heard in this pass: parallel columns, in the order of hearing. */
export interface Floods {
  origins: AgentId[]
  hops: U32[]
  /** Copies of the latest flood heard; one comes over every link. */
  copies: U32
  /** Largest degree of an origin heard of, and its own. */
  degreeMost: U32
}

export interface Averaging {
  gain: number
  /** Exchanges begun. */
  round: U32
  value: number
  /** Σ (theirs − mine) of the exchange under way. */
  difference: number
  /** How far the last exchange moved `value`. */
  step: number
  /** Round of the last value heard, by place in `neighbours`. */
  heard: number[]
}

/** Only the surveyor's are used. A message that comes twice counts once. */
export interface Sums {
  /** By agent id: 1 where its finding is in. */
  found: number[]
  agents: U32
  degrees: number
  triangles: number
  /** Pairs of neighbours. */
  pairs: number
  /** Σ of the shares of neighbours' pairs that are linked. */
  shares: number
  origins: U32
  reached: number
  hopsTotal: number
  farthest: U32
  /** By round reported: parallel columns. */
  rounds: U32[]
  /** By agent id: 1 where its step of that round is in. */
  stepped: number[][]
  counts: U32[]
  squares: number[]
  products: number[]
}

export const noFloods = (degree: U32): Floods => ({ origins: [], hops: [], copies: 0, degreeMost: degree })
export const noAveraging = (): Averaging => ({ gain: 0, round: 0, value: 0, difference: 0, step: 0, heard: [] })
export const noSums = (): Sums => ({
  ...{ found: [], stepped: [], agents: 0, degrees: 0, triangles: 0, pairs: 0, shares: 0 },
  ...{ origins: 0, reached: 0, hopsTotal: 0, farthest: 0, rounds: [], counts: [], squares: [], products: [] },
})

/** Agents that start a flood in a pass. */
export const originsOf = ({ params, agents }: Survey): number => Math.min(params.origins, agents)

/** Its place among the origins of a pass, in the order in which they start; −1 where it is none. */
export function originPlace(survey: Survey): number {
  const { place, agents } = survey
  const origins = originsOf(survey)
  const k = Math.ceil((place * origins) / agents)
  return k < origins && Math.floor((k * agents) / origins) === place ? k : -1
}

/** From the start of a pass to when every flood has settled, µs. */
export function floodsUs(survey: Survey): number {
  const { floodEveryUs, settleUs } = survey.params
  const origins = originsOf(survey)
  return origins === 0 ? 1 : (origins - 1) * floodEveryUs + settleUs
}

/** From the start of a pass to its end, µs. */
export function passUs(survey: Survey): number {
  const { neighbourhoods, rounds, roundUs, settleUs } = survey.params
  return floodsUs(survey) + (neighbourhoods || rounds > 0 ? rounds * roundUs + 2 * settleUs : 0)
}

/** Place of `id` in an ascending list, −1 where it is not there. */
export function placeOf(ascending: readonly AgentId[], id: AgentId): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < id) low = middle + 1
    else high = middle
  }
  return ascending[low] === id ? low : -1
}

/** Whether `stamp` is new at `place`, and notes it there. Fills the list up with zeros; −1 is nowhere, always new. */
export function isNew(stamps: number[], place: number, stamp: number): boolean {
  if (place < 0) return true
  while (stamps.length <= place) stamps.push(0)
  if (stamps[place] === stamp) return false
  stamps[place] = stamp
  return true
}
