import type { Command } from '../../engine/scenario/Scenario.ts'
import { useLab } from '../state/lab.ts'
import { openRun, renderAt } from './actions.ts'
import { presets } from './catalog.ts'
import { engine, enqueue } from './engine.ts'

/** For tests and for programs that embed the page: the same doors that the panels use. */
export interface LabWindow {
  /** Runs to the virtual time, draws one explicit frame, resolves after the draw. */
  renderAt(timeUs: number): Promise<void>
  /** Opens a built-in scenario by name, paused at 0 unless told otherwise. False where there is none of that name. */
  open(name: string, options?: OpenNamed): Promise<boolean>
  state(): LabState
  /** Digest at the current cut. */
  digest(): Promise<string>
  /** True when the picture is all one colour: a dead context or an empty stage. */
  isBlank(): boolean
  /** Draw calls, bytes uploaded and main-thread time of the last frame; null without a stage. */
  stats(): unknown
}
export interface OpenNamed {
  readonly seed?: number
  readonly log?: readonly Command[]
  readonly timeUs?: number
  readonly play?: boolean
}
export interface LabState {
  readonly scenario: string | null
  readonly seed: number | null
  readonly timeUs: number
  readonly playing: boolean
  readonly opening: boolean
  readonly workers: number
  readonly sharedMemory: boolean
  readonly branch: number
  readonly branches: number
  readonly log: readonly Command[]
  readonly broken: readonly string[]
  readonly selected: number | null
  /** The transmission whose small window is open. */
  readonly message: { readonly src: number; readonly seq: number } | null
}

declare global {
  interface Window {
    __lab?: LabWindow
  }
}

export function exposeLab(): void {
  window.__lab = {
    renderAt,
    open: async (name, options = {}) => {
      const preset = (await presets()).find((p) => p.scenario.name === name)
      if (!preset) return false
      const scenario = { ...preset.scenario, seed: options.seed ?? preset.scenario.seed }
      return openRun(scenario, {
        timeUs: options.timeUs ?? 0,
        play: options.play ?? false,
        ...(options.log ? { log: options.log } : {}),
      })
    },
    state,
    digest: async () => (await enqueue((client) => client.digest())) ?? '',
    isBlank: () => engine.stage?.isBlank() ?? true,
    stats: () => engine.stage?.stats() ?? null,
  }
}

function state(): LabState {
  const s = useLab.getState()
  return {
    scenario: s.scenario?.name ?? null,
    seed: s.scenario?.seed ?? null,
    timeUs: s.facts.timeUs,
    playing: s.playing,
    opening: s.opening,
    workers: s.opened?.workers ?? 0,
    sharedMemory: s.opened?.sharedMemory ?? false,
    branch: s.facts.branch,
    branches: s.facts.branches.length,
    log: s.facts.log,
    broken: s.facts.checks.filter((c) => !c.ok).map((c) => c.name),
    selected: s.selected,
    message: s.message && { src: s.message.src, seq: s.message.seq },
  }
}
