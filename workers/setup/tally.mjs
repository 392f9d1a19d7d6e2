/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @param {boolean} ok @returns {Tally} a step that is one test */
export const single = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })

/** @param {readonly Tally[]} tallies @returns {Tally} */
export const sum = (tallies) => ({
  passed: tallies.reduce((n, t) => n + t.passed, 0),
  failed: tallies.reduce((n, t) => n + t.failed, 0),
  skipped: tallies.reduce((n, t) => n + t.skipped, 0),
})

/** @param {Tally} tally @returns {string} the closing line of `npm test` */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/**
 * Counts vitest's JSON report. A file that could not be loaded has no tests and counts as one failure.
 * @param {string} report
 * @param {boolean} ok whether the run's exit code was 0
 * @returns {Tally}
 */
export function tallyOfVitest(report, ok) {
  return guarded(report, ok, (json) => {
    const unloaded = json.testResults.filter(
      (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests + unloaded,
      skipped: json.numPendingTests + json.numTodoTests,
    }
  })
}

/**
 * Counts Playwright's JSON report. A test that passed only when tried again counts as failed.
 * @param {string} report
 * @param {boolean} ok whether the run's exit code was 0
 * @returns {Tally}
 */
export function tallyOfPlaywright(report, ok) {
  return guarded(report, ok, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }))
}

/**
 * What failed, by name, for the end of the output: where a long run's beginning is cut off, this is still read.
 * @param {string} report of vitest or Playwright, as JSON
 * @returns {string[]}
 */
export function failuresOf(report) {
  try {
    const json = JSON.parse(report)
    if (json.suites !== undefined) return json.suites.flatMap((/** @type {any} */ suite) => failedSpecs(suite, ''))
    return json.testResults.flatMap((/** @type {any} */ { name, status, assertionResults }) => {
      const failed = assertionResults.filter((/** @type {any} */ test) => test.status === 'failed')
      const titles = failed.map((/** @type {any} */ test) => `${name}: ${test.fullName}: ${firstLine(test)}`)
      return titles.length === 0 && status === 'failed' ? [`${name}: could not be loaded`] : titles
    })
  } catch {
    return []
  }
}

/** @param {any} test @returns {string} */
const firstLine = ({ failureMessages }) => String(failureMessages?.[0] ?? '').split('\n')[0] ?? ''

/** @param {any} suite @param {string} above @returns {string[]} */
function failedSpecs(suite, above) {
  const title = `${above}${suite.title}: `
  const specs = (suite.specs ?? []).filter((/** @type {any} */ spec) => !spec.ok)
  const inner = (suite.suites ?? []).flatMap((/** @type {any} */ other) => failedSpecs(other, title))
  return [...specs.map((/** @type {any} */ spec) => title + spec.title), ...inner]
}

/**
 * A run that failed without saying which test did, or passed without a report, has still failed.
 * @param {string} report
 * @param {boolean} ok
 * @param {(json: any) => Tally} count
 * @returns {Tally}
 */
function guarded(report, ok, count) {
  let tally = single(false)
  try {
    tally = count(JSON.parse(report))
  } catch {
    return tally
  }
  const whole = [tally.passed, tally.failed, tally.skipped].every(Number.isInteger)
  if (!whole) return single(false)
  return ok || tally.failed > 0 ? tally : { ...tally, failed: 1 }
}
