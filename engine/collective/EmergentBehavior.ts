import { cbrt } from '../kernel/math.ts'
import type { Plain } from '../kernel/plain.ts'
import type { Figures, Space, SpaceModel, Watcher } from '../space/SpaceModel.ts'
import { ClusterSearch, type Clusters } from './clusters.ts'
import { Detectors, detectorSlots, seriesSlots, sourceOf, type Detection } from './detectors.ts'
import { linkDistance } from './linkDistance.ts'
import { countAlong, emptyMotion, measureCentre, measureMotion, spreadOf } from './motion.ts'
import { RidgeSearch, type Ridges } from './ridges.ts'
import { largerShareOf, synchronyOf } from './synchrony.ts'

/** Clusters of more bodies than this are looked for only where a detector asks. */
export const CLUSTERS_UNASKED_MAX = 20_000
/** Figures that cost a search, or mean something to few models: measured where a detector asks for one of them. */
const CLUSTER_FIGURES = ['clusters', 'largestCluster', 'clusterSize', 'clusterPolarisation', 'clusterPurity']
const TRAIL_FIGURES = ['trails', 'trailLength', 'trailShare']

type MarkBody = { readonly kind: string; readonly [field: string]: Plain }

/**
 * Figures and detections of what emerges, over the columns of a space: at every measurement, on one worker, rows
 * ascending. Polarisation, milling, mean speed and who is up always; clusters up to CLUSTERS_UNASKED_MAX bodies, and
 * whatever a detector asks for. A model's figure of the same name stands.
 */
export const emergentBehavior: Watcher = {
  arrays: ({ detectors }) =>
    detectors.length === 0
      ? {}
      : {
          detectors: { type: 'f64', length: detectorSlots(detectors), keep: true },
          detectorSeries: { type: 'f64', length: Math.max(1, seriesSlots(detectors)), keep: true },
        },
  bind: (space, model) => new Watch(space, model),
}

class Watch {
  private readonly motion = emptyMotion()
  private readonly clusterSearch = new ClusterSearch()
  private readonly ridgeSearch = new RidgeSearch()
  private clusters: Clusters | null = null
  private ridges: Ridges | null = null
  private readonly detectors: Detectors | null
  private readonly groups: number
  private readonly hasField: boolean
  private readonly hasPhase: boolean
  private readonly centre = new Float64Array(3)

  constructor(
    private readonly space: Space,
    model: SpaceModel,
  ) {
    const { spec, capacity, columns, rows } = space
    const own = model.arrays(spec, capacity, columns, rows)
    this.hasField = 'field' in own
    this.hasPhase = 'phase' in own
    this.groups = Math.max(1, model.groups(spec).length)
    const column = (name: string): Float64Array => space.array(name) as Float64Array
    this.detectors =
      spec.detectors.length === 0 ? null : new Detectors(spec.detectors, column('detectors'), column('detectorSeries'))
  }

  measure(timeUs: number, figures: Figures): readonly MarkBody[] {
    const all = { ...this.figures(figures), ...figures }
    this.detectors?.take(all)
    const sizes = this.clusters === null ? {} : { clusterSizes: this.clusters.sizes }
    const detections = this.detectors?.judge(timeUs, all) ?? []
    return [{ kind: 'measure', ...all, ...sizes }, ...detections.map((detection) => this.markOf(detection))]
  }

  private asks(figures: readonly string[]): boolean {
    return this.space.spec.detectors.some((detector) => figures.includes(sourceOf(detector)))
  }

  private figures(own: Figures): Figures {
    const { space, motion } = this
    measureMotion(space, motion)
    const { alive, polarisation, milling, meanSpeed } = motion
    const figures: Figures = { alive, meanSpeed, polarisation, milling }
    this.addClusters(figures)
    this.addRidges(figures)
    if (own['shareLeft'] !== undefined) figures['largerShare'] = Math.max(own['shareLeft'], 1 - own['shareLeft'])
    else if (this.asks(['largerShare'])) figures['largerShare'] = largerShareOf(space)
    if (this.hasPhase || this.asks(['synchrony']))
      figures['synchrony'] = synchronyOf(space, this.hasPhase ? space.array('phase') : null)
    return figures
  }

  private addClusters(figures: Figures): void {
    const { space, motion } = this
    const distance = linkDistance(space) || (this.asks(CLUSTER_FIGURES) ? spacingOf(space, motion.alive) : 0)
    this.clusters = null
    if (distance <= 0 || (space.count > CLUSTERS_UNASKED_MAX && !this.asks(CLUSTER_FIGURES))) return
    this.clusterSearch.find(space, distance)
    this.clusters = this.clusterSearch.summary(space, this.groups)
    const { count: clusters, largest: largestCluster, size: clusterSize, polarisation, purity } = this.clusters
    Object.assign(figures, { clusters, largestCluster, clusterSize, clusterPolarisation: polarisation })
    if (this.groups > 1) figures['clusterPurity'] = purity
  }

  private addRidges(figures: Figures): void {
    const { space } = this
    this.ridges = null
    if (!this.hasField || !this.asks(TRAIL_FIGURES)) return
    const field = space.array('field') as Float32Array
    const { count, longest, share } = (this.ridges = this.ridgeSearch.find(space, field, 0))
    Object.assign(figures, { trails: count, trailLength: longest, trailShare: share })
  }

  private markOf(detection: Detection): MarkBody {
    const { alive } = this.motion
    const { kind, ...rest } = detection
    return { kind, ...rest, alive, ...(kind === 'emerged' ? this.placeOf(detection) : {}) }
  }

  /** Where it is, how far it reaches and who takes part, as far as that has a meaning; not where it is everywhere. */
  private placeOf({ what, figure }: Detection): { readonly [field: string]: Plain } {
    const { space, motion, clusters, ridges } = this
    if (what === 'flock' || what === 'mill') {
      const members = countAlong(space, motion, what === 'mill' ? 'turning' : 'heading')
      return { ...this.disc(motion.centre, motion.spread), members }
    }
    if (CLUSTER_FIGURES.includes(figure) && clusters !== null && clusters.fullest >= 0) {
      const { roots } = this.clusterSearch
      measureCentre(space, roots, clusters.fullest, this.centre)
      const spread = spreadOf(space, roots, clusters.fullest, this.centre)
      return { ...this.disc(this.centre, spread), members: clusters.members }
    }
    if (TRAIL_FIGURES.includes(figure) && ridges !== null && ridges.count > 0)
      return { place: [...ridges.place, 0], radius: ridges.radius }
    return {}
  }

  /** An even disc of radius r has spread r/√2. */
  private disc(centre: Float64Array, spread: number): { readonly [field: string]: Plain } {
    const { width, height } = this.space.spec
    const radius = Math.sqrt(2) * spread
    return radius > WIDEST * Math.min(width, height) ? {} : { place: [...centre], radius }
  }
}

/** A disc that takes more of the world's smallest side is everywhere, and points nothing out. */
const WIDEST = 0.4

/** Side of the square (cube) that a body would have for itself if all were spread evenly. */
function spacingOf({ spec }: Space, alive: number): number {
  const { width, height, depth, dimensions } = spec
  if (alive === 0) return 0
  return dimensions === 3 ? cbrt((width * height * depth) / alive) : Math.sqrt((width * height) / alive)
}
