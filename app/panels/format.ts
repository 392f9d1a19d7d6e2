/** Times and numbers as the page writes them: no locale, so that every browser shows the same. */

const pad = (value: number, width: number): string => `${value}`.padStart(width, '0')

/** mm:ss.mmm of virtual time. */
export function clockText(timeUs: number): string {
  const ms = Math.floor(timeUs / 1000)
  return `${pad(Math.floor(ms / 60_000), 2)}:${pad(Math.floor(ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`
}

/** A duration with three significant figures and the unit a person would choose. */
export function durationText(us: number): string {
  if (us === 0) return '0'
  if (us < 0) return `−${durationText(-us)}`
  if (us < 1000) return `${Math.round(us)} µs`
  if (us < 1_000_000) return `${significant(us / 1000)} ms`
  return `${significant(us / 1_000_000)} s`
}

export const significant = (value: number): string =>
  value >= 100 ? `${Math.round(value)}` : value >= 10 ? trim(value.toFixed(1)) : trim(value.toFixed(2))
const trim = (digits: string): string => digits.replace(/\.?0+$/, '')

/** 12345 → 12,345. */
export const countText = (value: number): string => `${Math.round(value)}`.replace(/\B(?=(\d{3})+$)/g, ',')

/** What a wall second is worth here: "1 s here is 200 ms there". */
export const paceText = (rate: number): string => `1 s here is ${durationText(rate * 1e6)} there`

/** 0.2 → "1/5 speed", 1 → "real time", 4 → "4× speed". */
export function speedText(rate: number): string {
  if (Math.abs(rate - 1) < 0.005) return 'real time'
  if (rate > 1) return `${significant(rate)}× speed`
  return `1/${significant(1 / rate)} speed`
}

/** Short digest for the header: two groups of four. */
export const digestText = (digest: string): string => `${digest.slice(0, 4)} ${digest.slice(4, 8)}`
