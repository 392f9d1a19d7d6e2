import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Where what can be made again lies; ignored by git. */
export const CACHE = join(ROOT, '.cache')

/**
 * A fingerprint of what is on disk: any file added, removed, resized or touched changes it. Contents are not read.
 * @param {readonly string[]} paths files or folders, absolute; missing ones count as empty
 * @param {(path: string) => boolean} [wanted] which files count
 * @returns {string}
 */
export function fingerprint(paths, wanted = () => true) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of filesUnder(path)) {
      if (!wanted(file)) continue
      const { size, mtimeMs } = statSync(file)
      hash.update(`${file}\0${size}\0${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

/**
 * All files at or under a path, sorted; hidden folders and node_modules are left out.
 * @param {string} path
 * @returns {string[]}
 */
export function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
}

/** @param {string} path @returns {boolean} whether it is a test, and so no part of a build */
export const isTest = (path) => /\.test\.\w+$|[\\/]testdata[\\/]/.test(path)

/** @param {string} path @returns {string} the file's text, or '' where there is none */
export const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** Writes a small text file, making its folder. @param {string} path @param {string} text */
export function writeText(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
