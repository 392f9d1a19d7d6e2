import type { StateCreator } from 'zustand'
import type { Lab } from './lab.ts'

/** Slider position → factor on the scenario's pace: 0 is normal, ±1 is 32 times faster or slower. */
export const SPEED_SPAN = 5
/** Within this of the centre the slider snaps to normal. */
export const SPEED_SNAP = 0.07
/** While the pointer is close to a moving message, time runs this much slower so that it can be caught. */
export const SLOW_FACTOR = 0.25

export const snapSpeed = (position: number): number =>
  Math.abs(position) <= SPEED_SNAP ? 0 : Math.max(-1, Math.min(1, position))
/** Virtual seconds a wall second. */
export const rateOf = (pace: number, position: number, slow: boolean): number =>
  pace * 2 ** (SPEED_SPAN * position) * (slow ? SLOW_FACTOR : 1)

/** What the transport asks for; what the engine has done is in the facts slice. */
export interface PlaybackSlice {
  /** The person wants it running; an end, an error or a seek clears it. */
  playing: boolean
  /** −1..1, 0 = normal. */
  speed: number
  slow: boolean
  /** Frames only on request (`window.__lab.renderAt`). */
  explicit: boolean
  setPlaying(playing: boolean): void
  setSpeed(position: number): void
  setSlow(slow: boolean): void
  setExplicit(explicit: boolean): void
}

export const createPlaybackSlice: StateCreator<Lab, [], [], PlaybackSlice> = (set) => ({
  playing: false,
  speed: 0,
  slow: false,
  explicit: false,
  setPlaying: (playing) => set({ playing }),
  setSpeed: (position) => set({ speed: snapSpeed(position) }),
  setSlow: (slow) => set({ slow }),
  setExplicit: (explicit) => set({ explicit }),
})
