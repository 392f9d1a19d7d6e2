import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { ROOT } from './files.mjs'

/** What the first picture may cost: JavaScript, gzip, 1 kB = 1000 bytes. */
export const INITIAL_JS_MAX_BYTES = 350_000

/** Loaded by import() and yet part of the first picture, so they count with what they import. */
const EAGER = ['app/scene/Stage.tsx']

/**
 * All JavaScript that the page loads before its first picture: scripts and module preloads of index.html, the stage,
 * what they import statically, and every worker that any of them can start.
 * @param {string} dist
 * @returns {Promise<{ file: string, bytes: number }[]>} gzip sizes, largest first
 */
export async function initialScripts(dist) {
  const { parseAst } = await import('rolldown/parseAst')
  const waiting = [...scriptsOfPage(readFileSync(join(dist, 'index.html'), 'utf8')), ...eagerChunks(dist)]
  /** @type {Map<string, number>} */
  const bytes = new Map()
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (bytes.has(file)) continue
    const code = readFileSync(join(dist, file))
    bytes.set(file, gzipSync(code, { level: 9 }).length)
    // Sources are relative to the file; a bundler may also write a worker's path from the root of dist.
    for (const source of sourcesOf(parseAst(code.toString('utf8')))) {
      const beside = posix.join(posix.dirname(file), source)
      const found = [beside, posix.normalize(source.replace(/^\//, ''))].find((path) => existsSync(join(dist, path)))
      if (found === undefined) throw new Error(`${file} loads ${source}, which is not in ${dist}`)
      waiting.push(found)
    }
  }
  return [...bytes].map(([file, size]) => ({ file, bytes: size })).sort((a, b) => b.bytes - a.bytes)
}

/** @param {string} html */
function scriptsOfPage(html) {
  const tags = html.match(/<script\b[^>]*\bsrc="[^"]+"|<link\b[^>]*\brel="modulepreload"[^>]*>/g) ?? []
  return tags.map((tag) => posix.normalize(/(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? ''))
}

/** @param {string} dist Chunks of EAGER sources, by vite's manifest; one that is bundled statically has none. */
function eagerChunks(dist) {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
  return EAGER.flatMap((source) => (manifest[source] ? [manifest[source].file] : []))
}

/**
 * Sources of static imports and of `new Worker(…)`, anywhere in a syntax tree.
 * @param {any} node
 * @returns {string[]}
 */
export function sourcesOf(node) {
  if (typeof node !== 'object' || node === null) return []
  if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type) && node.source) return [node.source.value]
  if (node.type === 'NewExpression' && /^(Shared)?Worker$/.test(node.callee.name)) return scriptNames(node.arguments)
  return Object.values(node).flatMap(sourcesOf)
}

/** @param {any} node @returns {string[]} every string under the node that names a script */
function scriptNames(node) {
  if (typeof node !== 'object' || node === null) return []
  if (node.type === 'Literal' && typeof node.value === 'string' && /\.m?js$/.test(node.value)) return [node.value]
  if (node.type === 'TemplateElement' && /\.m?js$/.test(node.value.cooked)) return [node.value.cooked]
  return Object.values(node).flatMap(scriptNames)
}

// `node workers/setup/bundleSize.mjs`: prints the table; exit code 1 above the limit.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const scripts = await initialScripts(join(ROOT, 'dist'))
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0)
  const kilobytes = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1).padStart(8)
  for (const { file, bytes } of scripts) console.log(`${kilobytes(bytes)} kB  ${file}`)
  console.log(`${kilobytes(total)} kB  initial JavaScript, gzip; at most ${INITIAL_JS_MAX_BYTES / 1000} kB`)
  if (total > INITIAL_JS_MAX_BYTES) process.exitCode = 1
}
