import type { StateCreator } from 'zustand'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { Opened, StageInfo } from '../../workers/protocol.ts'
import { namesFor, type Names } from './names.ts'
import type { Lab } from './lab.ts'

/** The run on screen: what was asked for and what the workers answered. */
export interface ScenarioSlice {
  /** Null until the first scenario has been chosen. */
  scenario: Scenario | null
  opened: Opened | null
  stage: StageInfo | null
  names: Names
  /** Counts opens; panels that hold detail of a run drop it when this changes. */
  run: number
  opening: boolean
  setOpening(scenario: Scenario): void
  setOpened(opened: Opened): void
  setOpenFailed(): void
  setStage(stage: StageInfo): void
}

export const createScenarioSlice: StateCreator<Lab, [], [], ScenarioSlice> = (set) => ({
  scenario: null,
  opened: null,
  stage: null,
  names: namesFor(null, null),
  run: 0,
  opening: false,
  setOpening: (scenario) => set((s) => ({ scenario, opening: true, run: s.run + 1 })),
  setOpened: (opened) =>
    set((s) => ({ opened, stage: opened.stage, names: namesFor(s.scenario, opened.stage), opening: false })),
  setOpenFailed: () => set({ opening: false }),
  setStage: (stage) => set((s) => ({ stage, names: namesFor(s.scenario, stage) })),
})
