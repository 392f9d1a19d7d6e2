import type { Graph } from './clusters.ts'

/** Steps of smoothing: enough for neighbours to agree, few enough for clusters to stay apart. */
const ROUNDS = 60

/** xz in the unit disc for each agent of a part, in its order. */
export function spread(part: readonly number[], graph: Graph): Float32Array {
  const place = new Int32Array(graph.from.length)
  part.forEach((agent, k) => (place[agent] = k))
  const first = mode(part, graph, place, null)
  const second = mode(part, graph, place, first)
  return evenly(first, second)
}

/** One slow mode: averaged over neighbours again and again, kept free of the mean and of `other`. */
function mode(part: readonly number[], graph: Graph, place: Int32Array, other: Float64Array | null): Float64Array {
  const n = part.length
  let value = Float64Array.from(part, (_, k) => Math.sin((other ? 2.7 : 1.3) * k + 0.5) + (other ? (k % 7) / 7 : k / n))
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(n)
    for (let k = 0; k < n; k++) {
      const agent = part[k]!
      const degree = graph.from[agent + 1]! - graph.from[agent]!
      let sum = 0
      for (let e = graph.from[agent]!; e < graph.from[agent + 1]!; e++) sum += value[place[graph.to[e]!]!]!
      next[k] = 0.5 * value[k]! + (0.5 * sum) / Math.max(1, degree)
    }
    centre(next)
    if (other) withoutMode(next, other)
    scaleUp(next)
    value = next
  }
  return value
}

function centre(value: Float64Array): void {
  let mean = 0
  for (const v of value) mean += v / value.length
  for (let k = 0; k < value.length; k++) value[k]! -= mean
}

function withoutMode(value: Float64Array, other: Float64Array): void {
  let dot = 0
  let size = 0
  for (let k = 0; k < value.length; k++) {
    dot += value[k]! * other[k]!
    size += other[k]! * other[k]!
  }
  if (size > 0) for (let k = 0; k < value.length; k++) value[k]! -= (dot / size) * other[k]!
}

function scaleUp(value: Float64Array): void {
  let most = 0
  for (const v of value) most = Math.max(most, Math.abs(v))
  if (most > 0) for (let k = 0; k < value.length; k++) value[k]! /= most
}

/**
 * Two coordinates to even places in the unit disc: sorted by direction into the turns of circles that fill it, near
 * the middle first.
 */
function evenly(x: Float64Array, z: Float64Array): Float32Array {
  const n = x.length
  const order = Array.from({ length: n }, (_, k) => k)
  const far = Float64Array.from(order, (k) => Math.hypot(x[k]!, z[k]!))
  order.sort((a, b) => far[a]! - far[b]! || a - b)
  const at = new Float32Array(2 * n)
  const rings = Math.max(1, Math.round(Math.sqrt(n / Math.PI)))
  let start = 0
  for (let ring = 0; ring < rings; ring++) {
    const end = ring === rings - 1 ? n : Math.round((n * (ring + 1) ** 2) / rings ** 2)
    const here = order.slice(start, end).sort((a, b) => Math.atan2(z[a]!, x[a]!) - Math.atan2(z[b]!, x[b]!) || a - b)
    const radius = (ring + 0.5) / rings
    const turn = here.length > 0 ? Math.atan2(z[here[0]!]!, x[here[0]!]!) : 0
    here.forEach((k, i) => {
      const angle = turn + (2 * Math.PI * i) / here.length
      at[2 * k] = radius * Math.cos(angle)
      at[2 * k + 1] = radius * Math.sin(angle)
    })
    start = end
  }
  return at
}
