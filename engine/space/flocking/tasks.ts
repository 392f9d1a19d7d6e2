import { cos, sin, TAU } from '../../kernel/math.ts'
import { threshold, unit } from '../../kernel/philox.ts'
import type { Space } from '../SpaceModel.ts'

/** Numbers of a task vector; kinds of tasks there can be. */
export const TASK_DIMENSIONS = 8

/**
 * Writes a body's task: the unit vector of its kind, of whose other components each is drawn from ±spread, brought to
 * length 1. Two bodies of one kind are so alike as their scalar product, which is 1 where spread is 0.
 */
export function drawTask(space: Space, task: Float32Array, row: number, kind: number, purpose: number): void {
  const { kinds, spread } = space.params as { readonly [name: string]: number }
  const at = TASK_DIMENSIONS * row
  let length2 = 0
  const vector = new Float64Array(TASK_DIMENSIONS)
  for (let k = 0; k < kinds!; k++) {
    if (k % WORDS === 0) space.draw(words, row, purpose + k / WORDS)
    vector[k] = k === kind ? 1 : spread! * (2 * unit(words[k % WORDS]!) - 1)
    length2 += vector[k]! * vector[k]!
  }
  const length = Math.sqrt(length2)
  for (let k = 0; k < TASK_DIMENSIONS; k++) task[at + k] = vector[k]! / length
}
const WORDS = 4
const words = new Uint32Array(WORDS)

/** How alike two tasks are: 1 the same, 0 nothing in common; never below. */
export function similarity(task: Float32Array, row: number, other: number): number {
  const a = TASK_DIMENSIONS * row
  const b = TASK_DIMENSIONS * other
  let sum = 0
  for (let k = 0; k < TASK_DIMENSIONS; k++) sum += task[a + k]! * task[b + k]!
  return sum > 0 ? sum : 0
}

/** Another kind than `kind`, each as likely, for a share of all bodies; `kind` itself for the others. */
export function otherKind(space: Space, row: number, kind: number, purpose: number): number {
  const { kinds, newTaskShare } = space.params as { readonly [name: string]: number }
  space.draw(words, row, purpose)
  if (kinds === 1 || words[0]! >= threshold(newTaskShare!)) return kind
  return (kind + 1 + Math.floor(unit(words[1]!) * (kinds! - 1))) % kinds!
}

/** Where tasks of a kind are done: on an ellipse round the middle of the world, evenly. World units. */
export function goalPlace({ spec, params }: Space, kind: number, out: Float64Array): void {
  const { width, height, depth, dimensions } = spec
  const angle = (kind * TAU) / (params['kinds'] as number)
  out[0] = width * (0.5 + GOAL_SHARE * cos(angle))
  out[1] = height * (0.5 + GOAL_SHARE * sin(angle))
  out[2] = dimensions === 3 ? depth / 2 : 0
}
/** Of the sides. */
const GOAL_SHARE = 0.34
