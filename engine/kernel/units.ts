declare const unit: unique symbol
type Unit<Name extends string> = number & { readonly [unit]: Name }

/** Virtual time in whole microseconds; exact to 2⁵³ µs (285 years). */
export type Micros = Unit<'µs'>
/** Row in the agent table, 0…capacity−1, never reused. `ENV` (−1) stands for the environment. */
export type AgentId = Unit<'agent'>
/** An unsigned 32-bit integer. */
export type U32 = number

export const micros = (value: number): Micros => value as Micros
export const agentId = (value: number): AgentId => value as AgentId
export const millis = (ms: number): Micros => Math.round(ms * 1_000) as Micros
export const seconds = (s: number): Micros => Math.round(s * 1_000_000) as Micros

/** The environment: the source of start events, client clicks and scheduled faults. Sorts before every agent. */
export const ENV = -1 as AgentId
/** Nobody; distinct from every agent and from ENV. */
export const NONE = -2 as AgentId
/** A time after every event. */
export const NEVER = Number.MAX_SAFE_INTEGER as Micros
