import type { AgentSet, Op, Scenario, Target } from '../scenario/Scenario.ts'

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
  | {
      readonly name: string
      readonly label: string
      readonly kind: 'word'
      readonly default: string
      readonly of: readonly { readonly value: string; readonly label: string; readonly help: string }[]
    }
  /** Bodies: around a place, a share of all, or by name. */
  | {
      readonly name: string
      readonly label: string
      readonly kind: 'whom'
      readonly default: { readonly share: number }
    }
  /** A disc in the world; starts in its middle. */
  | { readonly name: string; readonly label: string; readonly kind: 'place'; readonly default: null }
  /** The fields x, y (and z) of the command, world units a virtual second. */
  | { readonly name: string; readonly label: string; readonly kind: 'vector'; readonly default: null }

export interface FaultKind {
  readonly op: Op['op']
  readonly label: string
  /** One sentence for the tooltip. */
  readonly help: string
  /** What there must be for it to mean anything; left out: nothing. */
  readonly needs?: 'programs' | 'space'
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
    needs: 'programs',
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
    needs: 'programs',
    label: 'Cut off',
    help: 'Nothing passes between this side and everybody else.',
    args: [set('side', 'Side', 'leader'), forUs(2 * SECOND)],
  },
  {
    op: 'cut',
    needs: 'programs',
    label: 'One-way cut',
    help: 'Nothing passes in this direction; answers still do.',
    args: [set('from', 'From', 'leader'), set('to', 'To', 'all'), forUs(2 * SECOND)],
  },
  { op: 'heal', needs: 'programs', label: 'Heal', help: 'Ends every cut, delay and loss.', args: [] },
  {
    op: 'delay',
    needs: 'programs',
    label: 'Delay',
    help: 'Messages take longer.',
    args: [us('us', 'By', 100_000), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'lose',
    needs: 'programs',
    label: 'Lose',
    help: 'A share of the messages never arrives.',
    args: [probability(0.2), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'duplicate',
    needs: 'programs',
    label: 'Duplicate',
    help: 'A share of the messages arrives twice.',
    args: [probability(0.2), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'reorder',
    needs: 'programs',
    label: 'Reorder',
    help: 'A share of the messages falls behind others.',
    args: [probability(0.2), us('us', 'By up to', 50_000), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'corrupt',
    needs: 'programs',
    label: 'Damage',
    help: 'A share of the messages arrives damaged; the checksum notices and they are thrown away.',
    args: [probability(0.2), ...ends, forUs(2 * SECOND)],
  },
  {
    op: 'clock',
    needs: 'programs',
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
    needs: 'programs',
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
  {
    op: 'afflict',
    needs: 'space',
    label: 'Harm',
    help: 'Makes some of the bodies fail, or behave in another way than the rest.',
    args: [
      {
        name: 'effect',
        label: 'They',
        kind: 'word',
        default: 'kill',
        of: [
          { value: 'kill', label: 'fail', help: 'They lie where they are, until they are started again.' },
          { value: 'blind', label: 'go blind', help: 'They sense nothing around them.' },
          { value: 'deaf', label: 'go deaf', help: 'They sense the world, but nothing that others signal.' },
          { value: 'stuck', label: 'get stuck', help: 'They stay in place, and otherwise go on.' },
          { value: 'rogue', label: 'mislead', help: 'They work against the others, with false trails or headings.' },
        ],
      },
      { name: 'whom', label: 'Whom', kind: 'whom', default: { share: 0.2 } },
      forUs(null),
    ],
  },
  {
    op: 'obstacle',
    needs: 'space',
    label: 'Obstacle',
    help: 'Drops something that bodies go round.',
    args: [{ name: 'disc', label: 'Where', kind: 'place', default: null }, forUs(null)],
  },
  {
    op: 'wind',
    needs: 'space',
    label: 'Wind',
    help: 'Carries everybody along.',
    args: [{ name: 'vector', label: 'Speed', kind: 'vector', default: null }, forUs(null)],
  },
]

/** The faults that mean something where there are these; those of bodies first where there are bodies. */
export function faultKindsFor({ programs, space }: Pick<Scenario, 'programs' | 'space'>): readonly FaultKind[] {
  const kinds = FAULT_KINDS.filter(({ needs }) =>
    needs === 'space' ? space !== null : needs === undefined || programs.length > 0,
  )
  return [...kinds.filter(({ needs }) => needs === 'space'), ...kinds.filter(({ needs }) => needs !== 'space')]
}
