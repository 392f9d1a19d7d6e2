import { createServer } from 'node:net'
import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from '../workers/setup/browser.mjs'

/** A port nobody uses, chosen once: the test processes inherit it, so that two runs at a time do not meet. */
async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return String(address.port)
}

const port = (process.env['SWARM_LAB_E2E_PORT'] ??= await freePort())
const browser = await findBrowser()

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  snapshotPathTemplate: '{testDir}/testdata/{testFileName}/{arg}{ext}', // no platform: see lab.ts on SwiftShader
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  reporter: [['list'], ['json', { outputFile: '../.cache/e2e.json' }]],
  expect: { timeout: 20_000, toHaveScreenshot: { maxDiffPixelRatio: 0.005, animations: 'disabled' } },
  webServer: {
    command: `node ../workers/setup/serve.mjs ${port}`,
    port: Number(port),
    reuseExistingServer: false,
  },
  use: {
    ...devices['Desktop Chrome'],
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1,
    colorScheme: 'dark',
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(browser === null ? {} : { executablePath: browser }),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses its sandbox to root
        '--use-angle=swiftshader', // the same pixels on every machine
        '--enable-unsafe-swiftshader',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
})
