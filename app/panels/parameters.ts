import { LAW_DEFAULTS } from '../../engine/scenario/defaults.ts'
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
  /** Only counts from the start, although a program has it. */
  readonly fixed?: boolean
  applies(scenario: Scenario): boolean
}
export interface Range {
  readonly min: number
  readonly max: number
  /** 0: to two significant digits. */
  readonly step: number
  /** The slider moves over the logarithm. */
  readonly log?: boolean
  /** The far left of such a slider is 0. */
  readonly zero?: boolean
  text(value: number): string
}
export interface SliderParameter extends Common, Range {
  readonly type: 'slider'
  get(scenario: Scenario): number
  /** The fields, by path, that make it `value`. */
  sets(scenario: Scenario, value: number): readonly Setting[]
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
const percent = (value: number): string => `${Number((100 * value).toPrecision(3))} %`

/** 12,500 → "12.5 kB/s". */
function bytesText(perSecond: number): string {
  const [value, unit] =
    perSecond >= 1e6 ? [perSecond / 1e6, 'MB'] : perSecond >= 1e3 ? [perSecond / 1e3, 'kB'] : [perSecond, 'B']
  return `${Number(value.toPrecision(3))} ${unit}/s`
}

/** The mean one-way latency that a law's scale stands for, µs; null where the figures are measured. */
export function meanUs(law: LatencyLaw): number | null {
  if (law.kind === 'constant') return law.us
  if (law.kind === 'uniform') return (law.minUs + law.maxUs) / 2
  if (law.kind === 'exponential') return law.floorUs + law.meanUs
  return law.kind === 'lognormal' ? law.floorUs + law.medianUs * Math.exp(law.sigma ** 2 / 2) : null
}

/** The same law stretched so that its mean becomes `mean`; floors stay at least 1 µs. */
export function stretch(law: LatencyLaw, mean: number): LatencyLaw {
  const now = meanUs(law)
  if (now === null || now <= 0) return law
  const by = (us: number, min: number): number => Math.max(min, Math.round((us * mean) / now))
  if (law.kind === 'constant') return { ...law, us: by(law.us, 1) }
  if (law.kind === 'uniform') return { ...law, minUs: by(law.minUs, 1), maxUs: by(law.maxUs, 1) }
  if (law.kind === 'exponential') return { ...law, floorUs: by(law.floorUs, 1), meanUs: by(law.meanUs, 0) }
  return law.kind === 'lognormal' ? { ...law, floorUs: by(law.floorUs, 1), medianUs: by(law.medianUs, 1) } : law
}

/** A law of another kind with the same mean, so that only the shape differs. */
export function reshape(law: LatencyLaw, kind: LatencyLaw['kind']): LatencyLaw {
  return stretch(LAW_DEFAULTS[kind], meanUs(law) ?? 1_000)
}

const KINDS = [
  { value: 'mesh', label: 'mesh' },
  { value: 'hierarchical', label: 'tree' },
  { value: 'ring', label: 'ring' },
  { value: 'star', label: 'star' },
  { value: 'torus', label: 'torus' },
  { value: 'small-world', label: 'small world' },
  { value: 'random', label: 'random graph' },
  { value: 'mesh-of-trees', label: 'mesh of trees' },
  { value: 'ring-of-trees', label: 'ring of trees' },
] as const satisfies ChoiceParameter['options']
const LAWS = [
  { value: 'constant', label: 'always the same' },
  { value: 'uniform', label: 'uniform' },
  { value: 'exponential', label: 'exponential tail' },
  { value: 'lognormal', label: 'log-normal tail' },
] as const

/** A slider over one number of the scenario. */
const slider = (
  id: string,
  label: string,
  path: string,
  range: Range,
  get: (s: Scenario) => number,
  applies: Common['applies'] = () => true,
): SliderParameter => ({
  id,
  type: 'slider',
  label,
  path,
  ...range,
  applies,
  get,
  sets: (_, value) => [[path, value]],
})

const share = (max: number): Range => ({ min: 0, max, step: 0.005, text: percent })
const none = (text: (v: number) => string) => (v: number) => (v === 0 ? 'none' : text(v))
const unlimited = (text: (v: number) => string) => (v: number) => (v === 0 ? 'no limit' : text(v))
const trees = (s: Scenario): boolean => /tree|hierarchical/.test(s.topology.kind)

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

/** Measured latencies stand for places; another law would put the swarm elsewhere. */
const measured = (s: Scenario): boolean => s.network.latency.kind === 'regions'

const TOPOLOGY: readonly Parameter[] = [
  {
    id: 'topology',
    type: 'choice',
    label: 'Who is linked with whom',
    path: 'topology.kind',
    options: KINDS,
    applies: (s) => s.topology.kind !== 'none',
    get: (s) => s.topology.kind,
    sets: (_, value) => [['topology.kind', value]],
  },
  slider(
    'branching',
    'Children of an inner agent',
    'topology.branching',
    { min: 1, max: 16, step: 1, text: String },
    (s) => s.topology.branching,
    trees,
  ),
  slider(
    'degree',
    'Neighbours before rewiring',
    'topology.degree',
    { min: 2, max: 20, step: 2, text: String },
    (s) => s.topology.degree,
    (s) => s.topology.kind === 'small-world',
  ),
  slider(
    'mean-degree',
    'Neighbours, on average',
    'topology.degree',
    { min: 0, max: 12, step: 0.1, text: String },
    (s) => s.topology.degree,
    (s) => s.topology.kind === 'random',
  ),
  slider(
    'rewire',
    'Links that are rewired',
    'topology.rewire',
    { min: 0, max: 1, step: 0.01, text: percent },
    (s) => s.topology.rewire,
    (s) => s.topology.kind === 'small-world',
  ),
]

const NETWORK: readonly Parameter[] = [
  {
    id: 'law',
    type: 'choice',
    label: 'Latency',
    path: 'network.latency',
    options: LAWS,
    applies: (s) => !measured(s),
    get: (s) => s.network.latency.kind,
    sets: (s, value) => [['network.latency', reshape(s.network.latency, value as LatencyLaw['kind'])]],
  },
  {
    id: 'latency',
    type: 'slider',
    label: 'One-way latency, mean',
    path: 'network.latency',
    min: 50,
    max: 500_000,
    step: 0,
    log: true,
    applies: (s) => !measured(s),
    get: (s) => meanUs(s.network.latency) ?? 0,
    sets: (s, value) => [['network.latency', stretch(s.network.latency, value)]],
    text: durationText,
  },
  slider(
    'sigma',
    'Width of the log-normal tail',
    'network.latency.sigma',
    { min: 0.1, max: 2, step: 0.05, text: String },
    (s) => (s.network.latency.kind === 'lognormal' ? s.network.latency.sigma : 0),
    (s) => s.network.latency.kind === 'lognormal',
  ),
  slider(
    'jitter',
    'Jitter on measured latency',
    'network.latency.jitter',
    { min: 0, max: 1, step: 0.01, text: percent },
    (s) => (s.network.latency.kind === 'regions' ? s.network.latency.jitter : 0),
    measured,
  ),
  slider('loss', 'Message loss', 'network.loss', share(0.5), (s) => s.network.loss),
  slider('duplicate', 'Duplicated messages', 'network.duplicate', share(0.5), (s) => s.network.duplicate),
  slider('corrupt', 'Damaged messages', 'network.corrupt', share(0.5), (s) => s.network.corrupt),
  slider(
    'bandwidth',
    'Bandwidth of a link',
    'network.bytesPerSecond',
    { min: 1_000, max: 1e9, step: 0, log: true, zero: true, text: unlimited(bytesText) },
    (s) => s.network.bytesPerSecond,
  ),
  slider(
    'credits',
    'Credits of a link',
    'network.credits',
    { min: 1, max: 1_024, step: 1, log: true, zero: true, text: unlimited(String) },
    (s) => s.network.credits,
  ),
]

const AGENTS: readonly Parameter[] = [
  slider(
    'service',
    'Service time of a message',
    'swarm.serviceUs',
    { min: 10, max: 100_000, step: 0, log: true, zero: true, text: none(durationText) },
    (s) => s.swarm.serviceUs,
  ),
  {
    id: 'service-law',
    type: 'choice',
    label: 'Service time is',
    path: 'swarm.service',
    options: [
      { value: 'constant', label: 'always the same' },
      { value: 'exponential', label: 'exponential' },
    ],
    applies: (s) => s.swarm.serviceUs > 0,
    get: (s) => s.swarm.service,
    sets: (_, value) => [['swarm.service', value]],
  },
  slider(
    'clock-offset',
    'Clocks wrong at the start by up to',
    'swarm.clocks.offsetUs',
    { min: 100, max: 10_000_000, step: 0, log: true, zero: true, text: none(durationText) },
    (s) => s.swarm.clocks.offsetUs,
  ),
  slider(
    'clock-drift',
    'Clocks fast or slow by up to',
    'swarm.clocks.driftPpm',
    { min: 10, max: 500_000, step: 0, log: true, zero: true, text: none((ppm) => percent(ppm / 1e6)) },
    (s) => s.swarm.clocks.driftPpm,
  ),
]

/** By section, in the order of the panel. Programs without an entry here have theirs by programParameters.ts. */
export const SECTIONS: readonly { readonly title: string; readonly parameters: readonly Parameter[] }[] = [
  { title: 'Topology', parameters: TOPOLOGY },
  {
    title: 'Raft',
    parameters: [
      raftTimer('electionMinUs', 'Election timeout, shortest', 50_000, 2_000_000, 'electionMaxUs'),
      raftTimer('heartbeatUs', 'Heartbeat', 5_000, 500_000),
    ],
  },
  { title: 'Network', parameters: NETWORK },
  { title: 'Agents', parameters: AGENTS },
]
export const PARAMETERS: readonly Parameter[] = SECTIONS.flatMap((section) => section.parameters)
