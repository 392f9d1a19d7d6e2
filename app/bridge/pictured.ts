/** What the first picture does not need waits for it, but no longer than this where there is none. */
const PATIENCE_MS = 3_000

let picture: Promise<void> | null = null

/** Resolves once the first picture is on the stage. */
export const pictured = (): Promise<void> =>
  (picture ??= new Promise((resolve) => {
    new PerformanceObserver((marks) => {
      if (marks.getEntriesByName('first picture').length > 0) resolve()
    }).observe({ type: 'mark', buffered: true })
    setTimeout(resolve, PATIENCE_MS)
  }))
