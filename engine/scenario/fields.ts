import * as v from 'valibot'
import type { Plain } from '../kernel/plain.ts'
import { LIMITS } from './limits.ts'
import { suggestion } from './nearest.ts'
import { clean } from './show.ts'

/**
 * The building blocks of every schema. A message completes the sentence `<path>: <value> …`; one that starts with `!`
 * stands without the value. Input has passed `plainInput`, so values are plain data.
 */
type Issue = v.BaseIssue<unknown>

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Takes anything, gives `T`: keeps inference shallow where schemas nest. */
type Door<T> = v.GenericSchema<unknown, T>

/** An object with these fields and no others, for use as an option of `choice`. */
export const fields = <const E extends v.ObjectEntries>(entries: E) =>
  v.strictObject(entries, (issue: Issue) => aboutField(issue, Object.keys(entries)))

/** An object with these fields and no others. */
export const object = <const E extends v.ObjectEntries>(
  entries: E,
): Door<v.InferOutput<v.StrictObjectSchema<E, undefined>>> =>
  v.pipe(v.custom<any>(isObject, 'is not an object'), fields(entries)) as any

function aboutField(issue: Issue, known: readonly string[]): string {
  const key = String(issue.path?.[0]?.key)
  if (issue.expected === 'never') return `!unknown field${suggestion(key, known)}`
  const given = Object.keys((issue.path?.[0]?.input as object) ?? {})
  const typo = given.find((name) => !known.includes(name) && suggestion(name, [key]) !== '')
  return typo === undefined ? '!missing' : `!missing ("${clean(typo)}" is not a field; did you mean "${key}"?)`
}

/** One of several objects, told apart by the word in field `key`. */
export const choice = <const O extends readonly v.StrictObjectSchema<any, any>[]>(
  key: string,
  options: O,
): Door<v.InferOutput<O[number]>> => {
  const words = options.map((option): string => option.entries[key].literal)
  const message = (issue: Issue): string =>
    issue.input === undefined ? `!missing; it is ${anyOf(words)}` : notOne(issue, words)
  const isObjectSchema = v.custom<any>(isObject, 'is not an object')
  return v.pipe(isObjectSchema, v.variant(key, options as any, message as any)) as any
}

export const word = <const W extends readonly string[]>(words: W) =>
  v.picklist(words, (issue: Issue) => notOne(issue, words))

/** A list longer than this is cut short: nobody reads it in a sentence, and the nearest word is suggested. */
const LISTED_CHARS_MAX = 320
function anyOf(words: readonly string[]): string {
  if (words.length === 1) return words[0]!
  const all = words.join(', ')
  if (all.length <= LISTED_CHARS_MAX) return `one of ${all}`
  const listed = all.slice(0, all.lastIndexOf(', ', LISTED_CHARS_MAX)).split(', ')
  return `one of ${listed.join(', ')} and ${words.length - listed.length} more`
}
export const notOne = (issue: { readonly input: unknown }, words: readonly string[]): string =>
  `is not ${anyOf(words)}${typeof issue.input === 'string' ? suggestion(issue.input, words) : ''}`

/**
 * What a check says to people, said in JSON Schema as well: public/schema/ is made of these (a closure tells nobody its
 * bounds). Has no effect on parsing.
 */
export const published = (schema: { readonly [keyword: string]: unknown }): v.MetadataAction<any, typeof schema> =>
  v.metadata(schema)

/** A whole number. */
export const whole = (min: number, max: number) =>
  v.pipe(
    v.number('is not a whole number'),
    v.check((n: number) => Number.isInteger(n), 'is not a whole number'),
    v.check((n) => n >= min && n <= max, `is outside ${min}..${max}`),
    published({ type: 'integer', minimum: min, maximum: max }),
  )

export const real = (min: number, max: number) =>
  v.pipe(
    v.number('is not a number'),
    v.check((n) => n >= min && n <= max, `is outside ${min}..${max}`),
    published({ minimum: min, maximum: max }),
  )

export const probability = () => real(0, 1)
export const flag = () => v.boolean('is not true or false')
export const durationUs = (min = 1) => whole(min, LIMITS.durationUsMax)
/** Ids are checked against the swarm afterwards; this bounds them. */
export const agent = () => whole(0, LIMITS.agentsMax + LIMITS.joinsReserve)

export const list = <const S extends v.GenericSchema>(item: S, max: number): Door<v.InferOutput<S>[]> =>
  v.pipe(
    v.custom<any[]>(Array.isArray, 'is not a list'),
    v.check((items) => items.length <= max, `is longer than the ${max} allowed`),
    v.array(item),
    published({ maxItems: max }),
  ) as any

export const kebab = () =>
  v.pipe(
    v.string('is not a text'),
    v.check((text) => text.length <= LIMITS.nameCharsMax, `is longer than ${LIMITS.nameCharsMax} characters`),
    v.check((text) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text), 'is not in kebab-case (a-z, 0-9 and single dashes)'),
    published({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: LIMITS.nameCharsMax }),
  )

export const title = () =>
  v.pipe(
    v.string('is not a text'),
    v.check(
      (text) => text.length >= 1 && text.length <= LIMITS.titleCharsMax,
      `is not 1..${LIMITS.titleCharsMax} characters long`,
    ),
    v.check(
      (text) => !/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/.test(text),
      'holds a control character',
    ),
    published({ minLength: 1, maxLength: LIMITS.titleCharsMax }),
  )

/** What a worker can do: a rule, or kinds by the worker's place, over and over. */
export const abilities = () =>
  v.pipe(
    v.custom<'all' | 'one' | 'half' | number[][]>(
      (x) => x === 'all' || x === 'one' || x === 'half' || isKinds(x),
      'is not "all", "one", "half" or a list of lists of kinds 0..31',
    ),
    published({
      anyOf: [
        { enum: ['all', 'one', 'half'] },
        { type: 'array', items: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 31 } }, minItems: 1 },
      ],
    }),
  )
const isKinds = (x: unknown): boolean =>
  Array.isArray(x) &&
  x.length >= 1 &&
  x.length <= 1_024 &&
  x.every((own) => Array.isArray(own) && own.every((kind) => Number.isInteger(kind) && kind >= 0 && kind <= 31))

/** Plain data of any shape: `plainInput` has already bounded it. */
export const plain = () => v.custom<Plain>((value) => value !== undefined, 'is not plain data')

/** How many agents a chaos profile may hurt at one time. */
export const budget = () =>
  v.pipe(
    v.custom<number | 'tolerated' | 'unlimited'>(
      (x) => x === 'tolerated' || x === 'unlimited' || (Number.isInteger(x) && (x as number) >= 0),
      'is not a number of agents, "tolerated" or "unlimited"',
    ),
    published({ anyOf: [{ enum: ['tolerated', 'unlimited'] }, { type: 'integer', minimum: 0 }] }),
  )
