/** A press that moves less than this is a click, px. */
const CLICK_PX = 6
const LONG_PRESS_MS = 520

export interface PointerTarget {
  /** The pointer is at x, y of the stage (CSS px), or gone (null). */
  hover(x: number | null, y: number | null): void
  click(x: number, y: number, clientX: number, clientY: number, touch: boolean): void
  /** Right click without dragging, or a long press. */
  menu(x: number, y: number, clientX: number, clientY: number): void
}

/** Tells clicks from drags, and right clicks and long presses from both. Returns the function that stops listening. */
export function listen(element: HTMLElement, target: PointerTarget): () => void {
  let down: { id: number; x: number; y: number; button: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const controller = new AbortController()
  const on = <K extends keyof HTMLElementEventMap>(name: K, handler: (event: HTMLElementEventMap[K]) => void): void =>
    element.addEventListener(name, handler, { signal: controller.signal })
  const local = (event: MouseEvent): [number, number] => {
    const box = element.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  const cancel = (): void => {
    clearTimeout(timer)
    down = null
  }
  on('contextmenu', (event) => event.preventDefault())
  on('pointerdown', (event) => {
    // A second finger begins a pinch: no click.
    if (down) return cancel()
    down = { id: event.pointerId, x: event.clientX, y: event.clientY, button: event.button }
    if (event.pointerType !== 'touch') return
    timer = setTimeout(() => {
      if (!down) return
      down = null
      target.menu(...local(event), event.clientX, event.clientY)
    }, LONG_PRESS_MS)
  })
  on('pointermove', (event) => {
    if (down && Math.hypot(event.clientX - down.x, event.clientY - down.y) > CLICK_PX) cancel()
    if (event.pointerType !== 'touch') target.hover(...local(event))
  })
  on('pointerup', (event) => {
    const press = down
    cancel()
    if (!press || press.id !== event.pointerId) return
    const [x, y] = local(event)
    if (press.button === 2 || (press.button === 0 && event.ctrlKey)) target.menu(x, y, event.clientX, event.clientY)
    else if (press.button === 0) target.click(x, y, event.clientX, event.clientY, event.pointerType === 'touch')
  })
  on('pointercancel', cancel)
  on('pointerleave', () => target.hover(null, null))
  return () => {
    cancel()
    controller.abort()
  }
}
