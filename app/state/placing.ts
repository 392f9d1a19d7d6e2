import type { StateCreator } from 'zustand'
import type { Lab } from './lab.ts'

/** Something that the next click on the ground of a world gives a place to. */
export interface Placing {
  /** What it is, as a form says it. */
  readonly what: string
  /** Of the disc under the pointer, world units. */
  readonly radius: number
  /** Called once, with world units. */
  readonly onPlace: (x: number, y: number) => void
}

export interface PlacingSlice {
  placing: Placing | null
  /** null disarms. */
  startPlacing(placing: Placing | null): void
  /** The click: does nothing where nothing waits for one. */
  placeAt(x: number, y: number): void
}

export const createPlacingSlice: StateCreator<Lab, [], [], PlacingSlice> = (set, get) => ({
  placing: null,
  startPlacing: (placing) => set({ placing }),
  placeAt: (x, y) => {
    const { placing } = get()
    set({ placing: null })
    placing?.onPlace(x, y)
  },
})
