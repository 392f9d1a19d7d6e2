import { expect, test } from './lab.ts'
import { startPlainHost, type PlainHost } from './plainHost.ts'

let host: PlainHost
test.beforeAll(async () => {
  host = await startPlainHost()
})
test.afterAll(() => host.close())

test('on a host without headers, at a sub-path, the service worker isolates the page', async ({ lab }) => {
  await lab.page.goto(host.address)
  await lab.page.waitForFunction(() => crossOriginIsolated && navigator.serviceWorker.controller !== null)
  await lab.page.waitForFunction(() => '__lab' in globalThis)
  expect(await lab.page.evaluate(() => typeof SharedArrayBuffer)).toBe('function')
})

test('without headers and without service workers the page still opens, on one worker', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  let loads = 0
  page.on('load', () => loads++)
  await page.goto(host.address)
  await page.waitForFunction(() => '__lab' in globalThis)
  expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([false, 'undefined'])
  expect(loads, 'and does not reload for ever').toBe(1)
  await context.close()
})
