const CHARS_MAX = 40

/** Control, bidirectional and line-breaking characters: nothing that could turn one sentence into two, or hide half. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/g

export const clean = (text: string): string =>
  (text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX)}…` : text).replace(UNPRINTABLE, '?')

/** A value from outside, shortened for a sentence; never longer than about 50 characters. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${clean(value)}"`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  if (value === undefined) return 'nothing'
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  return clean(String(value))
}

/** Counts as people write them: 1,000,000. */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** `faults[2].agent`; keys are shortened, so a hostile key cannot flood the sentence. */
export function pathText(path: readonly (string | number)[]): string {
  let text = ''
  for (const step of path) {
    text += typeof step === 'number' ? `[${step}]` : text === '' ? clean(step) : `.${clean(step)}`
    if (text.length > 200) return `${text.slice(0, 200)}…`
  }
  return text === '' ? 'scenario' : text
}
