import type { SpaceKind } from '../../engine/scenario/Scenario.ts'

/** What a figure is called, and what it counts in: a share is drawn from 0 to 1, everything else as it comes. */
export interface FigureText {
  readonly words: string
  readonly unit: 'share' | 'measurements' | 'steps' | 'world units' | 'a step' | ''
}
const share = (words: string): FigureText => ({ words, unit: 'share' })
const count = (words: string): FigureText => ({ words, unit: '' })
const length = (words: string): FigureText => ({ words, unit: 'world units' })

/** Figures of measurements (engine/scenario/spaceFigures.ts) in words, in sentence case. */
export const FIGURE_TEXTS: { readonly [figure: string]: FigureText } = {
  alive: count('Bodies up'),
  meanSpeed: { words: 'Mean speed', unit: 'a step' },
  polarisation: share('Polarisation'),
  milling: share('Milling'),
  clusters: count('Groups'),
  largestCluster: share('Share in the largest group'),
  clusterSize: count('Members of a body’s group'),
  clusterPolarisation: share('Polarisation within the groups'),
  clusterPurity: share('Purity of the groups'),
  trails: count('Trails'),
  trailLength: length('Longest trail'),
  trailShare: share('Share of the scent on trails'),
  largerShare: share('Larger share'),
  synchrony: share('Synchrony'),

  purity: share('Neighbours with the same task'),
  purityByChance: share('Same task by chance'),
  purityShuffled: share('Same task with tasks shuffled'),
  purityShuffledDeviation: share('Deviation between shuffles'),
  goalDistance: length('Distance to the goal'),

  placeError: length('Distance from place'),
  placeErrorMost: length('Largest distance from place'),
  outOfPlace: count('Bodies out of place'),
  gaps: count('Gaps'),
  moves: count('Moves'),

  crossings: count('Crossings'),
  crossedLeft: count('Crossings on the left'),
  shareLeft: share('Share on the left'),
  marksLeft: count('Marks on the left'),
  marksRight: count('Marks on the right'),
  antsLeft: count('Ants on the left'),
  antsRight: count('Ants on the right'),

  foodNear: count('Food, nearest pile'),
  foodSecond: count('Food, second pile'),
  foodFar: count('Food, farthest pile'),
  foodCarried: count('Food carried'),
  foodLost: count('Food lost with its carrier'),
  foodHome: count('Food brought home'),
  foodAtStart: count('Food at the start'),
  following: count('Ants on a trail'),
  trailMass: count('Scent of the trails'),

  mass: count('Scent in all'),
  wavelength: length('Width of the meshes'),
  peak: count('Highest value of the field'),
  varianceX: count('Spread across, squared'),
  varianceY: count('Spread along, squared'),
  ripple: count('Ripple from cell to cell'),
  alarmMass: count('Alarm in all'),

  neighbours: count('Neighbours in sight'),
  crowded: share('Share that is crowded'),

  tasksArrived: count('Tasks arrived'),
  tasksWaiting: count('Tasks waiting'),
  tasksBegun: count('Tasks begun'),
  tasksDone: count('Tasks done'),
  tasksTurnedAway: count('Tasks turned away'),
  tasksFound: count('Tasks found'),
  stepsToFind: { words: 'Time to find a task', unit: 'steps' },
  stepsToDone: { words: 'Time to finish a task', unit: 'steps' },
  workDone: count('Work done'),
  working: count('Bodies at work'),
  scentMass: count('Scent of the tasks'),
  markMass: count('Scent of the marks'),
}

/** The words of any figure, those of a detector's series too. */
export function figureText(name: string): FigureText {
  const known = FIGURE_TEXTS[name]
  if (known !== undefined) return known
  const [, kind, rest, period] = /^(oscillation|collapse)([A-Z]\w*?)??(Period)?$/.exec(name) ?? []
  if (kind === undefined) return count(spaced(name))
  const of = rest === undefined ? '' : ` of ${lower(figureText(rest[0]!.toLowerCase() + rest.slice(1)).words)}`
  if (kind === 'collapse') return share(`Fall${of}`)
  return period === undefined ? share(`Swing${of}`) : { words: `Period${of}`, unit: 'measurements' }
}

const lower = (words: string): string => words[0]!.toLowerCase() + words.slice(1)
/** meanSpeed → Mean speed. */
const spaced = (name: string): string => {
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return words[0]!.toUpperCase() + words.slice(1)
}

/** The figures that say most of what a model does, for the charts; detectors add theirs. */
export const MAIN_FIGURES: { readonly [K in SpaceKind]: readonly string[] } = {
  boids: ['clusterPolarisation', 'clusters'],
  vicsek: ['polarisation', 'largestCluster'],
  couzin: ['polarisation', 'milling'],
  affinity: ['purity', 'clusters'],
  formation: ['placeError', 'gaps'],
  bridge: ['shareLeft', 'crossings'],
  ants: ['foodNear', 'foodSecond', 'foodFar'],
  physarum: ['wavelength', 'mass'],
  scent: ['tasksWaiting', 'tasksDone'],
  field: ['mass', 'peak'],
}
