import * as v from 'valibot'
import { durationUs, kebab, list, object, probability, real, whole, word } from './fields.ts'
import { LIMITS } from './limits.ts'
import type { WorkloadSpec } from './Scenario.ts'

/** What a field of `tasks.workload` means where it is left out. */
export const WORKLOAD_DEFAULTS: WorkloadSpec = {
  arrivals: 'poisson',
  perSecond: 100,
  burstFactor: 10,
  burstUs: 200_000,
  calmUs: 2_000_000,
  clients: 10,
  thinkUs: 0,
  count: 0,
  size: 'exponential',
  meanUs: 10_000,
  shape: 1.5,
  smallShare: 0.9,
  smallUs: 5_000,
  largeUs: 55_000,
  prediction: 'none',
  predictionError: 0,
  kinds: 1,
  requires: [],
  turnUs: 0,
  turnShare: 0.8,
  kindFactor: 1,
  priorities: 1,
  demands: 1,
  deadlineFactor: 0,
  dag: 'none',
  width: 8,
  depth: 3,
  file: null,
  timeScale: 1,
  sizeScale: 1,
}

const file = object({
  name: v.pipe(
    v.string('is not a text'),
    v.check((text) => text.length >= 1 && text.length <= 255, 'is not 1..255 characters long'),
  ),
  bytes: whole(1, LIMITS.jobLogBytesMax),
  sha256: v.pipe(
    v.string('is not a text'),
    v.check((text) => /^[0-9a-f]{64}$/.test(text), 'is not 64 hexadecimal digits'),
  ),
})
const d = WORKLOAD_DEFAULTS
const scale = (normal: number) => v.optional(real(0.000_001, 1_000_000), normal)

const workload = object({
  arrivals: v.optional(word(['poisson', 'bursty', 'closed', 'batch', 'log']), d.arrivals),
  perSecond: v.optional(real(0, 1_000_000), d.perSecond),
  burstFactor: v.optional(real(1, 1_000_000), d.burstFactor),
  burstUs: v.optional(durationUs(), d.burstUs),
  calmUs: v.optional(durationUs(), d.calmUs),
  clients: v.optional(whole(1, 1_000_000), d.clients),
  thinkUs: v.optional(durationUs(0), d.thinkUs),
  count: v.optional(whole(0, LIMITS.tasksMax), d.count),
  size: v.optional(word(['exponential', 'constant', 'pareto', 'bimodal']), d.size),
  meanUs: v.optional(durationUs(), d.meanUs),
  shape: v.optional(real(1.01, 100), d.shape),
  smallShare: v.optional(probability(), d.smallShare),
  smallUs: v.optional(durationUs(), d.smallUs),
  largeUs: v.optional(durationUs(), d.largeUs),
  prediction: v.optional(word(['none', 'exact', 'exponential', 'classifier']), d.prediction),
  predictionError: v.optional(probability(), d.predictionError),
  kinds: v.optional(whole(1, 32), d.kinds),
  requires: v.optional(list(list(kebab(), 16), 32), () => []),
  turnUs: v.optional(durationUs(0), d.turnUs),
  turnShare: v.optional(probability(), d.turnShare),
  kindFactor: v.optional(real(0.01, 100), d.kindFactor),
  priorities: v.optional(whole(1, 16), d.priorities),
  demands: v.optional(whole(1, 32), d.demands),
  deadlineFactor: v.optional(real(0, 1_000_000), d.deadlineFactor),
  dag: v.optional(word(['none', 'fork-join', 'pipeline', 'random']), d.dag),
  width: v.optional(whole(1, 1_000), d.width),
  depth: v.optional(whole(1, 1_000), d.depth),
  file: v.optional(v.nullable(file), d.file),
  timeScale: scale(d.timeScale),
  sizeScale: scale(d.sizeScale),
})

export const tasksSchema = object({ workload: v.optional(workload, () => ({})) })
