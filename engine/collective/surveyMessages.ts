import { f64, i32, list, record, u32, union } from '../kernel/codec.ts'
import type { Layout } from '../kernel/codec.ts'
import type { AgentId, U32 } from '../kernel/units.ts'

/** Every message names its pass; a later pass than one's own begins it, an earlier one is not heard. */
export type SurveyMsg =
  /** Passed on at each smaller count of hops; `degree` is the origin's. */
  | { type: 'flood'; pass: U32; origin: AgentId; hops: U32; degree: U32 }
  /** To the origin: how far away its flood was heard. */
  | { type: 'answer'; pass: U32; hops: U32 }
  /** The sender's neighbours. */
  | { type: 'list'; pass: U32; ids: readonly AgentId[] }
  /** One exchange of averaging. */
  | { type: 'value'; pass: U32; round: U32; value: number }
  /** To the surveyor, who adds up: the sender's part of the graph. */
  | FindingMsg
  /** To the surveyor: how far the value moved in this round and in the next. */
  | { type: 'step'; pass: U32; round: U32; before: number; after: number }

export interface FindingMsg {
  type: 'finding'
  pass: U32
  degree: U32
  /** Links among the sender's neighbours. */
  triangles: U32
  /** Of the sender's own flood, itself included; 0 where it started none. */
  reached: U32
  farthest: U32
  /** Sum of hops to all it reached. */
  hopsTotal: number
}

export interface SurveyParams {
  /** Agents that start a flood, evenly spaced over the ids; as many as there are agents: everybody. */
  readonly origins: number
  /** Between the flood of one origin and the next one's, µs. */
  readonly floodEveryUs: number
  /** After which an origin counts the answers to its flood, and the surveyor what it was told, µs. */
  readonly settleUs: number
  /** Everybody counts the links among its neighbours and tells the agent with the smallest id, who adds up. */
  readonly neighbourhoods: boolean
  /** Exchanges of averaging, after the floods; 0 = none. */
  readonly rounds: number
  /** Between two exchanges, µs; longer than the longest delay of a link. */
  readonly roundUs: number
  /** Share of the differences that an exchange takes away; 0 = 1 / (1 + the largest degree that floods told of). */
  readonly gain: number
  /** From the end of one pass to the start of the next, µs; 0 = one pass and no more. */
  readonly pauseUs: number
}
export const SURVEY_DEFAULTS: SurveyParams = {
  origins: 1,
  floodEveryUs: 100_000,
  settleUs: 500_000,
  neighbourhoods: false,
  rounds: 0,
  roundUs: 20_000,
  gain: 0,
  pauseUs: 0,
}

const agent = i32 as Layout<number> as Layout<AgentId>
export const surveyMessages = union<SurveyMsg>({
  flood: record({ pass: u32, origin: agent, hops: u32, degree: u32 }),
  answer: record({ pass: u32, hops: u32 }),
  list: record({ pass: u32, ids: list(agent) }),
  value: record({ pass: u32, round: u32, value: f64 }),
  finding: record({ pass: u32, degree: u32, triangles: u32, reached: u32, farthest: u32, hopsTotal: f64 }),
  step: record({ pass: u32, round: u32, before: f64, after: f64 }),
})
