import type { Scenario } from '../../engine/scenario/Scenario.ts'

/** What agents of a program show. */
export interface ProgramWords {
  /** Its roles, and what each means there: for the legend and for labels. */
  readonly roles?: readonly (readonly [role: string, word: string])[]
  /** What an agent's load stands for, where it stands for something of its own. */
  readonly load?: string
  /** Its columns are what waits at an agent, not a log. */
  readonly hasItems?: true
}

/** Those of the first scenario; otherRoleWords.ts has the others, and is fetched with the first that runs one. */
const known = new Map<string, ProgramWords>([
  [
    'raft',
    {
      roles: [
        ['leader', 'leader'],
        ['follower', 'follower'],
        ['candidate', 'candidate'],
      ],
    },
  ],
  ['client', { load: 'operations under way' }],
  [
    'tree-sync',
    {
      roles: [
        ['leader', 'heads a tree'],
        ['member', 'follows orders'],
      ],
    },
  ],
  ['bus', {}],
])

export function knowRoleWords(words: { readonly [program: string]: ProgramWords }): void {
  for (const [program, own] of Object.entries(words)) known.set(program, own)
}

/** Resolves once there are words for all that a scenario runs. */
export async function fetchRoleWords({ programs }: Pick<Scenario, 'programs'>): Promise<void> {
  if (programs.some(({ kind }) => !known.has(kind))) await import('./otherRoleWords.ts')
}

/** Of several programs each role once, in the words of the first that shows it. */
export function roleWords(programs: readonly string[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  for (const program of programs)
    for (const [role, word] of known.get(program)?.roles ?? []) if (!words.has(role)) words.set(role, word)
  return words
}

/** What the third axis means in a run of these programs, for the legend; empty where it means nothing. */
export function heightWords(height: Scenario['height'], programs: readonly string[]): string {
  if (height === 'none') return ''
  if (height === 'level') return 'height: level in the hierarchy'
  const words = programs.map((program) => known.get(program))
  if (height === 'log') return `height: ${words.some((own) => own?.hasItems) ? ITEMS : LOG}`
  return `height: ${words.find((own) => own?.load !== undefined)?.load ?? 'load of the agent'}`
}
const LOG = 'log index, solid = committed'
const ITEMS = 'items here, solid = in work'
