import type { AgentSet, Command } from './Scenario.ts'

/**
 * Commands as short lists for links: [op number, µs since the command before, field, field, ...]. Order is frozen:
 * links in the wild count on it, so new ops and new optional fields only ever join at the end.
 */
const OPS: readonly (readonly [op: Command['op'], ...fields: string[]])[] = [
  ['crash', 'agent', 'forUs'],
  ['restart', 'agent'],
  ['pause', 'agent', 'forUs'],
  ['resume', 'agent'],
  ['slow', 'agent', 'factor', 'forUs'],
  ['join', 'group'],
  ['leave', 'agent'],
  ['partition', 'side', 'forUs'],
  ['cut', 'from', 'to', 'forUs'],
  ['heal'],
  ['delay', 'us', 'from', 'to', 'kind', 'forUs'],
  ['lose', 'probability', 'from', 'to', 'kind', 'forUs'],
  ['duplicate', 'probability', 'from', 'to', 'kind', 'forUs'],
  ['reorder', 'probability', 'us', 'from', 'to', 'kind', 'forUs'],
  ['dropMessage', 'src', 'seq'],
  ['duplicateMessage', 'src', 'seq'],
  ['delayMessage', 'src', 'seq', 'us'],
  ['propose', 'agent', 'program', 'value'],
  ['connect', 'a', 'b', 'weight'],
  ['clock', 'agent', 'offsetUs', 'driftPpm', 'forUs'],
  ['disk', 'agent', 'factor', 'forgets', 'forUs'],
  ['set', 'agent', 'program', 'param', 'value'],
  ['edit', 'agent', 'program', 'path', 'value'],
  ['corrupt', 'probability', 'from', 'to', 'kind', 'forUs'],
  ['afflict', 'whom', 'effect', 'forUs'],
  ['obstacle', 'disc', 'forUs'],
  ['wind', 'x', 'y', 'z', 'forUs'],
]

/** Fields that hold a Target or an AgentSet: words as negative numbers, a group as text. */
const SETS = ['agent', 'side', 'from', 'to']
const WORDS = ['leader', 'follower', 'all']

export function packLog(log: readonly Command[]): unknown[] {
  let before = 0
  return log.map((command) => {
    const code = OPS.findIndex(([op]) => op === command.op)
    const values = command as unknown as { readonly [field: string]: any }
    const fields = OPS[code]!.slice(1).map((field) =>
      values[field] === undefined ? null : SETS.includes(field) ? packSet(values[field]) : values[field],
    )
    // An absent optional field is null, and `value` may be null itself: trailing ones are cut only where optional.
    while (!('value' in command) && fields.length > 0 && fields[fields.length - 1] === null) fields.pop()
    const packed = [code, command.at - before, ...fields]
    before = command.at
    return packed
  })
}

/** The commands as documents for `parseLog`, which checks them; null where the shape is not a packed log's. */
export function unpackLog(packed: unknown): unknown[] | null {
  if (!Array.isArray(packed)) return null
  let at = 0
  const log: unknown[] = []
  for (const entry of packed) {
    if (!Array.isArray(entry)) return null
    const [code, since, ...values] = entry
    const layout = OPS[code as number]
    if (layout === undefined || typeof since !== 'number' || values.length >= layout.length) return null
    at += since
    const command: { [field: string]: unknown } = { at, op: layout[0] }
    for (const [i, value] of values.entries()) {
      const field = layout[i + 1]!
      if (value !== null || field === 'value') command[field] = SETS.includes(field) ? unpackSet(value) : value
    }
    log.push(command)
  }
  return log
}

function packSet(set: AgentSet): unknown {
  if (typeof set === 'string') return -1 - WORDS.indexOf(set)
  return typeof set === 'object' && 'group' in set ? String(set.group) : set
}

function unpackSet(value: unknown): unknown {
  if (typeof value === 'string') return { group: /^\d{1,9}$/.test(value) ? Number(value) : value }
  return typeof value === 'number' && value < 0 ? (WORDS[-1 - value] ?? value) : value
}
