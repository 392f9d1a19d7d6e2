import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, ROOT, fingerprint, isTest, readText, writeText } from './files.mjs'

const ENTRIES = join(ROOT, 'workers/node')
/** Where the bundles lie: `lab.mjs` and one `…Worker.mjs` a thread entry. */
export const BUNDLES = join(CACHE, 'node')
const STAMP = join(BUNDLES, 'stamp')

/**
 * Bundles the headless command and the worker-thread entries for Node into .cache/node where a source is newer.
 * Prints nothing. Rejects with the bundler's error.
 * @returns {Promise<string[]>} names of the entries, such as `lab` and `shardWorker`
 */
export async function bundleNode() {
  const entries = entryNames()
  const sources = fingerprint(
    ['engine', 'workers', 'package-lock.json'].map((path) => join(ROOT, path)),
    (path) => !isTest(path),
  )
  const complete = entries.every((name) => existsSync(join(BUNDLES, `${name}.mjs`)))
  if (entries.length > 0 && !(complete && readText(STAMP) === sources)) {
    await bundle(entries)
    writeText(STAMP, sources)
  }
  return entries
}

/** `lab.ts` and every `…Worker.ts` of workers/node. */
function entryNames() {
  if (!existsSync(ENTRIES)) return []
  return readdirSync(ENTRIES)
    .filter((name) => /^(lab|\w+Worker)\.ts$/.test(name))
    .map((name) => name.replace(/\.ts$/, ''))
}

/** @param {string[]} entries */
async function bundle(entries) {
  const { rolldown } = await import('rolldown')
  const fresh = join(CACHE, `node-${process.pid}`)
  const build = await rolldown({
    cwd: ROOT,
    input: Object.fromEntries(entries.map((name) => [name, join(ENTRIES, `${name}.ts`)])),
    platform: 'node',
    external: [/^node:/, /^rolldown/, /^vite/],
    logLevel: 'silent',
  })
  try {
    await build.write({
      dir: fresh,
      format: 'esm',
      sourcemap: true,
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
    })
    // File by file, entries last: a command that starts meanwhile finds either the old bundle or the new one.
    mkdirSync(BUNDLES, { recursive: true })
    const isEntry = (/** @type {string} */ name) => entries.some((entry) => name.startsWith(`${entry}.mjs`))
    const written = readdirSync(fresh).sort((a, b) => Number(isEntry(a)) - Number(isEntry(b)))
    for (const name of written) renameSync(join(fresh, name), join(BUNDLES, name))
  } finally {
    await build.close()
    rmSync(fresh, { recursive: true, force: true })
  }
}
