import type { Theme } from './types.ts'

/**
 * Colours of the stage. Roles are Okabe–Ito (Okabe & Ito 2008), told apart by shape as well.
 * Order of AGENT_HUES is the index that shaders get; the first are ROLES of engine/frame.
 */
export const AGENT_HUES = [
  'idle',
  'follower',
  'candidate',
  'leader',
  'learner',
  'byzantine',
  'member',
  'client',
  'spreading',
  'informed',
  'suspect',
  'blocked',
  'down',
  'stale',
  'led',
  'rival',
] as const
export type AgentHue = (typeof AGENT_HUES)[number]
export const HUE = Object.fromEntries(AGENT_HUES.map((name, i) => [name, i])) as Record<AgentHue, number>

const DARK: Record<AgentHue, string> = {
  idle: '#66738a',
  follower: '#56b4e9',
  candidate: '#f0e442',
  leader: '#e69f00',
  learner: '#009e73',
  byzantine: '#d55e00',
  member: '#66738a',
  client: '#cc79a7',
  spreading: '#e69f00',
  informed: '#56b4e9',
  suspect: '#f0e442',
  blocked: '#d55e00',
  down: '#5b6270',
  stale: '#59647a',
  led: '#e3a21a',
  rival: '#8d7a55',
}
const LIGHT: Record<AgentHue, string> = {
  ...DARK,
  idle: '#8e9ab0',
  member: '#9aa6ba',
  candidate: '#e3d523',
  suspect: '#e3d523',
  down: '#8a91a0',
  stale: '#a9b3c4',
  led: '#e0a11a',
  rival: '#b9a98a',
}

export interface StageTheme {
  readonly ground: string
  readonly line: string
  readonly text: string
  readonly accent: string
  /** Where a message died. */
  readonly lost: string
  /** Log entries: committed, and not yet. */
  readonly committed: string
  readonly pending: string
  readonly hues: Record<AgentHue, string>
}
export const STAGE_THEMES: Record<Theme, StageTheme> = {
  dark: {
    ground: '#0a0d13',
    line: '#8691a5',
    text: '#dfe4ec',
    accent: '#5ad1b4',
    lost: '#d55e00',
    committed: '#3a72bd',
    pending: '#e6b45a',
    hues: DARK,
  },
  light: {
    ground: '#f4f6f9',
    line: '#66728a',
    text: '#1b2230',
    accent: '#0f8f74',
    lost: '#d55e00',
    committed: '#5b93d6',
    pending: '#a8761a',
    hues: LIGHT,
  },
}

/** sRGB 0..1 as written: the shaders blend in display space, as CSS does. */
export function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

const KINDS = {
  dark: { order: '#5ad1b4', answer: '#dfe4ec', vote: '#f0e442', client: '#cc79a7', other: '#56b4e9' },
  light: { order: '#0f8f74', answer: '#66728a', vote: '#b59f00', client: '#b0457d', other: '#2a83bd' },
} as const
export type KindFamily = keyof (typeof KINDS)['dark']

/** Five families are five hues: what asks for a vote, what a client wants, what answers, what tells, and the rest. */
export function kindFamily(kind: string): KindFamily {
  const name = kind.toLowerCase()
  if (/vote|elect|campaign|candidate|view-?change/.test(name)) return 'vote'
  if (/client|request|propose|query|read|write|pull|compare/.test(name) && !/vote/.test(name)) return 'client'
  if (/repl(y|ies)|ack|answer|report|result|response|confirm|feedback|tell|mend|credit/.test(name)) return 'answer'
  if (/append|beat|order|sync|announce|prepare|commit|lead|led$|snapshot/.test(name)) return 'order'
  return 'other'
}

/** The colour messages of `kind` have on the stage, for legends. */
export const kindColour = (kind: string, theme: Theme): string => KINDS[theme][kindFamily(kind)]
