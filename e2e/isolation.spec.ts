import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { extname } from 'node:path'
import { expect, test } from './lab.ts'

const DIST = new URL('../dist/', import.meta.url)
const SUB_PATH = '/someone/else/'
const MIME: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** A host like many: static files at a sub-path, and no header that it was not born with. */
function plainHost(): Server {
  return createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname
    const name = path === SUB_PATH ? 'index.html' : path.slice(SUB_PATH.length)
    try {
      const body = await readFile(new URL(name, DIST))
      response.writeHead(200, { 'Content-Type': MIME[extname(name)] ?? 'application/octet-stream' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
}

let host: Server
let address = ''
test.beforeAll(async () => {
  host = plainHost()
  await new Promise<void>((done) => host.listen(0, 'localhost', done))
  const at = host.address()
  if (at === null || typeof at === 'string') throw new Error('the host has no port')
  address = `http://localhost:${at.port}${SUB_PATH}`
})
test.afterAll(() => {
  host.closeAllConnections()
  host.close()
})

test('on a host without headers, at a sub-path, the service worker isolates the page', async ({ lab }) => {
  await lab.page.goto(address)
  await lab.page.waitForFunction(() => crossOriginIsolated && navigator.serviceWorker.controller !== null)
  await lab.page.waitForFunction(() => '__lab' in globalThis)
  expect(await lab.page.evaluate(() => typeof SharedArrayBuffer)).toBe('function')
})

test('without headers and without service workers the page still opens, on one worker', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  let loads = 0
  page.on('load', () => loads++)
  await page.goto(address)
  await page.waitForFunction(() => '__lab' in globalThis)
  expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([false, 'undefined'])
  expect(loads, 'and does not reload for ever').toBe(1)
  await context.close()
})
