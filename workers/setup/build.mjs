import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, ROOT, fingerprint, isTest, readText, writeText } from './files.mjs'

const STAMP = join(CACHE, 'build.stamp')
const SOURCES = [
  'app',
  'engine',
  'workers',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
]

/**
 * Builds dist/ where a source is newer; output goes to stderr.
 * @returns {number} exit code of the build, 0 where none was needed
 */
export function buildIfStale() {
  return existsSync(join(ROOT, 'dist/index.html')) && readText(STAMP) === sources() ? 0 : build()
}

/** Builds dist/ whether or not it is stale. @returns {number} exit code */
export function build() {
  const before = sources() // what changes during the build is built next time
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const { status } = spawnSync(process.execPath, [vite, 'build'], { cwd: ROOT, stdio: ['inherit', 2, 2] })
  if (status === 0) writeText(STAMP, before)
  return status ?? 1
}

const sources = () =>
  fingerprint(
    SOURCES.map((path) => join(ROOT, path)),
    (path) => !isTest(path),
  )
