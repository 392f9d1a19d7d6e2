import { project, type Projection } from '../pick.ts'

/** Numbers seen at a time. */
const NUMBERS_MAX = 40

interface Sign {
  readonly element: HTMLElement
  readonly text: Text
  count: number
  x: number
  y: number
  shown: boolean
}

/** The number of tasks beside stacks that do not show each of theirs. Placed without React, in one pass a frame. */
export class QueueNumbers {
  private readonly signs: Sign[] = []
  private readonly at = new Float32Array(3)
  private used = 0

  constructor(private readonly host: HTMLElement) {}

  begin(): void {
    this.used = 0
  }

  /** A number at the right of the point; false once there are too many. */
  show(view: Projection, x: number, y: number, z: number, rightPx: number, count: number): boolean {
    if (this.used >= NUMBERS_MAX) return false
    project(view, x, y, z, this.at)
    if (this.at[2]! <= 0) return true
    const px = Math.round(this.at[0]! + rightPx)
    const py = Math.round(this.at[1]!)
    if (px < 0 || py < 0 || px > view.width || py > view.height) return true
    const sign = (this.signs[this.used++] ??= this.create())
    if (sign.count !== count) sign.text.data = String(count)
    sign.count = count
    if (sign.x !== px || sign.y !== py) sign.element.style.transform = `translate(${px}px, ${py}px) translate(0, -50%)`
    sign.x = px
    sign.y = py
    if (!sign.shown) sign.element.style.visibility = 'visible'
    sign.shown = true
    return true
  }

  end(): void {
    for (let k = this.used; k < this.signs.length; k++) {
      const sign = this.signs[k]!
      if (sign.shown) sign.element.style.visibility = 'hidden'
      sign.shown = false
    }
  }

  private create(): Sign {
    const element = document.createElement('div')
    element.className = 'stage-label queue-number'
    const text = document.createTextNode('')
    const number = document.createElement('span')
    number.append(text)
    element.append(number)
    this.host.append(element)
    return { element, text, count: -1, x: -1, y: -1, shown: false }
  }
}
