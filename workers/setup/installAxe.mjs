import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { CACHE, readText } from './files.mjs'
import { npm } from './install.mjs'

/**
 * The accessibility checker of the tests. Its licence (MPL-2.0) keeps it out of package.json, so it is fetched into
 * the ignored cache, at this version and with these very bytes.
 */
const VERSION = '4.14.1'
const SHA512 = '5j5ln5gG165b1AiZBDsIcaUGLFRCsBs/Gj7fXq9Qv1w6cQSnJGMpO0rRt3xmGg1OQOhQ3sid6dbs5wqME6mvFw=='
const FOLDER = join(CACHE, 'axe')
export const AXE = join(FOLDER, 'node_modules/axe-core/axe.min.js')

const isThere = () => createHash('sha512').update(readText(AXE)).digest('base64') === SHA512

/** Fetches it where it is missing; without a network the tests that need it skip, and say so. */
export function installAxeIfMissing() {
  if (isThere()) return
  console.error('Fetching the accessibility checker of the tests …')
  const quiet = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund']
  npm(['install', '--prefix', FOLDER, ...quiet, `axe-core@${VERSION}`])
  if (!isThere()) console.error(`axe-core ${VERSION} could not be fetched, or is not what it was.`)
}
