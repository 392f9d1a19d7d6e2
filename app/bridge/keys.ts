import { useEffect } from 'react'
import { actionOf, type KeyAction } from '../state/keys.ts'
import { useLab } from '../state/lab.ts'
import { standingAt } from '../panels/caption.ts'
import { command, openRun, redo, reset, step, togglePlay, undo } from './actions.ts'
import { presets } from './catalog.ts'
import { engine } from './engine.ts'

/** What each key does, for whoever else offers it. */
export const ACTIONS: { readonly [A in KeyAction]: () => unknown } = {
  toggle: togglePlay,
  step: () => step(1),
  stepBack: () => step(-1),
  reset,
  faults: () => useLab.getState().toggleRight('faults'),
  inspect: () => useLab.getState().toggleRight('inspect'),
  log: () => useLab.getState().toggleRight('log'),
  timeline: () => useLab.getState().toggleTimeline(),
  crash: () => {
    const { marks, facts } = useLab.getState()
    const { leader } = standingAt(marks.headlines, facts.timeUs)
    return leader === null ? null : command({ op: 'crash', agent: leader })
  },
  undo,
  topView: () => engine.stage?.topView(),
  home: () => engine.stage?.home(),
  follow: () => engine.stage?.follow(),
  compare: () => useLab.getState().openDialog('compare'),
  help: () => useLab.getState().openDialog('keys'),
}

async function openNumber(number: number): Promise<void> {
  const preset = (await presets())[number - 1]
  if (preset) await openRun(preset.scenario, { timeUs: preset.openAtUs ?? 0, play: true })
}

const stageHasFocus = (): boolean => {
  const at = document.activeElement
  return at === document.body || at === null || document.getElementById('stage')?.contains(at) === true
}

/** Single letters act only while the stage (or nothing at all) has focus; Ctrl/Cmd+Z undoes everywhere but in text. */
export function useKeys(): void {
  useEffect(() => {
    const onKey = (e: KeyboardEvent): void => {
      if (e.defaultPrevented || e.altKey || useLab.getState().dialog) return
      const typing = e.target instanceof HTMLElement && e.target.closest('input, textarea, [contenteditable]') !== null
      if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'z' && !typing) {
        e.preventDefault()
        void (e.shiftKey ? redo() : undo())
        return
      }
      if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') {
        e.preventDefault()
        return useLab.getState().openDialog('commands')
      }
      if (e.ctrlKey || e.metaKey || !stageHasFocus()) return
      if (/^[1-9]$/.test(e.key)) return void openNumber(Number(e.key))
      const action = actionOf(useLab.getState().keys, e.key)
      if (action === null) return
      e.preventDefault()
      void ACTIONS[action]()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
