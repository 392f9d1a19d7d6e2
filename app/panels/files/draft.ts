/** What was being written in the editor when it closed: nothing typed is lost by Escape or by a reload of the tab. */
const KEY = 'swarm-lab.draft'

let kept: string | null = null

export function draft(): string | null {
  try {
    kept ??= sessionStorage.getItem(KEY)
  } catch {
    // storage switched off: kept while the page lives
  }
  return kept
}

/** Null forgets it. */
export function keepDraft(text: string | null): void {
  kept = text
  try {
    if (text === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, text)
  } catch {
    // as above, or too long for this browser
  }
}
