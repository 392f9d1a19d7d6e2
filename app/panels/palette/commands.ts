import { command, newSeed, openRun, redo } from '../../bridge/actions.ts'
import type { Preset } from '../../bridge/catalog.ts'
import { ACTIONS } from '../../bridge/keys.ts'
import { FAULT_KINDS, faultKindsFor } from '../../../engine/faults/index.ts'
import { KEY_ACTIONS, keyLabel, type KeyAction, type KeyMap } from '../../state/keys.ts'
import { useLab } from '../../state/lab.ts'
import { LEFT_PANELS, RIGHT_PANELS } from '../../state/panels.ts'
import { PANEL_TITLES } from '../Rail.tsx'

/** One line of the palette. */
export interface PaletteCommand {
  readonly id: string
  readonly title: string
  /** Other words a person may look for it by. */
  readonly words: string
  readonly keys?: string
  run(): unknown
}
export interface PaletteGroup {
  readonly title: string
  readonly commands: readonly PaletteCommand[]
}

/** Everything a person can do from anywhere, in groups. */
export function paletteGroups(presets: readonly Preset[], keys: KeyMap): readonly PaletteGroup[] {
  return [
    { title: 'Do', commands: [...keyed(keys), ...others()] },
    { title: 'Panels', commands: panels() },
    { title: 'Faults', commands: faults() },
    { title: 'Save', commands: saves() },
    { title: 'Scenarios', commands: presets.map(scenario) },
  ]
}

const keyed = (keys: KeyMap): PaletteCommand[] =>
  (Object.keys(KEY_ACTIONS) as KeyAction[]).map((action) => ({
    id: `key ${action}`,
    title: KEY_ACTIONS[action],
    words: action,
    keys: keyLabel(keys[action]),
    run: ACTIONS[action],
  }))

const others = (): PaletteCommand[] => [
  {
    id: 'open-file',
    title: 'Open a scenario file',
    words: 'load json import',
    run: async () => (await import('../../bridge/files.ts')).chooseFile(),
  },
  {
    id: 'save-file',
    title: 'Save this run as a scenario file',
    words: 'json export download',
    run: async () => (await import('../../bridge/files.ts')).saveRun(),
  },
  {
    id: 'edit',
    title: 'Edit this scenario as JSON',
    words: 'text schema',
    run: () => useLab.getState().openDialog('edit'),
  },
  { id: 'redo', title: 'Redo', words: 'again', keys: 'Ctrl/Cmd Shift Z', run: redo },
  { id: 'new-seed', title: 'New seed', words: 'random another run', run: newSeed },
  { id: 'share', title: 'Share link', words: 'copy send url code', run: () => useLab.getState().openDialog('share') },
  {
    id: 'info',
    title: 'Info',
    words: 'about explain claims references',
    run: () => useLab.getState().openDialog('info'),
  },
  ...(['system', 'dark', 'light'] as const).map((theme) => ({
    id: `theme ${theme}`,
    title: `Colours: ${theme === 'system' ? 'as the system' : theme}`,
    words: 'theme mode appearance',
    run: () => useLab.getState().setTheme(theme),
  })),
]

function panels(): PaletteCommand[] {
  const { toggleLeft, showRight } = useLab.getState()
  return [
    ...LEFT_PANELS.map((panel) => ({
      id: `panel ${panel}`,
      title: PANEL_TITLES[panel],
      words: 'open panel',
      run: () => useLab.getState().left !== panel && toggleLeft(panel),
    })),
    ...RIGHT_PANELS.map((panel) => ({
      id: `panel ${panel}`,
      title: PANEL_TITLES[panel],
      words: 'open panel',
      run: () => showRight(panel),
    })),
  ]
}

/** What needs nobody chosen happens at once; the rest opens the faults, where whom and how long are asked. */
function faults(): PaletteCommand[] {
  const { scenario } = useLab.getState()
  return (scenario ? faultKindsFor(scenario) : FAULT_KINDS).map(({ op, label, help, args }) => ({
    id: `fault ${op}`,
    title: args.length === 0 ? label : `${label} …`,
    words: `${op} fault ${help}`,
    run: () => (args.length === 0 ? command({ op } as never) : useLab.getState().showRight('faults')),
  }))
}

const saves = (): PaletteCommand[] => {
  const exports = () => import('../../bridge/exports.ts')
  return [
    {
      id: 'png',
      title: 'Picture of the stage',
      words: 'png image export',
      run: async () => (await exports()).savePicture(),
    },
    { id: 'agents', title: 'Agents as CSV', words: 'table export', run: async () => (await exports()).saveAgents() },
    { id: 'series', title: 'Charts as CSV', words: 'series export', run: async () => (await exports()).saveSeries() },
    { id: 'log', title: 'Event log as CSV', words: 'marks export', run: async () => (await exports()).saveLog() },
  ]
}

const scenario = ({ scenario: to, openAtUs, info }: Preset): PaletteCommand => ({
  id: `scenario ${to.name}`,
  title: to.title,
  words: `${to.name} ${to.group} ${info.what}`,
  run: () => openRun(to, { timeUs: openAtUs ?? 0, play: true }),
})

/** How well a command answers what was typed, 0..1: every word has to be in it; titles count more than other words. */
export function paletteScore(value: string, search: string, words: readonly string[] = []): number {
  const [title, other] = [value.toLowerCase(), words.join(' ').toLowerCase()]
  let score = 1
  for (const word of search.toLowerCase().split(/\s+/).filter(Boolean)) {
    if (title.startsWith(word)) continue
    else if (` ${title}`.includes(` ${word}`)) score = Math.min(score, 0.8)
    else if (title.includes(word)) score = Math.min(score, 0.5)
    else if (other.includes(word)) score = Math.min(score, 0.3)
    else return 0
  }
  return score
}
