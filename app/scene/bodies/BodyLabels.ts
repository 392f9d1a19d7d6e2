import type { Frame } from '../../../engine/frame/frame.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { labelLine } from '../Labels.ts'
import { project, type Projection } from '../pick.ts'
import { roleWords } from '../roleWords.ts'
import { bodyWords } from './words.ts'

/** A label that belongs to a place rather than a body: a detection, the wind. */
export interface Sign {
  /** Units of the stage. */
  x: number
  y: number
  z: number
  name: string
  line: string
}

interface Label {
  readonly root: HTMLElement
  readonly name: Text
  readonly line: Text
  x: number
  y: number
  shown: boolean
}
const TOP_PX = 16

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

  /** A body at a place of the stage: its number, and what it is and does. */
  body(frame: Frame, agent: number, place: Float32Array, rise: number, view: Projection): void {
    const words = [
      this.info.programs[agent] === 0 ? '' : labelLine(frame.agents, agent, 'none', this.words),
      bodyWords(this.info.space!, frame.bodies!, agent),
    ]
    const line = words[0] === 'crashed' ? 'crashed' : words.filter(Boolean).join(' · ')
    this.show(`Agent ${agent}`, line, place[0]!, place[1]! + rise, place[2]!, view)
  }

  sign({ name, line, x, y, z }: Sign, view: Projection): void {
    this.show(name, line, x, y, z, view)
  }

  end(): void {
    for (let k = this.used; k < this.labels.length; k++) {
      const label = this.labels[k]!
      if (label.shown) label.root.style.visibility = 'hidden'
      label.shown = false
    }
  }

  private show(name: string, line: string, x: number, y: number, z: number, view: Projection): void {
    project(view, x, y, z, this.at)
    const [px, py] = [Math.round(this.at[0]!), Math.round(this.at[1]! - 7)]
    if (this.at[2]! <= 0 || px < -60 || py < TOP_PX || px > view.width + 60 || py > view.height + 40) return
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
