import { existsSync } from 'node:fs'

const DEBIAN = '/usr/bin/chromium'

/**
 * The Chromium that the end-to-end tests use: SWARM_LAB_BROWSER, else Debian's, else Playwright's own.
 * @returns {Promise<string | null>} its path, or null where none is installed
 */
export async function findBrowser() {
  const named = process.env['SWARM_LAB_BROWSER']
  if (named) return existsSync(named) ? named : null // a wrong name must not silently test another browser
  if (existsSync(DEBIAN)) return DEBIAN
  const { chromium } = await import('@playwright/test')
  const own = chromium.executablePath()
  return own !== '' && existsSync(own) ? own : null
}
