import { mean, quantile, type Histogram } from '../kernel/histogram.ts'

/** Figures of a whole swarm at work, from what was told of it. Pure functions. */

/** What a histogram of times says at a glance; true to 1/256. NaN while it is empty. */
export interface Percentiles {
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

export const percentiles = (h: Histogram): Percentiles => ({
  mean: mean(h),
  p50: quantile(h, 0.5),
  p95: quantile(h, 0.95),
  p99: quantile(h, 0.99),
  max: h.count === 0 ? NaN : h.max,
})

/** Messages that programs gave to the network for each task that ended; NaN before the first did. */
export const messagesPerTask = (messages: number, tasksEnded: number): number =>
  tasksEnded === 0 ? NaN : messages / tasksEnded

/** Messages that took the same way: `hops` links, each with a cost of `cost` a byte. */
export interface Traffic {
  readonly messages: number
  readonly bytes: number
  readonly hops: number
  /** Left out: 1, and the energy is in byte-hops. */
  readonly cost?: number
}

/**
 * Energy of the network, by definition of this lab: every byte costs the same on every link that it crosses, so
 * Σ messages × bytes × hops × cost a byte and hop. Nothing is counted for listening or for being switched on.
 */
export const networkEnergy = (traffic: readonly Traffic[]): number =>
  traffic.reduce((sum, { messages, bytes, hops, cost = 1 }) => sum + messages * bytes * hops * cost, 0)
