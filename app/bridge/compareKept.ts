import { useLab } from '../state/lab.ts'

/** The comparison that is open in this tab, as codes, for a reload; and those that a link carries. */

const KEY = 'swarm-lab.compare'
/** A comparison's link is the first set-up's, with the others' codes behind it. */
const WITH = '&with='

export function keepCodes(codes: readonly string[] | null): void {
  try {
    if (codes === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, JSON.stringify(codes))
  } catch {
    // storage full or switched off: only a reload loses the comparison
  }
}

/** What was being compared before a reload of this tab; null where nothing was. */
export function keptCodes(): readonly string[] | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    return Array.isArray(kept) && kept.length > 0 && kept.every((code) => typeof code === 'string') ? kept : null
  } catch {
    return null // storage switched off, or not ours
  }
}

/** The codes of a comparison in an address' hash; null where it carries a single run or none. */
export function codesInAddress(hash: string): readonly string[] | null {
  const codes = /^#s=(.+)$/s.exec(hash)?.[1]?.split(WITH) ?? []
  return codes.length > 1 ? codes : null
}

export const hashOf = (codes: readonly string[]): string => `#s=${codes.join(WITH)}`

/** Opens the comparison that waits in the address or from before a reload, and every one that the address comes to. */
export function reopenComparison(): void {
  const { openDialog } = useLab.getState()
  if (codesInAddress(location.hash) ?? keptCodes()) openDialog('compare')
  addEventListener('hashchange', () => {
    if (codesInAddress(location.hash) === null) return
    openDialog(null)
    setTimeout(() => openDialog('compare'), 0)
  })
}
