import type { StateCreator } from 'zustand'
import type { Lab } from './lab.ts'
import { DEFAULT_KEYS, type KeyMap } from './keys.ts'

export const LEFT_PANELS = ['scenarios', 'parameters', 'sweep'] as const
export const RIGHT_PANELS = [
  'inspect',
  'agents',
  'faults',
  'chaos',
  'checks',
  'log',
  'messages',
  'tasks',
  'channel',
] as const
export type LeftPanel = (typeof LEFT_PANELS)[number]
export type RightPanel = (typeof RIGHT_PANELS)[number]
export type Theme = 'system' | 'dark' | 'light'

export interface Toast {
  readonly id: number
  readonly kind: 'error' | 'note'
  readonly text: string
  /** A later one about the same thing takes its place. */
  readonly about?: string
}
export const TOASTS_MAX = 3

/** Which panels are open and how the page is set; persisted, except the toasts. */
export interface PanelsSlice {
  left: LeftPanel | null
  right: RightPanel | null
  timeline: boolean
  theme: Theme
  keys: KeyMap
  toasts: readonly Toast[]
  toggleLeft(panel: LeftPanel): void
  toggleRight(panel: RightPanel): void
  showRight(panel: RightPanel): void
  closePanels(): void
  toggleTimeline(): void
  setTheme(theme: Theme): void
  setKeys(keys: KeyMap): void
  toast(kind: Toast['kind'], text: string, about?: string): void
  dismiss(id: number): void
}

/** At most three; what is on screen already (a failed call and its worker both report) is not said again. */
export function addToast(toasts: readonly Toast[], toast: Toast): readonly Toast[] {
  const old = toast.about === undefined ? -1 : toasts.findIndex(({ about }) => about === toast.about)
  if (old >= 0) return toasts.map((t, i) => (i === old ? { ...toast, id: t.id } : t))
  const core = toast.text.replace(/\.$/, '')
  if (toasts.some((t) => t.kind === toast.kind && t.text.includes(core))) return toasts
  return [...toasts, toast].slice(-TOASTS_MAX)
}

let nextToast = 1
export const createPanelsSlice: StateCreator<Lab, [], [], PanelsSlice> = (set) => ({
  left: null,
  right: null,
  timeline: false,
  theme: 'system',
  keys: DEFAULT_KEYS,
  toasts: [],
  toggleLeft: (panel) => set((s) => ({ left: s.left === panel ? null : panel })),
  toggleRight: (panel) => set((s) => ({ right: s.right === panel ? null : panel })),
  showRight: (panel) => set({ right: panel }),
  closePanels: () => set({ left: null, right: null }),
  toggleTimeline: () => set((s) => ({ timeline: !s.timeline })),
  setTheme: (theme) => set({ theme }),
  setKeys: (keys) => set({ keys }),
  toast: (kind, text, about) =>
    set((s) => ({ toasts: addToast(s.toasts, { id: nextToast++, kind, text, ...(about && { about }) }) })),
  dismiss: (id) => set((s) => ({ toasts: s.toasts.filter((t) => t.id !== id) })),
})

/** The part that survives a reload. */
export const persistedPanels = (s: PanelsSlice) => ({
  left: s.left,
  right: s.right,
  timeline: s.timeline,
  theme: s.theme,
  keys: s.keys,
})
