import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from './lab.ts'

const DIST = new URL('../dist/', import.meta.url)
const INITIAL_JS_MAX_BYTES = 350_000

test('the page opens isolated, with shared memory, and prints no error', async ({ lab }) => {
  await lab.load()
  expect(await lab.page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([true, 'function'])
  await expect(lab.stage).toBeVisible()
})

test('every answer carries the isolation headers and a policy without unsafe-eval', async ({ lab }) => {
  const response = await lab.page.goto('./')
  const headers = response?.headers() ?? {}
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
  expect(headers['document-isolation-policy']).toBe('isolate-and-require-corp')
  expect(headers['content-security-policy']).toContain("script-src 'self'")
  expect(headers['content-security-policy']).not.toContain('unsafe-eval')
})

test('what is fetched up to the first picture is at most 350 kB of JavaScript, gzip', async ({ lab, baseURL }) => {
  const scripts = new Set<string>()
  lab.page.context().on('request', (request) => {
    const path = request.url().replace(baseURL ?? '', '')
    if (path.endsWith('.js')) scripts.add(path)
  })
  await lab.load()
  await expect(lab.stage).toBeVisible()
  await lab.page.waitForFunction(() => performance.getEntriesByName('first picture').length > 0)
  // What is still on its way has no entry yet, and so would count as fetched before.
  await lab.page.waitForLoadState('networkidle')
  const late = await lab.page.evaluate(() => {
    const picture = performance.getEntriesByName('first picture')[0]!
    const after = (entry: PerformanceEntry): boolean => entry.startTime > picture.startTime
    return performance
      .getEntriesByType('resource')
      .filter(after)
      .map((entry) => entry.name)
  })
  const fetched = [...scripts].filter((path) => !late.some((address) => address.endsWith(path)))
  expect(fetched.length).toBeGreaterThan(0)
  const bytes = fetched.reduce((sum, path) => sum + gzipSync(readFileSync(new URL(path, DIST)), { level: 9 }).length, 0)
  expect(bytes, fetched.join(', ')).toBeLessThanOrEqual(INITIAL_JS_MAX_BYTES)
})

test('nothing is asked of another host', async ({ lab, baseURL }) => {
  const foreign: string[] = []
  lab.page.context().on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(baseURL ?? '')) foreign.push(request.url())
  })
  await lab.load()
  await expect(lab.stage).toBeVisible()
  expect(foreign).toEqual([])
})
