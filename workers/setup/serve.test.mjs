import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from './files.mjs'
import headers from './headers.json' with { type: 'json' }
import { listen, staticServer } from './serve.mjs'

const folder = mkdtempSync(join(tmpdir(), 'serve-'))
const server = staticServer(join(folder, 'dist'))
let port = 0

beforeAll(async () => {
  mkdirSync(join(folder, 'dist/assets'), { recursive: true })
  mkdirSync(join(folder, 'dist-secret'))
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'dist-secret/secret.txt'), 'secret')
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'dist/assets/a b.js'), 'export {}')
  port = await listen(server, 0)
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

/**
 * Asks without the clean-up that fetch does to a path.
 * @param {string} path
 * @param {string} [method]
 * @returns {Promise<{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders, body: string }>}
 */
const ask = (path, method = 'GET') =>
  new Promise((done, fail) => {
    request({ host: 'localhost', port, path, method }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += chunk))
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body }))
    })
      .on('error', fail)
      .end()
  })

describe('the static server', () => {
  it('serves the page with the isolation headers and the policy, whatever follows ? or #', async () => {
    for (const path of ['/', '/index.html', '/?x=1', '/#s=1.abc']) {
      const answer = await ask(path)
      expect(answer.status).toBe(200)
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
      for (const [name, value] of Object.entries({ ...headers.isolation, ...headers.protection }))
        expect(answer.headers[name.toLowerCase()]).toBe(value)
    }
  })

  it('serves scripts as scripts, and keeps only what carries a hash in its name', async () => {
    const script = await ask('/assets/a%20b.js')
    expect([script.status, script.body]).toEqual([200, 'export {}'])
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(script.headers['cache-control']).toContain('immutable')
    expect((await ask('/')).headers['cache-control']).toBe('no-cache')
  })

  it('answers HEAD without a body and refuses to be written to', async () => {
    expect(await ask('/', 'HEAD')).toMatchObject({ status: 200, body: '' })
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await ask('/', method)).status).toBe(405)
  })

  it('never leaves its folder', async () => {
    const paths = ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/..%5csecret.txt', '//../secret.txt']
    paths.push('/assets/../../secret.txt', '/../dist-secret/secret.txt', '/%00', '/%', '/%c0%ae%c0%ae/secret.txt')
    for (const path of paths) {
      const answer = await ask(path)
      expect([path, answer.status, answer.body.includes('secret')]).toEqual([path, 404, false])
    }
  })

  it('takes the next port where the first is used', async () => {
    const second = staticServer(folder)
    try {
      expect(await listen(second, port, 20)).toBeGreaterThan(port)
    } finally {
      second.close()
    }
    await expect(listen(staticServer(folder), port, 1)).rejects.toThrow(/EADDRINUSE/)
  })
})

describe('one set of headers', () => {
  const text = readFileSync(join(ROOT, 'public/_headers'), 'utf8')

  it('public/_headers says the same as the server', () => {
    const forAll = text.slice(0, text.indexOf('/assets/*'))
    const said = [...forAll.matchAll(/^ {2}([\w-]+): (.*)$/gm)].map(([, name, value]) => [name, value])
    expect(Object.fromEntries(said)).toEqual({ ...headers.isolation, ...headers.protection })
  })

  it('the service worker adds the same isolation headers', () => {
    const code = readFileSync(join(ROOT, 'public/isolation.js'), 'utf8')
    for (const [name, value] of Object.entries(headers.isolation)) expect(code).toContain(`'${name}': '${value}'`)
  })

  it('the policy allows no evaluation and no inline script (EXPERIENCE, Isolation)', () => {
    const policy = headers.protection['Content-Security-Policy']
    expect(policy).not.toContain('unsafe-eval')
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'")
  })
})
