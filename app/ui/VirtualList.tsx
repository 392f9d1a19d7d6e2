import { useEffect, useRef, useState, type ReactNode } from 'react'

export interface VirtualListProps {
  label: string
  count: number
  rowHeight: number
  /** Stays at the newest row while the person has not scrolled away from the end. */
  follow?: boolean
  row(index: number): ReactNode
  /** 'rowgroup' inside a table; a list otherwise. */
  role?: 'list' | 'rowgroup'
  className?: string
}

const OVERSCAN = 6

/** Rows of one height; only what can be seen is in the document. */
export function VirtualList({ label, count, rowHeight, follow, row, role = 'list', className }: VirtualListProps) {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(400)
  useEffect(() => {
    const observer = new ResizeObserver(() => setHeight(box.current?.clientHeight ?? 400))
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (follow && atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [follow, count])
  const first = Math.max(0, Math.floor(top / rowHeight) - OVERSCAN)
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + OVERSCAN)
  const rows: ReactNode[] = []
  for (let i = first; i < last; i++) rows.push(row(i))
  return (
    <div
      ref={box}
      className={`virtual ${className ?? ''}`}
      role={role}
      aria-label={label}
      tabIndex={0}
      onScroll={(e) => {
        const el = e.currentTarget
        atEnd.current = el.scrollHeight - el.scrollTop - el.clientHeight < 2 * rowHeight
        setTop(el.scrollTop)
      }}
    >
      <div role="presentation" style={{ height: count * rowHeight, position: 'relative' }}>
        <div role="presentation" style={{ position: 'absolute', insetInline: 0, top: first * rowHeight }}>
          {rows}
        </div>
      </div>
    </div>
  )
}
