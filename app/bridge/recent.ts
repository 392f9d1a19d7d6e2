import type { LinkState } from '../../engine/scenario/link.ts'
import { pictured } from './pictured.ts'

let library: typeof import('./library.ts') | null = null

/** Keeps a run among the recent ones; at once, but for the library's own arrival after the first picture. */
export async function keepRecent(entry: string, run: LinkState): Promise<void> {
  if (library === null) {
    await pictured()
    library = await import('./library.ts')
  }
  await library.keepRecent(entry, run)
}
