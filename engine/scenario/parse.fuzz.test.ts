import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clonePlain } from '../kernel/plain.ts'
import { parseScenario, parseScenarioText } from './parse.ts'
import { PRESETS } from './presets/index.ts'
import { setFields } from './set.ts'

const RUNS = 1_500
/** One sentence: no line break, no control character, a bounded length. */
export const SENTENCE = /^[^\u0000-\u001f\u2028\u2029]{8,500}$/

/** Every path of a document, leaves and inner values. */
function paths(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (!Array.isArray(value) && Object.prototype.toString.call(value) !== '[object Object]') return [at]
  return [at, ...Object.entries(value as object).flatMap(([key, inner]) => paths(inner, [...at, key]))]
}

const nasty = fc.oneof(
  fc.anything({
    maxDepth: 3,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
  fc.constantFrom(
    -1,
    0,
    0.5,
    1e7,
    2 ** 53,
    -0,
    NaN,
    Infinity,
    '',
    '\n',
    'x'.repeat(5_000),
    [],
    {},
    null,
    undefined,
    '__proto__',
  ),
)

/** A built-in scenario with one to three of its parts replaced, removed or joined by something foreign. */
const mangled = fc
  .tuple(
    fc.constantFrom(...PRESETS.map(({ scenario }) => scenario)),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('replace', 'remove', 'add'), nasty, fc.string()), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([scenario, edits]) => {
    const document: any = clonePlain(scenario)
    for (const [pick, how, value, name] of edits) {
      const all = paths(document)
      const path = all[pick % all.length]!
      if (path.length === 0) continue
      const parent = path.slice(0, -1).reduce((inner: any, step) => inner[step], document)
      const step = path[path.length - 1]!
      if (how === 'replace') parent[step] = value
      else if (how === 'remove') delete parent[step]
      else if (typeof parent[step] === 'object' && parent[step] !== null) parent[step][name] = value
    }
    return document
  })

const judge = (parse: () => ReturnType<typeof parseScenario>): void => {
  const started = performance.now()
  const result = parse()
  expect(performance.now() - started).toBeLessThan(2_000)
  if (result.ok) expect(parseScenario(result.value)).toEqual(result)
  else expect(result.error).toMatch(SENTENCE)
}

describe('mangled scenarios', () => {
  it('parse to a scenario or to one sentence, never throw, in bounded time', () => {
    fc.assert(
      fc.property(mangled, (document) => judge(() => parseScenario(document))),
      { numRuns: RUNS },
    )
  })
  it('and so does anything at all', () => {
    fc.assert(
      fc.property(nasty, (value) => judge(() => parseScenario(value))),
      { numRuns: RUNS },
    )
  })
  it('and so does any damaged file', () => {
    const texts = PRESETS.map(({ scenario }) => JSON.stringify(scenario))
    const damage = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.nat({ max: 40 }), fc.string({ maxLength: 20 }))
    fc.assert(
      fc.property(damage, ([text, place, length, put]) => {
        const at = place % text.length
        judge(() => parseScenarioText(text.slice(0, at) + put + text.slice(at + length)))
      }),
      { numRuns: RUNS },
    )
  })
  it('and so does any assignment', () => {
    const names = [...new Set(paths(PRESETS[0]!.scenario).map((path) => path.join('.')))]
    const path = fc.oneof(
      fc.constantFrom(...names),
      fc.string(),
      fc.constantFrom(
        '__proto__.x',
        'swarm.__proto__',
        'programs.raft.__proto__.x',
        'faults.9.at',
        'a.b.c',
        '.',
        'constructor.prototype',
      ),
    )
    const text = fc
      .tuple(
        path,
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
        ),
      )
      .map((parts) => parts.join('='))
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), fc.array(text, { maxLength: 3 }), ({ scenario }, texts) =>
        judge(() => setFields(scenario, texts)),
      ),
      { numRuns: RUNS },
    )
    expect(({} as any).x).toBeUndefined()
  })
})
