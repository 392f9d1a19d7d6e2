import { durationText, significant } from './format.ts'
import { figureText } from './figureTexts.ts'

/** How a series of gauges is told: latencies (µs) in milliseconds, figures of a space in their own words and units. */
export interface Gauge {
  readonly label: string
  /** A value as it is drawn. */
  drawn(value: number): number
  /** A value with its unit. */
  text(value: number): string
  /** Of the vertical axis; null: as high as the values go. */
  readonly top: number | null
  /** As a file's column is called. */
  readonly column: string
  /** Whether silence is a gap, or the last value stands until the next. */
  readonly gaps: boolean
}

export const isLatency = (name: string): boolean => name.endsWith(' latency')

export function gaugeOf(name: string): Gauge {
  if (isLatency(name))
    return {
      label: `${name}, ms`,
      drawn: (us) => us / 1_000,
      text: durationText,
      top: null,
      column: `${name.replaceAll(' ', '_')}_us`,
      gaps: true,
    }
  const { words, unit } = figureText(name)
  return {
    label: words,
    drawn: (value) => value,
    text: (value) => figureValue(value) + (unit === 'share' || unit === '' ? '' : ` ${unit}`),
    top: unit === 'share' ? 1 : null,
    column: name,
    gaps: false,
  }
}

/** Three digits that mean something, with a sign. */
export const figureValue = (value: number): string => (value < 0 ? `−${significant(-value)}` : significant(value))
