import { Fragment, type ReactNode } from 'react'
import type { Plain } from '../../engine/kernel/plain.ts'

const MAX_CHILDREN = 60

export interface PlainTreeProps {
  name: string
  value: Plain | undefined
  depth?: number
  /** Keys from the root of the tree, by dots; '' for the root itself. */
  path?: string
  /** A leaf that can be changed, in place of its text. */
  leaf?: (path: string, value: Plain, text: string) => ReactNode
}

/** A program's state as rows: leaves as text, lists and objects folded beyond the first level. */
export function PlainTree({ name, value, depth = 0, path = '', leaf }: PlainTreeProps) {
  const shown = (at: string, v: Plain | undefined): ReactNode =>
    v === undefined || !leaf ? textOf(v) : leaf(at, v, textOf(v))
  if (value === null || value === undefined || typeof value !== 'object') {
    return (
      <div className="pair">
        <dt>{name}</dt>
        <dd className="mono">{shown(path, value)}</dd>
      </div>
    )
  }
  const below = (key: string): string => (path === '' ? key : `${path}.${key}`)
  const entries = Array.isArray(value)
    ? value.map((v, i) => [`${i}`, v] as const)
    : (Object.entries(value) as (readonly [string, Plain])[])
  const short = shortList(value)
  if (short !== null)
    return (
      <div className="pair">
        <dt>{name}</dt>
        <dd className="mono">
          {leaf && Array.isArray(value) && value.length > 0
            ? entries.map(([key, v], i) => (
                <Fragment key={key}>
                  {i > 0 && ' '}
                  {shown(below(key), v)}
                </Fragment>
              ))
            : short}
        </dd>
      </div>
    )
  const rows = entries
    .slice(0, MAX_CHILDREN)
    .map(([key, v]) => (
      <PlainTree key={key} name={key} value={v} depth={depth + 1} path={below(key)} {...(leaf ? { leaf } : {})} />
    ))
  return (
    <details className="tree" open={depth < 1}>
      <summary>
        {name} <span className="quiet mono">{entries.length}</span>
      </summary>
      {rows}
      {entries.length > MAX_CHILDREN && <p className="quiet small">and {entries.length - MAX_CHILDREN} more</p>}
    </details>
  )
}

const textOf = (value: Plain | undefined): string =>
  value === null || value === undefined ? '–' : value === true ? 'yes' : value === false ? 'no' : `${value as string}`

/** A short list of numbers reads better on one line. */
function shortList(value: Plain): string | null {
  if (ArrayBuffer.isView(value)) {
    const list = value as unknown as Uint8Array
    return list.length <= 8 ? Array.from(list).join(' ') : `${list.length} values`
  }
  if (!Array.isArray(value)) return null
  if (value.length === 0) return 'none'
  return value.length <= 8 && value.every((v) => typeof v !== 'object') ? value.map(textOf).join(' ') : null
}
