import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const FIXTURES = join(import.meta.dirname, 'testdata/walls')

/** One file of an archive: `-- path -- rule that must fire`, then the code (after Go's txtar). */
interface Fixture {
  readonly path: string
  readonly rule: string
  readonly code: string
}

const fixtures: readonly Fixture[] = readdirSync(FIXTURES).flatMap((name) =>
  readFileSync(join(FIXTURES, name), 'utf8')
    .split(/^(?=-- )/m)
    .map((section) => {
      const [, path = '', rule = '', code = ''] = /^-- (\S+) -- (\S+)\n(.*)$/s.exec(section) ?? []
      return { path, rule, code }
    }),
)

/** A copy of the lint set-up in a folder of its own, where the fixtures lie at the paths that the rules speak of. */
const house = mkdtempSync(join(tmpdir(), 'walls-'))
const fired = new Map<string, string[]>()

beforeAll(() => {
  cpSync(join(ROOT, '.oxlintrc.json'), join(house, '.oxlintrc.json'))
  cpSync(join(ROOT, 'workers/setup/lint'), join(house, 'workers/setup/lint'), { recursive: true })
  for (const { path, code } of fixtures) {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), code)
  }
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint')
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '-f', 'json'], { cwd: house, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(stdout || '{}') as { diagnostics?: { code: string; filename: string }[] }
  if (diagnostics === undefined) throw new Error(`oxlint gave no report: ${stdout}${stderr}`)
  for (const { code, filename } of diagnostics) {
    const path = filename.replaceAll('\\', '/')
    fired.set(path, [...(fired.get(path) ?? []), code])
  }
})
afterAll(() => rmSync(house, { recursive: true, force: true }))

describe('each wall and each banned name stops a fixture (DESIGN sections 1 and 8)', () => {
  for (const { path, rule } of fixtures.filter((fixture) => fixture.rule !== 'passes'))
    it(`${path}: ${rule}`, () => expect(fired.get(path) ?? []).toContain(rule))
})

describe('what is allowed passes', () => {
  for (const { path } of fixtures.filter((fixture) => fixture.rule === 'passes'))
    it(path, () => expect(fired.get(path) ?? []).toEqual([]))
})

it('every fixture is read, and every name banned in .oxlintrc.json has one', () => {
  expect(fixtures.length).toBeGreaterThan(80)
  expect(fixtures.filter(({ path, rule, code }) => !path || !rule || !code)).toEqual([])
  const banned = [...readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8').matchAll(/"(?:name|property)": "(\w+)"/g)]
  const unproven = banned.filter(
    ([, name = '']) => !fixtures.some(({ rule, code }) => rule !== 'passes' && code.includes(name)),
  )
  expect(unproven.map(([, name]) => name)).toEqual([])
})
