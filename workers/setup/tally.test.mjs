import { describe, expect, it } from 'vitest'
import { closingLine, failuresOf, single, sum, tallyOfPlaywright, tallyOfVitest } from './tally.mjs'

const vitest = (changes = {}) =>
  JSON.stringify({
    numPassedTests: 7,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...changes,
  })

describe('what npm test counts', () => {
  it('adds steps and test reports to one closing line', () => {
    expect(closingLine(sum([single(true), tallyOfVitest(vitest(), true)]))).toBe('8 passed, 0 failed')
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
  })

  it('counts a test file that cannot be loaded as a failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }]
    expect(tallyOfVitest(vitest({ testResults }), false)).toEqual({ passed: 7, failed: 1, skipped: 0 })
  })

  it('never counts a failed run as passed: no report, half a report, or a report without a failure', () => {
    expect(tallyOfVitest('', false).failed).toBe(1)
    expect(tallyOfVitest('', true).failed).toBe(1)
    expect(tallyOfVitest('{"testResults":[]}', true).failed).toBe(1)
    expect(tallyOfVitest(vitest(), false).failed).toBe(1)
    expect(tallyOfPlaywright('{}', true).failed).toBe(1)
  })

  it('counts a browser test that passed only on a second try as failed', () => {
    const report = JSON.stringify({ stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 2 } })
    expect(tallyOfPlaywright(report, true)).toEqual({ passed: 4, failed: 1, skipped: 2 })
  })
})

describe('failuresOf', () => {
  it('names what failed in a report of vitest, a file that could not be loaded too', () => {
    const failed = { status: 'failed', fullName: 'a swarm works', failureMessages: ['Error: no\n  at line 3'] }
    const report = JSON.stringify({
      testResults: [
        { name: 'a.test.ts', status: 'failed', assertionResults: [failed, { status: 'passed' }] },
        { name: 'b.test.ts', status: 'failed', assertionResults: [] },
        { name: 'c.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    })
    expect(failuresOf(report)).toEqual(['a.test.ts: a swarm works: Error: no', 'b.test.ts: could not be loaded'])
  })

  it('names what failed in a report of Playwright, however deep', () => {
    const inner = { title: 'inner', specs: [{ ok: false, title: 'breaks' }], suites: [] }
    const report = JSON.stringify({
      suites: [{ title: 'x.spec.ts', specs: [{ ok: true, title: 'y' }], suites: [inner] }],
    })
    expect(failuresOf(report)).toEqual(['x.spec.ts: inner: breaks'])
  })

  it('is empty where there is no report', () => {
    expect(failuresOf('')).toEqual([])
  })
})
