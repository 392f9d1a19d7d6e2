import { STATUS, type BodyColumns } from '../../../engine/frame/frame.ts'
import type { SpaceInfo } from '../../../workers/protocol.ts'

/** What the bits of a body's flags mean, the worst first: the first that is set is the mark it bears. */
export const AFFLICTIONS = [
  { bit: 8, word: 'rogue', shape: 'triangle' },
  { bit: 4, word: 'stuck', shape: 'square' },
  { bit: 1, word: 'blind', shape: 'ring' },
  { bit: 2, word: 'deaf', shape: 'diamond' },
] as const

export const afflictionWords = (flags: number): string =>
  AFFLICTIONS.filter(({ bit }) => (flags & bit) !== 0)
    .map(({ word }) => word)
    .join(', ')

/** What a body is and does, in words: status where it is not simply up, state, group, what ails it. */
export function bodyWords(space: SpaceInfo, bodies: BodyColumns, row: number): string {
  const status = STATUS[bodies.status[row]!]
  if (status === 'absent') return 'gone'
  if (status === 'down') return 'dead'
  const words = [
    status === 'paused' ? 'paused' : '',
    space.states.length > 1 ? (space.states[bodies.state[row]!] ?? '') : '',
    space.groups.length > 1 ? (space.groups[bodies.group[row]!] ?? '') : '',
    afflictionWords(bodies.flags[row]!),
  ]
  return words.filter(Boolean).join(' · ')
}

const digits = (value: number): string =>
  Math.abs(value) >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(3)

/** A length or a concentration, short. */
export const figure = (value: number): string =>
  Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(1) : digits(value)

/** Direction on the ground in degrees, anticlockwise from the x axis, as seen from above: 0..359. */
export function headingDegrees(x: number, y: number): number {
  const degrees = Math.round((Math.atan2(y, x) * 180) / Math.PI)
  return (degrees + 360) % 360
}
