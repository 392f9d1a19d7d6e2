import { ROLES, STATUS, type AgentColumns } from '../../engine/frame/frame.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../workers/protocol.ts'
import type { Layout } from './layout/Layout.ts'
import { headsOf } from './layout/Layout.ts'
import { project, type Projection } from './pick.ts'

export const LABELS_MAX = 100
const LEADER = ROLES.indexOf('leader')
const CANDIDATE = ROLES.indexOf('candidate')
const MEMBER = ROLES.indexOf('member')
const LABEL_HEIGHT = 33
const NAME_PX = 7.1
const LINE_PX = 6.7

/** What stands in the label's second line. */
export function labelLine(agents: AgentColumns, agent: number, height: Scenario['height']): string {
  const status = STATUS[agents.status[agent]!]
  if (status === 'down') return 'crashed'
  if (status === 'absent') return 'gone'
  const role = ROLES[agents.role[agent]!]!
  const text =
    role === 'leader'
      ? `leader · term ${agents.term[agent]}`
      : role === 'candidate'
        ? `candidate · ${agents.votes[agent]} ${agents.votes[agent] === 1 ? 'vote' : 'votes'}`
        : role === 'follower' || role === 'learner' || role === 'byzantine'
          ? `${role} · ${height === 'log' ? agents.lastIndex[agent] : `term ${agents.term[agent]}`}`
          : role
  return status === 'paused' ? `paused · ${role}` : text
}

/** A group's head bears the group's name; others their number. */
export function labelName(info: StageInfo, heads: ReadonlySet<number>, agent: number): string {
  const name = info.groupNames[info.group[agent]!]
  return name && heads.has(agent) ? name : `Agent ${agent}`
}

/**
 * At most LABELS_MAX labels in the DOM, placed in one pass a frame without React. Where two would overlap the less
 * important gives way (selected, hovered, leader, candidate, the rest).
 */
export class Labels {
  private readonly pool: {
    root: HTMLElement
    name: Text
    line: Text
    agent: number
    key: number
    x: number
    y: number
    shown: boolean
    width: number
  }[] = []
  private readonly boxes = new Float32Array(4 * LABELS_MAX)
  private placed = 0
  private used = 0
  private readonly heads: ReadonlySet<number>
  private readonly at = new Float32Array(3)

  constructor(
    private readonly host: HTMLElement,
    private readonly info: StageInfo,
    private readonly layout: Layout,
    private readonly height: Scenario['height'],
  ) {
    const heads = headsOf(info)
    this.heads = new Set(heads.length > 1 ? heads : [])
    host.replaceChildren()
  }

  update(
    agents: AgentColumns,
    state: Float32Array,
    view: Projection,
    selected: number | null,
    hovered: number | null,
  ): void {
    this.placed = 0
    this.used = 0
    const { majors } = this.layout
    if (selected !== null) this.show(agents, state, view, selected, 1)
    if (hovered !== null && hovered !== selected) this.show(agents, state, view, hovered, 2)
    for (let pass = 0; pass < 2; pass++)
      for (let k = 0; k < majors.length; k++) {
        const agent = majors[k]!
        const first = agents.role[agent] === LEADER || agents.role[agent] === CANDIDATE
        if (agent !== selected && agent !== hovered && first === (pass === 0)) this.show(agents, state, view, agent, 0)
      }
    for (let k = this.used; k < this.pool.length; k++) this.hide(k)
  }

  private show(agents: AgentColumns, state: Float32Array, view: Projection, agent: number, emphasis: number): void {
    if (this.used === LABELS_MAX || STATUS[agents.status[agent]!] === 'absent') return
    const { places } = this.layout
    const radius = Math.abs(places[4 * agent + 3]!)
    if (radius === 0) return
    project(
      view,
      places[4 * agent]!,
      places[4 * agent + 1]! + state[4 * agent + 2]! + radius * 1.35,
      places[4 * agent + 2]!,
      this.at,
    )
    const label = this.take(agents, agent)
    const x = Math.round(this.at[0]!)
    const y = Math.round(this.at[1]! - 6)
    const seen = this.at[2]! > 0 && x > -60 && y > 0 && x < view.width + 60 && y < view.height + 40
    if (!seen || (!this.room(x, y, label.width) && emphasis === 0)) return this.hide(--this.used)
    if (label.x !== x || label.y !== y || !label.shown) {
      label.root.style.transform = `translate(${x}px, ${y}px) translate(-50%, -100%)`
      label.x = x
      label.y = y
    }
    if (!label.shown) label.root.style.visibility = 'visible'
    label.shown = true
  }

  /** Text only where it changed: what it says is told by a few integers. */
  private take(agents: AgentColumns, agent: number) {
    const k = this.used++
    const label = (this.pool[k] ??= this.create())
    const role = agents.role[agent]!
    const number =
      role === LEADER || this.height !== 'log'
        ? agents.term[agent]!
        : role === CANDIDATE
          ? agents.votes[agent]!
          : agents.lastIndex[agent]!
    const key =
      (role === MEMBER ? 0 : number) * 64 +
      role * 4 +
      agents.status[agent]! +
      (role === CANDIDATE ? agents.votes[agent]! * 2 ** 40 : 0)
    if (label.agent === agent && label.key === key) return label
    label.agent = agent
    label.key = key
    label.name.data = labelName(this.info, this.heads, agent)
    label.line.data = labelLine(agents, agent, this.height)
    label.root.dataset['status'] = STATUS[agents.status[agent]!]
    label.width = Math.max(label.name.data.length * NAME_PX, label.line.data.length * LINE_PX) + 10
    return label
  }

  private room(x: number, y: number, width: number): boolean {
    const left = x - width / 2
    const top = y - LABEL_HEIGHT
    for (let k = 0; k < this.placed; k++) {
      const apart =
        left > this.boxes[4 * k + 2]! ||
        left + width < this.boxes[4 * k]! ||
        top > this.boxes[4 * k + 3]! ||
        y < this.boxes[4 * k + 1]!
      if (!apart) return false
    }
    this.boxes[4 * this.placed] = left
    this.boxes[4 * this.placed + 1] = top
    this.boxes[4 * this.placed + 2] = left + width
    this.boxes[4 * this.placed + 3] = y
    this.placed++
    return true
  }

  private hide(k: number): void {
    const label = this.pool[k]!
    if (label.shown) label.root.style.visibility = 'hidden'
    label.shown = false
  }

  private create() {
    const root = document.createElement('div')
    root.className = 'stage-label'
    const name = document.createTextNode('')
    const line = document.createTextNode('')
    const strong = document.createElement('b')
    const small = document.createElement('span')
    strong.append(name)
    small.append(line)
    root.append(strong, small)
    this.host.append(root)
    return { root, name, line, agent: -1, key: -1, x: -1, y: -1, shown: false, width: 0 }
  }

  dispose(): void {
    this.host.replaceChildren()
  }
}
