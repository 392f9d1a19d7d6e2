import type { StateCreator } from 'zustand'
import type { Lab } from './lab.ts'

export interface MessageAt {
  readonly src: number
  readonly seq: number
  readonly x: number
  readonly y: number
}
export interface AgentAt {
  readonly agent: number
  readonly x: number
  readonly y: number
}
export type DialogName = 'info' | 'share' | 'keys' | 'commands' | 'compare' | 'edit' | 'joblog'

/** What a person points at, and what is open because of it. */
export interface SelectionSlice {
  selected: number | null
  message: MessageAt | null
  agentMenu: AgentAt | null
  dialog: DialogName | null
  select(agent: number | null): void
  openMessage(at: MessageAt | null): void
  openAgentMenu(at: AgentAt | null): void
  openDialog(dialog: DialogName | null): void
}

export const createSelectionSlice: StateCreator<Lab, [], [], SelectionSlice> = (set) => ({
  selected: null,
  message: null,
  agentMenu: null,
  dialog: null,
  select: (selected) => set({ selected }),
  openMessage: (message) => set({ message, agentMenu: null }),
  openAgentMenu: (agentMenu) =>
    set(agentMenu ? { agentMenu, message: null, selected: agentMenu.agent } : { agentMenu }),
  openDialog: (dialog) => set({ dialog }),
})
