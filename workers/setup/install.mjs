import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, readText, writeText } from './files.mjs'

const LOCK = join(ROOT, 'package-lock.json')
const MODULES = join(ROOT, 'node_modules')
const STAMP = join(MODULES, '.lock-sha256')

/**
 * Installs the packages of package-lock.json where they are missing or older than it. Says so on stderr, so that
 * stdout stays the caller's. Ends the process with npm's exit code where npm fails.
 */
export function installIfMissing() {
  const wanted = createHash('sha256').update(readText(LOCK)).digest('hex')
  if (readText(STAMP) === wanted) return
  if (!installedByHand()) {
    console.error('Installing packages (npm ci) …')
    const status = npm(['ci', '--include=dev', '--no-audit', '--no-fund'])
    if (status !== 0) {
      console.error(`npm ci ended with ${status}: the packages could not be installed.`)
      process.exit(status)
    }
  }
  writeText(STAMP, wanted)
}

/** npm keeps a copy of the lock file in node_modules; newer than the lock, somebody ran npm since it changed. */
function installedByHand() {
  const copy = join(MODULES, '.package-lock.json')
  return !existsSync(STAMP) && existsSync(copy) && statSync(copy).mtimeMs >= statSync(LOCK).mtimeMs
}

/**
 * Runs npm in the project's folder; its output goes to stderr.
 * @param {string[]} args
 * @returns {number} exit code
 */
export function npm(args) {
  const cli = process.env['npm_execpath']
  const own = cli !== undefined && /npm-cli\.[cm]?js$/.test(cli)
  const { status } = own
    ? spawnSync(process.execPath, [cli, ...args], { cwd: ROOT, stdio: ['inherit', 2, 2] })
    : spawnSync('npm', args, { cwd: ROOT, stdio: ['inherit', 2, 2], shell: process.platform === 'win32' })
  return status ?? 1
}
