import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findBrowser } from './browser.mjs'
import { BUNDLES, bundleNode } from './bundleNode.mjs'
import { ROOT, filesUnder, fingerprint, isTest } from './files.mjs'
import { isRecentEnough } from './nodeVersion.mjs'

const folder = mkdtempSync(join(tmpdir(), 'setup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the Node version', () => {
  it('is at least 20.19, as package.json says', () => {
    expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node).toBe('>=20.19')
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '101.0.0']) expect(isRecentEnough(version)).toBe(true)
    for (const version of ['20.18.3', '18.20.1', '8.0.0', '']) expect(isRecentEnough(version)).toBe(false)
  })
})

describe('the fingerprint that decides whether to build again', () => {
  const file = join(folder, 'a.ts')
  const now = () => fingerprint([folder], (path) => !isTest(path))

  it('changes with a new file, a new size or a new time; not with a test', () => {
    const empty = now()
    writeFileSync(file, 'one')
    utimesSync(file, 1, 1)
    const one = now()
    utimesSync(file, 2, 2)
    const touched = now()
    writeFileSync(file, 'three')
    utimesSync(file, 2, 2)
    const resized = now()
    writeFileSync(join(folder, 'a.test.ts'), '')
    expect(new Set([empty, one, touched, resized]).size).toBe(4)
    expect(now()).toBe(resized)
    expect(filesUnder(folder)).toHaveLength(2)
  })
})

describe('the browser of the tests', () => {
  it('is the one SWARM_LAB_BROWSER names, and no other where that is not there', async () => {
    const before = process.env['SWARM_LAB_BROWSER']
    try {
      process.env['SWARM_LAB_BROWSER'] = process.execPath
      expect(await findBrowser()).toBe(process.execPath)
      process.env['SWARM_LAB_BROWSER'] = join(folder, 'nowhere')
      expect(await findBrowser()).toBeNull()
    } finally {
      if (before === undefined) delete process.env['SWARM_LAB_BROWSER']
      else process.env['SWARM_LAB_BROWSER'] = before
    }
  })
})

describe('commands', () => {
  it('npm test refuses a step it does not have, naming those it has', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'workers/setup/test.mjs'), 'units'], {
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([2, expect.stringMatching(/"units" is no step .* unit, verify, build, e2e/)])
  })

  it('the bundles that worker threads start from are there once the tests run', async () => {
    const entries = await bundleNode()
    expect(entries.filter((name) => !existsSync(join(BUNDLES, `${name}.mjs`)))).toEqual([])
  })
})
