import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { initialScripts } from './bundleSize.mjs'

const dist = mkdtempSync(join(tmpdir(), 'dist-'))
afterAll(() => rmSync(dist, { recursive: true, force: true }))

/** @param {Record<string, string>} files */
function write(files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, path)), { recursive: true })
    writeFileSync(join(dist, path), text)
  }
}

describe('what counts as initial JavaScript', () => {
  write({
    'index.html':
      '<script src="./plain.js"></script><script type="module" crossorigin src="./assets/main.js"></script>' +
      '<link rel="modulepreload" crossorigin href="./assets/preloaded.js">' +
      '<link rel="stylesheet" href="./assets/a.css">',
    'plain.js': 'self.x = 1',
    'assets/main.js':
      'import{a}from"./static.js";import("./lazy.js");' +
      'new Worker(new URL("/assets/worker.js",""+import.meta.url),{type:"module"});a("assets/lazy.js")',
    'assets/static.js': 'export*from"./deep.js";export const a=(x)=>x',
    'assets/deep.js': 'export const b = 1',
    'assets/preloaded.js': 'export {}',
    'assets/worker.js': 'import "./ofWorker.js"',
    'assets/ofWorker.js': 'new Worker(new URL(`nested.js`, import.meta.url))',
    'assets/nested.js': 'self.x = 2',
    'assets/lazy.js': 'export {}',
    'assets/stage.js': 'import "./ofStage.js"; import("./lazy.js")',
    'assets/ofStage.js': 'export {}',
    '.vite/manifest.json': JSON.stringify({ 'app/scene/Stage.tsx': { file: 'assets/stage.js' } }),
  })

  it('static imports to any depth, preloads, workers and theirs, the stage; not what loads later', async () => {
    const found = (await initialScripts(dist)).map(({ file }) => file).sort()
    expect(found).toEqual(
      ['deep', 'main', 'nested', 'ofStage', 'ofWorker', 'preloaded', 'stage', 'static', 'worker']
        .map((name) => `assets/${name}.js`)
        .concat('plain.js'),
    )
  })

  it('a script that is not there is an error, not zero bytes', async () => {
    write({ 'assets/deep.js': 'import "./gone.js"' })
    await expect(initialScripts(dist)).rejects.toThrow('assets/deep.js loads ./gone.js')
  })
})
