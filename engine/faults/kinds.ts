import type { AgentSet, Op, Target } from '../scenario/Scenario.ts'

/** What the palette asks for before it can make a command. */
export type FaultArg =
  | { readonly name: string; readonly label: string; readonly kind: 'agent'; readonly default: Target }
  | { readonly name: string; readonly label: string; readonly kind: 'set'; readonly default: AgentSet }
  | {
      readonly name: string
      readonly label: string
      readonly kind: 'probability' | 'us' | 'factor' | 'signedUs' | 'percent'
      /** null: left out, the fault stays until something ends it. */
      readonly default: number | null
      readonly min: number
      readonly max: number
      readonly unit: '' | 'µs' | '×' | 'ppm'
    }
  | { readonly name: string; readonly label: string; readonly kind: 'flag'; readonly default: boolean }

export interface FaultKind {
  readonly op: Op['op']
  readonly label: string
  /** One sentence for the tooltip. */
  readonly help: string
  readonly args: readonly FaultArg[]
}

const SECOND = 1_000_000
const HOUR = 3_600 * SECOND
const agent: FaultArg = { name: 'agent', label: 'Agent', kind: 'agent', default: 'leader' }
const set = (name: string, label: string, normal: AgentSet): FaultArg => ({ name, label, kind: 'set', default: normal })
const us = (name: string, label: string, normal: number | null, max = HOUR): FaultArg => ({
  name,
  label,
  kind: 'us',
  default: normal,
  min: 1,
  max,
  unit: 'µs',
})
const forUs = (normal: number | null): FaultArg => us('forUs', 'For', normal)
const probability = (normal: number): FaultArg => ({
  name: 'probability',
  label: 'Share',
  kind: 'probability',
  default: normal,
  min: 0,
  max: 1,
  unit: '',
})
const ends = [set('from', 'From', 'all'), set('to', 'To', 'all')] as const

/** The palette, in the order in which people look for things. Argument names are the command's fields. */
export const FAULT_KINDS: readonly FaultKind[] = [
  {
    op: 'crash',
    label: 'Crash',
    help: 'Stops at once; only what it had on disk survives.',
    args: [agent, forUs(null)],
  },
  { op: 'restart', label: 'Restart', help: 'Starts a crashed agent again from its disk.', args: [agent] },
  {
    op: 'pause',
    label: 'Pause',
    help: 'Freezes an agent with its memory; messages wait for it.',
    args: [agent, forUs(SECOND)],
  },
  { op: 'resume', label: 'Resume', help: 'Lets a paused agent go on where it stopped.', args: [agent] },
  {
    op: 'slow',
    label: 'Slow',
    help: 'Every message takes this many times longer to handle.',
    args: [
      agent,
      { name: 'factor', label: 'Times slower', kind: 'factor', default: 100, min: 1, max: 1_000_000, unit: '×' },
      forUs(2 * SECOND),
    ],
  },
  {
    op: 'partition',
    label: 'Cut off',
    help: 'Nothing passes between this side and everybody else.',
    args: [set('side', 'Side', 'leader'), forUs(2 * SECOND)],
  },
  {
    op: 'cut',
    label: 'One-way cut',
    help: 'Nothing passes in this direction; answers still do.',
    args: [set('from', 'From', 'leader'), set('to', 'To', 'all'), forUs(2 * SECOND)],
  },
  { op: 'heal', label: 'Heal', help: 'Ends every cut, delay and loss.', args: [] },
  {
    op: 'delay',
    label: 'Delay',
    help: 'Messages take longer.',
    args: [us('us', 'By', 100_000), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'lose',
    label: 'Lose',
    help: 'A share of the messages never arrives.',
    args: [probability(0.2), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'duplicate',
    label: 'Duplicate',
    help: 'A share of the messages arrives twice.',
    args: [probability(0.2), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'reorder',
    label: 'Reorder',
    help: 'A share of the messages falls behind others.',
    args: [probability(0.2), us('us', 'By up to', 50_000), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'corrupt',
    label: 'Damage',
    help: 'A share of the messages arrives damaged; the checksum notices and they are thrown away.',
    args: [probability(0.2), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'clock',
    label: 'Clock',
    help: 'Sets an agent’s own clock wrong, or makes it run fast or slow; its timers follow it.',
    args: [
      agent,
      { name: 'offsetUs', label: 'Jump', kind: 'signedUs', default: 0, min: -HOUR, max: HOUR, unit: 'µs' },
      {
        name: 'driftPpm',
        label: 'Runs fast by',
        kind: 'percent',
        default: 100_000,
        min: -900_000,
        max: 900_000,
        unit: 'ppm',
      },
      forUs(2 * SECOND),
    ],
  },
  {
    op: 'disk',
    label: 'Disk',
    help: 'Writes take longer, or are confirmed and then forgotten in a crash.',
    args: [
      agent,
      { name: 'factor', label: 'Times slower', kind: 'factor', default: 20, min: 1, max: 1_000_000, unit: '×' },
      { name: 'forgets', label: 'Forgets what it confirmed', kind: 'flag', default: false },
      forUs(2 * SECOND),
    ],
  },
  { op: 'join', label: 'Join', help: 'A new agent joins the swarm.', args: [] },
  { op: 'leave', label: 'Leave', help: 'An agent leaves for good; the topology closes the gap.', args: [agent] },
]
