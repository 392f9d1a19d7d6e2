import type { Theme } from '../types.ts'

/** Amber at work and on the way, blue while they wait, orange red where too many do. */
export interface TaskColours {
  readonly task: string
  readonly waiting: string
  readonly full: string
}
export const TASK_COLOURS: { readonly [T in Theme]: TaskColours } = {
  dark: { task: '#f0b84a', waiting: '#3d6ea6', full: '#d55e00' },
  light: { task: '#c27d00', waiting: '#86aede', full: '#c04a00' },
}
