import type { CSSProperties } from 'react'

export interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  /** Said by screen readers instead of the bare number. */
  valueText?: string
  /** The track is not filled from the left: the middle means normal. */
  centred?: boolean
  onChange(value: number): void
  /** The person has let go. */
  onCommit?(value: number): void
}

/** A native range input: works by mouse, touch and keyboard without a line of script. */
export function Slider({ label, value, min, max, step, valueText, centred, onChange, onCommit }: SliderProps) {
  const fill = { '--fill': `${(100 * (value - min)) / (max - min || 1)}%` } as CSSProperties
  const commit = onCommit && ((e: { currentTarget: HTMLInputElement }) => onCommit(Number(e.currentTarget.value)))
  return (
    <input
      type="range"
      className={centred ? 'slider centred' : 'slider'}
      style={fill}
      aria-label={label}
      aria-valuetext={valueText}
      {...{ value, min, max, step }}
      onChange={(e) => onChange(Number(e.currentTarget.value))}
      onPointerUp={commit}
      onKeyUp={commit}
    />
  )
}
