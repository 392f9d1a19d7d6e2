import type { Plain } from '../../engine/kernel/plain.ts'
import { fail, ok, type Result } from '../../engine/kernel/result.ts'
import { LIMITS } from '../../engine/scenario/limits.ts'
import { count, show } from '../../engine/scenario/show.ts'
import type { Axis } from './SweepSpec.ts'

/** `path=a,b,c` or `path=start:end:step`, or both mixed. Errors are one sentence. */
export function parseAxis(text: string): Result<Axis> {
  const at = text.indexOf('=')
  if (at < 1) return fail(`--over: ${show(text)} is not path=values`)
  const path = text.slice(0, at).trim()
  const values = parseValues(path, text.slice(at + 1))
  return values.ok ? ok({ path, values: values.value }) : values
}

/** The values that a text asks for: items between commas, each a value or a range `start:end:step`. */
export function parseValues(path: string, text: string): Result<readonly Plain[]> {
  const values: Plain[] = []
  for (const item of splitList(text)) {
    if (item === '') return fail(`${path}: a value is missing in ${show(text)}`)
    const range = /^([^:]*):([^:]*)(?::([^:]*))?$/.exec(item)
    const numbers = range?.slice(1, 4).map((part) => decimal(part ?? ''))
    if (numbers === undefined || numbers.every((part) => part === null)) {
      values.push(valueOf(item))
      continue
    }
    const found = rangeValues(path, item, numbers)
    if (!found.ok) return found
    values.push(...found.value)
  }
  if (values.length > LIMITS.sweepPointsMax) return fail(tooMany(path, values.length))
  const seen = new Set<string>()
  for (const value of values) {
    const name = JSON.stringify(value)
    if (seen.has(name)) return fail(`${path}: ${textOf(value)} is given twice`)
    seen.add(name)
  }
  return ok(values)
}

/** A decimal number as an integer times 10^−places, so that a range adds up exactly. */
interface Decimal {
  readonly digits: number
  readonly places: number
}

/** start, start + step, … up to and with the end: counted in whole steps of the last decimal place, without drift. */
function rangeValues(path: string, text: string, parts: readonly (Decimal | null)[]): Result<readonly number[]> {
  const [from, to, by] = parts
  if (!from || !to || !by) return fail(`${path}: ${show(text)} is not start:end:step with three numbers`)
  const places = Math.max(from.places, to.places, by.places)
  const [start, end, step] = [from, to, by].map((d) => d.digits * 10 ** (places - d.places)) as [number, number, number]
  if (![start, end, step].every(Number.isSafeInteger) || places > 22)
    return fail(`${path}: ${show(text)} has more digits than a range can count`)
  if (step <= 0) return fail(`${path}: the step of ${show(text)} is not above 0`)
  if (end < start) return fail(`${path}: the end of ${show(text)} is before its start`)
  const many = Math.floor((end - start) / step) + 1
  if (many > LIMITS.sweepPointsMax) return fail(tooMany(path, many))
  // An integer divided by a power of ten is the double nearest to that decimal, as if it had been typed.
  return ok(Array.from({ length: many }, (_, k) => (start + k * step) / 10 ** places))
}

const tooMany = (path: string, many: number): string =>
  `${path}: ${count(many)} values are above the ${count(LIMITS.sweepPointsMax)} allowed`

function decimal(text: string): Decimal | null {
  const match = /^\s*([+-]?)(?=\.?\d)(\d*)\.?(\d*)(?:e([+-]?\d{1,3}))?\s*$/i.exec(text)
  if (match === null) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const shift = fraction.length - Number(exponent)
  const digits = Number(whole + fraction) * (sign === '-' ? -1 : 1)
  return shift >= 0 ? { digits, places: shift } : { digits: digits * 10 ** -shift, places: 0 }
}

/** Commas outside quotes and brackets, so that lists and objects can be values too. */
function splitList(text: string): string[] {
  const items: string[] = []
  let depth = 0
  let quoted = false
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"') quoted = false
    } else if (c === '"') quoted = true
    else if (c === '[' || c === '{') depth++
    else if (c === ']' || c === '}') depth--
    else if (c === ',' && depth <= 0) {
      items.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  items.push(text.slice(from).trim())
  return items
}

/** JSON where it is JSON, else the text itself, as `--set` reads it. */
function valueOf(text: string): Plain {
  try {
    return JSON.parse(text) as Plain
  } catch {
    return text
  }
}

/** A value as it is typed: texts bare, everything else as JSON. */
export const textOf = (value: Plain): string => (typeof value === 'string' ? value : JSON.stringify(value))
