import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname } from 'node:path'

const DIST = new URL('../dist/', import.meta.url)
const SUB_PATH = '/someone/else/'
const MIME: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export interface PlainHost {
  /** Ends with a slash. */
  readonly address: string
  close(): void
}

/** A host like many: static files at a sub-path, and no header that it was not born with. */
export async function startPlainHost(): Promise<PlainHost> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname
    const name = path === SUB_PATH ? 'index.html' : path.slice(SUB_PATH.length)
    try {
      const body = await readFile(new URL(name, DIST))
      response.writeHead(200, { 'Content-Type': MIME[extname(name)] ?? 'application/octet-stream' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('the host has no port')
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { address: `http://localhost:${at.port}${SUB_PATH}`, close }
}
