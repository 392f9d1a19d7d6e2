import { clockText } from '../panels/format.ts'
import { useLab } from '../state/lab.ts'

/** Height of the strip under the picture, CSS px. */
const STRIP = 44

/** The stage's pixels with the labels that stand over them, and a strip that says which run and moment it is. */
export function drawPicture(stage: HTMLCanvasElement): HTMLCanvasElement {
  const shown = document.querySelector<HTMLCanvasElement>('#stage canvas')
  const box = shown?.getBoundingClientRect() ?? new DOMRect(0, 0, stage.width, stage.height)
  const scale = stage.width / box.width
  const canvas = document.createElement('canvas')
  canvas.width = stage.width
  canvas.height = stage.height + Math.round(STRIP * scale)
  const pen = canvas.getContext('2d')!
  pen.fillStyle = colourOf('--ground')
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(stage, 0, 0)
  pen.scale(scale, scale)
  for (const label of document.querySelectorAll<HTMLElement>('.stage-label')) drawText(pen, label, box)
  drawStrip(pen, box.width, box.height)
  return canvas
}

/** Every piece of text of a label where it stands on screen. */
function drawText(pen: CanvasRenderingContext2D, label: HTMLElement, box: DOMRect): void {
  const own = getComputedStyle(label)
  if (own.display === 'none' || own.visibility === 'hidden' || Number(own.opacity) === 0) return
  const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? ''
    if (text === '') continue
    range.selectNodeContents(node)
    const place = range.getBoundingClientRect()
    const { color, fontSize, fontWeight, fontFamily } = getComputedStyle(node.parentElement!)
    pen.fillStyle = color
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`
    pen.textBaseline = 'middle'
    pen.fillText(text, place.left - box.left, place.top - box.top + place.height / 2)
  }
}

/** A colour of the theme as canvas understands it: custom properties keep both themes until an element uses them. */
function colourOf(property: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${property})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function drawStrip(pen: CanvasRenderingContext2D, width: number, top: number): void {
  const { scenario, facts } = useLab.getState()
  const middle = top + STRIP / 2
  pen.fillStyle = colourOf('--hairline')
  pen.fillRect(0, top, width, 1)
  pen.textBaseline = 'middle'
  pen.fillStyle = colourOf('--text')
  pen.font = '600 13px "Inter Variable", sans-serif'
  pen.fillText(scenario?.title ?? '', 16, middle, width * 0.5)
  const run = [`t = ${clockText(facts.timeUs)}`, `seed ${scenario?.seed ?? ''}`]
  if (facts.digest !== null) run.push(`digest ${facts.digest.value} at ${clockText(facts.digest.timeUs)}`)
  pen.fillStyle = colourOf('--quiet')
  pen.font = '12px "JetBrains Mono Variable", monospace'
  const text = run.join('   ')
  pen.textAlign = 'right'
  pen.fillText(text, width - 16, middle, width * 0.46)
}
