import type { Frame } from '../../../engine/frame/frame.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { labelLine } from '../Labels.ts'
import { project, type Projection } from '../pick.ts'
import { roleWords } from '../roleWords.ts'
import { bodyWords } from './words.ts'

interface Label {
  readonly root: HTMLElement
  readonly name: Text
  readonly line: Text
  x: number
  y: number
  shown: boolean
}
const TOP_PX = 16
const WIDTH_PX = 128
const HEIGHT_PX = 33

/** A handful of labels in the DOM: who is selected or pointed at, who runs programs, and what was found where. */
export class BodyLabels {
  private readonly labels: Label[] = []
  private used = 0
  private readonly words: ReadonlyMap<string, string>
  private readonly at = new Float32Array(3)

  constructor(
    private readonly host: HTMLElement,
    private readonly info: StageInfo,
  ) {
    this.words = roleWords(info.programKinds)
    host.replaceChildren()
  }

  begin(): void {
    this.used = 0
  }

  /** A body at a place of the stage: its number, its role where it has one, and where asked what it is and does. */
  body(frame: Frame, agent: number, place: Float32Array, rise: number, whole: boolean, view: Projection): void {
    const role = this.info.programs[agent] === 0 ? '' : labelLine(frame.agents, agent, 'none', this.words)
    const words = whole || role === '' ? bodyWords(this.info.space!, frame.bodies!, agent) : ''
    const line = role === 'crashed' ? role : [role, words].filter(Boolean).join(' · ')
    this.show(`Agent ${agent}`, line, place[0]!, place[1]! + rise, place[2]!, view, whole)
  }

  /** A label of a place rather than a body: a finding (always), a landmark (where there is room). */
  sign(name: string, line: string, place: Float32Array, always: boolean, view: Projection): void {
    this.show(name, line, place[0]!, place[1]!, place[2]!, view, always)
  }

  end(): void {
    for (let k = this.used; k < this.labels.length; k++) {
      const label = this.labels[k]!
      if (label.shown) label.root.style.visibility = 'hidden'
      label.shown = false
    }
  }

  private show(name: string, line: string, x: number, y: number, z: number, view: Projection, always: boolean): void {
    project(view, x, y, z, this.at)
    const [px, py] = [Math.round(this.at[0]!), Math.round(this.at[1]! - 7)]
    if (this.at[2]! <= 0 || px < -60 || py < TOP_PX || px > view.width + 60 || py > view.height + 40) return
    // Where two would lie over each other the later gives way.
    if (!always && this.isTaken(px, py)) return
    const label = (this.labels[this.used++] ??= this.create())
    if (label.name.data !== name) label.name.data = name
    if (label.line.data !== line) label.line.data = line
    if (label.x !== px || label.y !== py)
      label.root.style.transform = `translate(${px}px, ${py}px) translate(-50%, -100%)`
    label.x = px
    label.y = py
    if (!label.shown) label.root.style.visibility = 'visible'
    label.shown = true
  }

  private isTaken(x: number, y: number): boolean {
    for (let k = 0; k < this.used; k++) {
      const other = this.labels[k]!
      if (Math.abs(other.x - x) < WIDTH_PX && Math.abs(other.y - y) < HEIGHT_PX) return true
    }
    return false
  }

  private create(): Label {
    const root = document.createElement('div')
    root.className = 'stage-label'
    const [name, line] = [document.createTextNode(''), document.createTextNode('')]
    const [strong, small] = [document.createElement('b'), document.createElement('span')]
    strong.append(name)
    small.append(line)
    root.append(strong, small)
    this.host.append(root)
    return { root, name, line, x: -1, y: -1, shown: false }
  }

  dispose(): void {
    this.host.replaceChildren()
  }
}
