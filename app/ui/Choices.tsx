import { useRef } from 'react'

export interface ChoicesProps<T extends string> {
  label: string
  value: T
  options: readonly { readonly value: T; readonly label: string }[]
  onChange(value: T): void
}

/** One of a few, all visible: a radio group with arrow keys. */
export function Choices<T extends string>({ label, value, options, onChange }: ChoicesProps<T>) {
  const root = useRef<HTMLDivElement>(null)
  const move = (by: number): void => {
    const at = options.findIndex((o) => o.value === value)
    const next = (at + by + options.length) % options.length
    onChange(options[next]!.value)
    root.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div
      ref={root}
      className="choices"
      role="radiogroup"
      aria-label={label}
      onKeyDown={(e) => {
        const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key]
        if (by === undefined) return
        e.preventDefault()
        move(by)
      }}
    >
      {options.map((o) => (
        <button
          key={o.value}
          type="button"
          role="radio"
          aria-checked={o.value === value}
          tabIndex={o.value === value ? 0 : -1}
          onClick={() => onChange(o.value)}
        >
          {o.label}
        </button>
      ))}
    </div>
  )
}
