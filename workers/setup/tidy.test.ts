import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * Style as a test, after TigerBeetle's `src/tidy.zig`. Lines of 120 columns are prettier's for code; here for comments.
 */
const ROOT = join(import.meta.dirname, '../..')
const LINES_MAX = 400
const COLUMNS_MAX = 120
const CODE = /\.(ts|tsx|mjs|js|css|html)$/

interface File {
  readonly path: string
  readonly lines: readonly string[]
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return /^(testdata|node_modules|\..*)$/.test(entry.name) ? [] : filesUnder(path)
    return CODE.test(entry.name) ? [path] : []
  })
}

const files: readonly File[] = ['app', 'engine', 'workers', 'e2e', 'public']
  .flatMap((folder) => filesUnder(join(ROOT, folder)))
  .map((path) => ({
    path: relative(ROOT, path).split(sep).join('/'),
    lines: readFileSync(path, 'utf8').replace(/\n$/, '').split('\n'),
  }))

/** Every line for which `wrong` holds, as path:line. */
const linesWhere = (wrong: (line: string) => boolean, among: readonly File[] = files): readonly string[] =>
  among.flatMap(({ path, lines }) => lines.flatMap((line, k) => (wrong(line) ? [`${path}:${k + 1}`] : [])))

const isTest = ({ path }: File) => /\.(test|spec)\.\w+$/.test(path)

describe('tidy', () => {
  it(`no file has more than ${LINES_MAX} lines`, () => {
    expect(files.length).toBeGreaterThan(20)
    expect(files.filter(({ lines }) => lines.length > LINES_MAX).map(({ path }) => path)).toEqual([])
  })

  it(`no line is wider than ${COLUMNS_MAX} columns, but for an address or a text that cannot be broken`, () => {
    const unbreakable = /https?:\/\/|['"`<][^'"`]{60,}['"`>]|\S{60,}/
    expect(linesWhere((line) => [...line].length > COLUMNS_MAX && !unbreakable.test(line))).toEqual([])
  })

  it('nothing is left for later in the source', () => {
    const later = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['XX', 'X'].join('')})\\b`)
    expect(linesWhere((line) => later.test(line))).toEqual([])
  })

  it('no test is the only one, or left out without a condition', () => {
    const narrowed = /\b(?:it|test|describe)(?:\.\w+)*\.only\b|\b(?:xit|xdescribe|fit|fdescribe)\(/
    const skipped = /\b(?:it|describe)\.(?:skip|todo)\(|\btest\.(?:skip|fixme)\((?:['"`]|\))/
    expect(linesWhere((line) => narrowed.test(line) || skipped.test(line), files.filter(isTest))).toEqual([])
  })

  it('names of files have no spaces, and no two differ in case only', () => {
    const names = files.map(({ path }) => path)
    expect(names.filter((path) => !/^[\w./-]+$/.test(path))).toEqual([])
    expect(new Set(names.map((path) => path.toLowerCase())).size).toBe(names.length)
  })

  it('lines end with a line feed and hold no tab', () => {
    expect(linesWhere((line) => line.includes('\r') || line.includes('\t'))).toEqual([])
  })
})
