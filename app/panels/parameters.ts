import type { LatencyLaw, Scenario } from '../../engine/scenario/Scenario.ts'
import { durationText } from './format.ts'

/** One control of the parameter panel. `path` is what `--set` takes, so a person can repeat it headless. */
export type Parameter = SliderParameter | ChoiceParameter
/** A field by its path, as `--set` names it, and its value. */
export type Setting = readonly [path: string, value: unknown]
interface Common {
  readonly id: string
  readonly label: string
  readonly path: string
  applies(scenario: Scenario): boolean
}
export interface SliderParameter extends Common {
  readonly type: 'slider'
  readonly min: number
  readonly max: number
  readonly step: number
  /** The slider moves over the logarithm. */
  readonly log?: boolean
  get(scenario: Scenario): number
  /** The fields, by path, that make it `value`. */
  sets(scenario: Scenario, value: number): readonly Setting[]
  text(value: number): string
}
export interface ChoiceParameter extends Common {
  readonly type: 'choice'
  readonly options: readonly { readonly value: string; readonly label: string }[]
  get(scenario: Scenario): string
  sets(scenario: Scenario, value: string): readonly Setting[]
}

const raftParam = (scenario: Scenario, name: string): number | null => {
  const value = scenario.programs.find((p) => p.kind === 'raft')?.params[name]
  return typeof value === 'number' ? value : null
}
const percent = (value: number): string => `${Number((100 * value).toFixed(1))} %`

/** The mean one-way latency that a law's scale stands for, µs; null where the figures are measured. */
export function meanUs(law: LatencyLaw): number | null {
  if (law.kind === 'constant') return law.us
  if (law.kind === 'uniform') return (law.minUs + law.maxUs) / 2
  return law.kind === 'exponential' ? law.floorUs + law.meanUs : null
}

/** The same law stretched so that its mean becomes `mean`; floors stay at least 1 µs. */
export function stretch(law: LatencyLaw, mean: number): LatencyLaw {
  const now = meanUs(law)
  if (now === null || now <= 0) return law
  const by = (us: number, min: number): number => Math.max(min, Math.round((us * mean) / now))
  if (law.kind === 'constant') return { ...law, us: by(law.us, 1) }
  if (law.kind === 'uniform') return { ...law, minUs: by(law.minUs, 1), maxUs: by(law.maxUs, 1) }
  return law.kind === 'exponential' ? { ...law, floorUs: by(law.floorUs, 1), meanUs: by(law.meanUs, 0) } : law
}

const KINDS = [
  { value: 'mesh', label: 'mesh' },
  { value: 'hierarchical', label: 'tree' },
  { value: 'ring', label: 'ring' },
] as const
const COMPOSITES = [
  { value: 'mesh-of-trees', label: 'mesh of trees' },
  { value: 'ring-of-trees', label: 'ring of trees' },
] as const
const isComposite = (s: Scenario): boolean => COMPOSITES.some((c) => c.value === s.topology.kind)

const topology = (id: string, options: ChoiceParameter['options'], applies: Common['applies']): ChoiceParameter => ({
  id,
  type: 'choice',
  label: 'Topology',
  path: 'topology.kind',
  options,
  applies,
  get: (s) => s.topology.kind,
  sets: (_, value) => [['topology.kind', value]],
})

const raftTimer = (name: string, label: string, min: number, max: number, also?: string): SliderParameter => ({
  id: name,
  type: 'slider',
  label,
  path: `programs.raft.params.${name}`,
  min,
  max,
  step: 5_000,
  applies: (s) => raftParam(s, name) !== null,
  get: (s) => raftParam(s, name) ?? min,
  // The shortest and the longest election timeout move together: their width is what breaks ties.
  sets: (s, value) => {
    const here: Setting = [`programs.raft.params.${name}`, value]
    if (!also) return [here]
    const width = (raftParam(s, also) ?? 0) - (raftParam(s, name) ?? 0)
    return [here, [`programs.raft.params.${also}`, value + Math.max(width, 0)]]
  },
  text: durationText,
})

export const PARAMETERS: readonly Parameter[] = [
  topology('topology', KINDS, (s) => !isComposite(s) && !s.programs.some((p) => p.kind === 'ring-election')),
  topology('topology-of-trees', COMPOSITES, isComposite),
  raftTimer('electionMinUs', 'Election timeout, shortest', 50_000, 2_000_000, 'electionMaxUs'),
  raftTimer('heartbeatUs', 'Heartbeat', 5_000, 500_000),
  {
    id: 'loss',
    type: 'slider',
    label: 'Message loss',
    path: 'network.loss',
    min: 0,
    max: 0.5,
    step: 0.005,
    applies: () => true,
    get: (s) => s.network.loss,
    sets: (_, value) => [['network.loss', value]],
    text: percent,
  },
  {
    id: 'duplicate',
    type: 'slider',
    label: 'Duplicated messages',
    path: 'network.duplicate',
    min: 0,
    max: 0.5,
    step: 0.005,
    applies: () => true,
    get: (s) => s.network.duplicate,
    sets: (_, value) => [['network.duplicate', value]],
    text: percent,
  },
  {
    id: 'latency',
    type: 'slider',
    label: 'One-way latency, mean',
    path: 'network.latency',
    min: 50,
    max: 500_000,
    step: 0.01,
    log: true,
    applies: (s) => meanUs(s.network.latency) !== null,
    get: (s) => meanUs(s.network.latency) ?? 0,
    sets: (s, value) => [['network.latency', stretch(s.network.latency, value)]],
    text: durationText,
  },
  {
    id: 'jitter',
    type: 'slider',
    label: 'Jitter on measured latency',
    path: 'network.latency.jitter',
    min: 0,
    max: 1,
    step: 0.01,
    applies: (s) => s.network.latency.kind === 'regions',
    get: (s) => (s.network.latency.kind === 'regions' ? s.network.latency.jitter : 0),
    sets: (_, value) => [['network.latency.jitter', value]],
    text: percent,
  },
  {
    id: 'service',
    type: 'slider',
    label: 'Service time of a message',
    path: 'swarm.serviceUs',
    min: 0,
    max: 5_000,
    step: 50,
    applies: () => true,
    get: (s) => s.swarm.serviceUs,
    sets: (_, value) => [['swarm.serviceUs', value]],
    text: durationText,
  },
]
