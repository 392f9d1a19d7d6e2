import type { Command, Target } from '../scenario/Scenario.ts'
import { describe } from './describe.ts'
import { type Names, PLAIN_NAMES } from './names.ts'

/** A stretch of the timeline during which a command has an effect; `from === to` is a moment. */
export interface Band {
  readonly from: number
  readonly to: number
  readonly label: string
  readonly op: Command['op']
  /** Place in the log. */
  readonly index: number
}

const RULES: readonly string[] = ['partition', 'cut', 'delay', 'lose', 'duplicate', 'corrupt', 'reorder']

/**
 * Bands of a command log in its order, µs, cut off at `untilUs`. A band ends with the command's `forUs`, or with the
 * later command that undoes it (restart, resume, a new speed, heal), or not at all. Commands beyond `untilUs` have
 * none.
 */
export function bands(log: readonly Command[], untilUs: number, names: Names = PLAIN_NAMES): readonly Band[] {
  return log.flatMap((command, index) => {
    if (command.at > untilUs) return []
    const to = Math.min(untilUs, endOf(command, index, log))
    return [{ from: command.at, to, label: describe(command, names), op: command.op, index }]
  })
}

function endOf(command: Command, index: number, log: readonly Command[]): number {
  const forUs = 'forUs' in command ? command.forUs : undefined
  const ends = forUs === undefined ? Infinity : command.at + forUs
  // At the same time the later entry of the log is applied later.
  const undone = (undoes: (later: Command) => boolean): number =>
    log.reduce((first, later, i) => {
      const isLater = later.at > command.at || (later.at === command.at && i > index)
      return isLater && undoes(later) ? Math.min(first, later.at) : first
    }, ends)
  if (RULES.includes(command.op)) return undone(({ op }) => op === 'heal')
  switch (command.op) {
    case 'crash':
      return undone((later) => later.op === 'restart' && sameAgent(later.agent, command.agent))
    case 'pause':
      return undone((later) => endsPause(later) && sameAgent(later.agent, command.agent))
    case 'clock':
      return isTrueClock(command)
        ? command.at
        : undone((later) => later.op === 'clock' && sameAgent(later.agent, command.agent))
    case 'disk':
      return command.factor === 1 && !command.forgets
        ? command.at
        : undone((later) => later.op === 'disk' && sameAgent(later.agent, command.agent))
    case 'afflict':
    case 'obstacle':
    case 'wind':
      return ends
    case 'slow':
      return command.factor === 1
        ? command.at
        : undone((later) => later.op === 'slow' && sameAgent(later.agent, command.agent))
    default:
      return command.at
  }
}

/** A clock that only jumps does so at one moment. */
const isTrueClock = ({ driftPpm }: Extract<Command, { op: 'clock' }>): boolean => driftPpm === 0

type EndsPause = Extract<Command, { op: 'resume' | 'crash' }>
const endsPause = (command: Command): command is EndsPause => command.op === 'resume' || command.op === 'crash'

/** "leader" names whoever leads by then, so only ids are known to be the same agent. */
const sameAgent = (a: Target, b: Target): boolean => typeof a === 'number' && a === b
