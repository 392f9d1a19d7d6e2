import { createReadStream, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** @type {{ isolation: Record<string, string>, protection: Record<string, string> }} */
const HEADERS = JSON.parse(readFileSync(new URL('./headers.json', import.meta.url), 'utf8'))

/** @type {Record<string, string>} */
const MIME = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/**
 * The file that a request's path names.
 * @param {string} folder absolute
 * @param {string} url as in the request line
 * @returns {{ path: string, size: number } | null} null where it names nothing inside the folder
 */
export function locate(folder, url) {
  let name
  try {
    name = decodeURIComponent(url.replace(/[?#].*$/s, ''))
  } catch {
    return null // a stray %
  }
  if (name.includes('\0')) return null
  let path = resolve(folder, `.${sep}${name}`)
  if (path !== folder && !path.startsWith(folder + sep)) return null
  let stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isDirectory()) {
    path = join(path, 'index.html')
    stats = statSync(path, { throwIfNoEntry: false })
  }
  return stats?.isFile() ? { path, size: stats.size } : null
}

/**
 * A static server with the headers that SharedArrayBuffer needs and the Content-Security-Policy of `public/_headers`.
 * @param {string} dir
 * @returns {import('node:http').Server} not yet listening
 */
export function staticServer(dir) {
  const folder = resolve(dir)
  return createServer((request, response) => {
    for (const [name, value] of Object.entries({ ...HEADERS.isolation, ...HEADERS.protection }))
      response.setHeader(name, value)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return void response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    const found = locate(folder, request.url ?? '/')
    if (found === null) return void response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found\n')
    response.writeHead(200, {
      'Content-Type': MIME[extname(found.path)] ?? 'application/octet-stream',
      'Content-Length': found.size,
      // Names under assets/ carry a hash of the contents; everything else must be asked for again.
      'Cache-Control': found.path.startsWith(join(folder, 'assets') + sep)
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
    })
    if (request.method === 'HEAD') return void response.end()
    createReadStream(found.path)
      .on('error', () => response.destroy())
      .pipe(response)
  })
}

/**
 * Listens on the loopback address only.
 * @param {import('node:http').Server} server
 * @param {number} port tried first
 * @param {number} [tries] how many ports, counting up, before giving up
 * @returns {Promise<number>} the port taken; rejects with the system's error where none was free
 */
export async function listen(server, port, tries = 1) {
  for (let k = 0; ; k++) {
    try {
      return await listenOnce(server, port === 0 ? 0 : port + k, 'localhost')
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error)
      // A machine without IPv6 may still name ::1 in its hosts file.
      if (code === 'EADDRNOTAVAIL') return listenOnce(server, port + k, '127.0.0.1')
      if (code !== 'EADDRINUSE' || k + 1 >= tries) throw error
    }
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>}
 */
function listenOnce(server, port, host) {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      const address = server.address()
      done(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

// `node workers/setup/serve.mjs [PORT] [FOLDER]`: what the end-to-end tests start.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = process.argv[3] ?? fileURLToPath(new URL('../../dist', import.meta.url))
  const port = await listen(staticServer(dist), Number(process.argv[2] ?? 4173))
  console.log(`http://localhost:${port}/`)
}
