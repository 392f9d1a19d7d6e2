/** Shortcuts that can be remapped (WCAG 2.1.4); single letters act only while the stage has focus. */
export const KEY_ACTIONS = {
  toggle: 'Go or pause',
  step: 'Step forward',
  stepBack: 'Step back',
  reset: 'Reset, same seed',
  faults: 'Faults',
  inspect: 'Inspector',
  log: 'Event log',
  timeline: 'Timeline and charts',
  crash: 'Crash the leader',
  undo: 'Undo',
  topView: 'View from the top',
  home: 'View of everything',
  follow: 'Follow the selected agent',
  compare: 'Compare set-ups',
  help: 'All keys',
} as const
export type KeyAction = keyof typeof KEY_ACTIONS
export type KeyMap = { readonly [A in KeyAction]: string }

export const DEFAULT_KEYS: KeyMap = {
  toggle: ' ',
  step: '.',
  stepBack: ',',
  reset: 'r',
  faults: 'f',
  inspect: 'i',
  log: 'l',
  timeline: 't',
  crash: 'x',
  undo: 'z',
  topView: 'v',
  home: 'h',
  follow: 'w',
  compare: 'c',
  help: '?',
}

/** Moves `key` to `action`; an action that had it takes the old key of `action`, so none is ever lost. */
export function remap(keys: KeyMap, action: KeyAction, key: string): KeyMap {
  const wanted = key.length === 1 ? key.toLowerCase() : key
  if (/^[0-9]$/.test(wanted)) return keys // 1–9 choose scenarios
  const holder = (Object.keys(keys) as KeyAction[]).find((a) => keys[a] === wanted)
  return holder === undefined ? { ...keys, [action]: wanted } : { ...keys, [holder]: keys[action], [action]: wanted }
}

export const actionOf = (keys: KeyMap, key: string): KeyAction | null => {
  const pressed = key.length === 1 ? key.toLowerCase() : key
  return (Object.keys(keys) as KeyAction[]).find((a) => keys[a] === pressed) ?? null
}

const WORDS: { readonly [key: string]: string } = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}
export const keyLabel = (key: string): string => WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key)
