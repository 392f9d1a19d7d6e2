import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatNotices, notices } from './notices.ts'

const ROOT = join(import.meta.dirname, '../..')
const json = (name: string) => JSON.parse(readFileSync(join(ROOT, name), 'utf8'))

interface LockEntry {
  readonly version?: string
  readonly resolved?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
const packages = Object.entries(json('package-lock.json').packages as Record<string, LockEntry>).filter(
  ([path]) => path !== '',
)
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Anything may use these, and anything made with them may be given away. */
const ALLOWED = ['MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'ISC', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0']
ALLOWED.push('Unlicense', 'Python-2.0')

/** Allowed for these packages only, with the reason. */
const EXCEPTIONS: readonly {
  readonly licence: string
  readonly name: RegExp
  readonly why: string
  readonly dev: boolean
}[] = [
  { licence: 'OFL-1.1', name: /^@fontsource-variable\//, why: 'fonts, shipped unchanged', dev: false },
  {
    licence: 'MPL-2.0',
    name: /^lightningcss(-|$)/,
    why: 'vite minifies CSS with it; none of it is shipped',
    dev: true,
  },
]

describe('licences', () => {
  it('every package, production and development, has a licence of the allow-list', () => {
    expect(packages.length).toBeGreaterThan(100)
    const refused = packages.filter(([path, { license = 'none', dev = false }]) => {
      const exception = EXCEPTIONS.find(({ licence, name }) => licence === license && name.test(nameOf(path)))
      return !ALLOWED.includes(license) && !(exception && (!exception.dev || dev))
    })
    expect(refused.map(([path, { license }]) => `${path}: ${license}`)).toEqual([])
  })

  it('every exception is needed', () => {
    const used = EXCEPTIONS.filter(({ licence, name }) =>
      packages.some(([path, { license }]) => license === licence && name.test(nameOf(path))),
    )
    expect(used).toEqual(EXCEPTIONS)
  })

  it('the shipped notices name every production dependency with a licence text of its own', () => {
    const all = notices(ROOT)
    const named = all.map(({ name }) => name)
    expect(Object.keys(json('package.json').dependencies).filter((name) => !named.includes(name))).toEqual([])
    expect(all.filter(({ text }) => text.length < 60).map(({ name }) => name)).toEqual([])
    const file = formatNotices(all)
    expect(all.filter(({ name, version }) => !file.includes(`${name} ${version} (`))).toEqual([])
  })
})

describe('package-lock.json', () => {
  it('names no address, so that any registry serves it', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
  })

  it('holds every optional package with its version, or npm ci refuses it on other systems', () => {
    const locked = new Set(packages.filter(([, { version }]) => version).map(([path]) => nameOf(path)))
    const wanted = packages.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies))
    expect(wanted.filter((name) => !locked.has(name))).toEqual([])
  })

  it('package.json asks for exact versions, and gets them', () => {
    const { dependencies, devDependencies } = json('package.json') as Record<string, Record<string, string>>
    const asked = Object.entries({ ...dependencies, ...devDependencies })
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
    const got = new Map(packages.map(([path, { version }]) => [path, version]))
    expect(asked.filter(([name, version]) => got.get(`node_modules/${name}`) !== version)).toEqual([])
  })
})
