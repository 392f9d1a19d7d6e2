import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { ROOT } from './files.mjs'

/**
 * Finds the tests' browser, and installs one where there is none: by Playwright, else by apt as root under CI.
 * @returns {Promise<{ path: string } | { error: string }>} the error is one sentence that says what to run
 */
export async function installBrowserIfMissing() {
  const found = await findBrowser()
  if (found !== null) return { path: found }
  const named = process.env['SWARM_LAB_BROWSER']
  if (named) return { error: `SWARM_LAB_BROWSER names ${named}, and there is no such file.` }

  console.error('No browser found: installing Chromium by Playwright …')
  const playwright = join(ROOT, 'node_modules/@playwright/test/cli.js')
  run(process.execPath, [playwright, 'install', 'chromium'])
  const installed = await findBrowser()
  if (installed !== null) return { path: installed }

  if (process.env['CI'] && process.getuid?.() === 0) {
    console.error('Playwright could not install it: trying apt …')
    run('apt-get', ['update'])
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
    const packaged = await findBrowser()
    if (packaged !== null) return { path: packaged }
  }
  return {
    error:
      'There is no browser to test with: run "npx playwright install --with-deps chromium" or ' +
      '"sudo apt-get install -y chromium", or set SWARM_LAB_BROWSER to the path of a Chromium.',
  }
}

/** @param {string} command @param {string[]} args */
const run = (command, args) => spawnSync(command, args, { cwd: ROOT, stdio: ['inherit', 2, 2] })
