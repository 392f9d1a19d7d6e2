import { useRef, useState, type KeyboardEvent, type RefObject } from 'react'

/** Rows of one list by arrow keys: one of them is reached by Tab, whatever is drawn of the list. */
export interface RovingRows {
  /** Round the list. */
  readonly box: RefObject<HTMLDivElement | null>
  onKeyDown(e: KeyboardEvent): void
  /** For the button of a row. */
  props(id: number): { readonly tabIndex: 0 | -1; readonly 'data-row': number; onFocus(): void }
}

/**
 * @param ids of the rows, in their order.
 * @param rowPx height of a row.
 */
export function useRovingRows(ids: readonly number[], rowPx: number): RovingRows {
  const box = useRef<HTMLDivElement>(null)
  const [here, setHere] = useState<number | null>(null)
  const wanted = useRef<number | null>(null)
  const at = here === null ? -1 : ids.indexOf(here)
  const current = ids[Math.max(0, at)]
  /** Only rows in sight are in the document: one that is scrolled to comes some frames later. */
  const focusRow = (id: number, frames = FRAMES): void => {
    const button = box.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)
    if (button) return button.focus({ preventScroll: true })
    listOf(box)?.focus()
    if (frames > 0) requestAnimationFrame(() => wanted.current === id && focusRow(id, frames - 1))
  }
  const onKeyDown = (e: KeyboardEvent): void => {
    const list = listOf(box)
    const page = Math.max(1, Math.floor((list?.clientHeight ?? 0) / rowPx) - 1)
    const last = ids.length - 1
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last }[
      e.key
    ]
    if (next === undefined || !list) return
    e.preventDefault()
    const row = Math.max(0, Math.min(last, next))
    wanted.current = ids[row]!
    setHere(wanted.current)
    list.scrollTop = scrolledTo(row, rowPx, list)
    focusRow(wanted.current)
  }
  return {
    box,
    onKeyDown,
    props: (id) => ({ tabIndex: id === current ? 0 : -1, 'data-row': id, onFocus: () => setHere(id) }),
  }
}

const FRAMES = 10

const listOf = (box: RefObject<HTMLDivElement | null>): HTMLElement | null =>
  box.current?.querySelector<HTMLElement>('[role="list"]') ?? null

/** As little as it takes for the whole row to be seen. */
export function scrolledTo(row: number, rowPx: number, list: { scrollTop: number; clientHeight: number }): number {
  return Math.min(row * rowPx, Math.max(list.scrollTop, (row + 1) * rowPx - list.clientHeight))
}
