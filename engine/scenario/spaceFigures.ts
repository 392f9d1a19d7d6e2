import type { DetectorSpec, SpaceKind, SpaceSpec } from './Scenario.ts'

/**
 * Figures that a space is measured by, by name. Models and collective/EmergentBehavior.ts own them; a scenario, a sweep
 * and the charts must know them before anything has run, so they are held here, and a test compares them.
 */

/** A model's own, in the order it gives them. */
export const MODEL_FIGURES: { readonly [K in SpaceKind]: readonly string[] } = {
  boids: ['neighbours', 'crowded'],
  vicsek: [],
  couzin: [],
  affinity: ['purity', 'purityByChance', 'purityShuffled', 'purityShuffledDeviation', 'goalDistance'],
  formation: ['placeError', 'placeErrorMost', 'outOfPlace', 'gaps', 'moves'],
  bridge: ['crossings', 'crossedLeft', 'shareLeft', 'marksLeft', 'marksRight', 'antsLeft', 'antsRight'],
  ants: [
    ...['foodNear', 'foodSecond', 'foodFar', 'foodCarried', 'foodLost', 'foodHome', 'foodAtStart', 'following'],
    'trailMass',
  ],
  physarum: ['mass', 'moves', 'wavelength'],
  scent: [
    ...['tasksArrived', 'tasksWaiting', 'tasksBegun', 'tasksDone', 'tasksTurnedAway', 'tasksFound', 'stepsToFind'],
    ...['stepsToDone', 'workDone', 'working', 'scentMass', 'markMass'],
  ],
  field: ['mass', 'peak', 'varianceX', 'varianceY', 'ripple', 'alarmMass'],
}

/** Of every model. */
export const SWARM_FIGURES: readonly string[] = ['alive', 'meanSpeed', 'polarisation', 'milling']
export const CLUSTER_FIGURES: readonly string[] = [
  ...['clusters', 'largestCluster', 'clusterSize', 'clusterPolarisation', 'clusterPurity'],
]
export const TRAIL_FIGURES: readonly string[] = ['trails', 'trailLength', 'trailShare']
/** Models whose bodies keep company, so that clusters are looked for without being asked for. */
export const COMPANIES: readonly SpaceKind[] = ['boids', 'vicsek', 'couzin', 'affinity']
/** Models that have a field. */
export const FIELDS: readonly SpaceKind[] = ['bridge', 'ants', 'physarum', 'scent', 'field']

/** The figure that crosses a detector's threshold where the detector names none. */
export const DETECTOR_FIGURES: { readonly [K in DetectorSpec['kind']]: string } = {
  flock: 'polarisation',
  mill: 'milling',
  clusters: 'clusters',
  trail: 'trailLength',
  symmetry: 'largerShare',
  synchrony: 'synchrony',
  oscillation: 'oscillation',
  collapse: 'collapse',
}

const SERIES: readonly string[] = ['oscillation', 'collapse']
/** The figure that crosses a detector's threshold. */
export function detectorFigure({ kind, of }: DetectorSpec): string {
  if (of === undefined) return DETECTOR_FIGURES[kind]
  return SERIES.includes(kind) ? `${kind}${of[0]!.toUpperCase()}${of.slice(1)}` : of
}

/** Figures that a detector can name in `of`: whatever is measured, or is measured once it is asked for. */
export const knownFigures = ({ kind }: SpaceSpec): readonly string[] => [
  ...new Set([
    ...MODEL_FIGURES[kind],
    ...[...SWARM_FIGURES, ...CLUSTER_FIGURES, 'largerShare', 'synchrony'],
    ...(FIELDS.includes(kind) ? TRAIL_FIGURES : []),
  ]),
]

/** All figures that measurements of this space can have, the model's first. Some a run may not show. */
export function figuresOf(space: SpaceSpec): readonly string[] {
  const { kind, detectors } = space
  const asked = detectors.map((detector) => detector.of ?? DETECTOR_FIGURES[detector.kind])
  const asks = (figures: readonly string[]): boolean => figures.some((name) => asked.includes(name))
  const series = detectors.flatMap((detector) => {
    const name = detectorFigure(detector)
    return detector.kind === 'oscillation' ? [name, `${name}Period`] : detector.kind === 'collapse' ? [name] : []
  })
  return [
    ...new Set([
      ...MODEL_FIGURES[kind],
      ...SWARM_FIGURES,
      ...(COMPANIES.includes(kind) || asks(CLUSTER_FIGURES) ? CLUSTER_FIGURES : []),
      ...(FIELDS.includes(kind) && asks(TRAIL_FIGURES) ? TRAIL_FIGURES : []),
      ...(MODEL_FIGURES[kind].includes('shareLeft') || asks(['largerShare']) ? ['largerShare'] : []),
      ...(asks(['synchrony']) ? ['synchrony'] : []),
      ...series,
    ]),
  ]
}

/** Why a detector of this space could never notice anything; null where it could. */
export function detectorProblem(space: SpaceSpec, detector: DetectorSpec): string | null {
  const known = knownFigures(space)
  const { of, kind } = detector
  if (of !== undefined && !known.includes(of)) return `of: "${of}" is not one of ${known.join(', ')}`
  if (of === undefined && kind === 'trail' && !FIELDS.includes(space.kind))
    return `kind: "trail" needs a model with a field, and "${space.kind}" has none`
  return null
}
