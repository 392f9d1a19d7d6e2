import { create, type StateCreator } from 'zustand'
import { persist } from 'zustand/middleware'
import { createFactsSlice, type FactsSlice } from './facts.ts'
import { DEFAULT_KEYS } from './keys.ts'
import { createPanelsSlice, persistedPanels, type PanelsSlice } from './panels.ts'
import { createPlacingSlice, type PlacingSlice } from './placing.ts'
import { createPlaybackSlice, type PlaybackSlice } from './playback.ts'
import { createScenarioSlice, type ScenarioSlice } from './scenario.ts'
import { createSelectionSlice, type SelectionSlice } from './selection.ts'

export type Lab = PlaybackSlice & ScenarioSlice & SelectionSlice & FactsSlice & PanelsSlice & PlacingSlice

const createLab: StateCreator<Lab> = (...a) => ({
  ...createPlaybackSlice(...a),
  ...createScenarioSlice(...a),
  ...createSelectionSlice(...a),
  ...createFactsSlice(...a),
  ...createPanelsSlice(...a),
  ...createPlacingSlice(...a),
})

/** What the page knows. Panels select fields and call actions; nothing changes faster than a person or the facts. */
export const useLab = create<Lab>()(
  persist<Lab, [], [], ReturnType<typeof persistedPanels>>(createLab, {
    name: 'swarm-lab',
    version: 1,
    partialize: persistedPanels,
    // A key that a newer page knows and the stored map lacks keeps its default.
    merge: (stored, now) => {
      const kept = (stored ?? {}) as Partial<PanelsSlice>
      return { ...now, ...kept, keys: { ...DEFAULT_KEYS, ...kept.keys } }
    },
  }),
)
