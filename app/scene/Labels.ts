import { ROLES, STATUS, type AgentColumns } from '../../engine/frame/frame.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../workers/protocol.ts'
import type { Layout } from './layout/Layout.ts'
import { headsOf } from './layout/Layout.ts'
import { project, type Projection } from './pick.ts'
import { roleWords } from './roleWords.ts'

export const LABELS_MAX = 100
const LEADER = ROLES.indexOf('leader')
const CANDIDATE = ROLES.indexOf('candidate')
const MEMBER = ROLES.indexOf('member')
const SUSPECT = ROLES.indexOf('suspect')
const BLOCKED = ROLES.indexOf('blocked')
const ABSENT = STATUS.indexOf('absent')
/** With more majors than this only those that matter bear two lines; the others their number. */
const CROWD = 24
/** A label is its name and its line; its name; or its number. Where there is no room for one, the next is tried. */
const FULL = 0
const NAME = 1
const NUMBER = 2
const HEIGHTS = [33, 18, 15]
/** Of an agent's radius: so much of it is not to be hidden. */
const BODY = 0.7
const NAME_PX = 7.1
const LINE_PX = 6.7

/** What stands in the label's second line. */
export function labelLine(
  agents: AgentColumns,
  agent: number,
  height: Scenario['height'],
  words: ReadonlyMap<string, string> = new Map(),
): string {
  const status = STATUS[agents.status[agent]!]
  if (status === 'down') return 'crashed'
  if (status === 'absent') return 'gone'
  const role = ROLES[agents.role[agent]!]!
  // What has no terms (a ring election) says nothing of them.
  const term = agents.term[agent]! > 0 ? ` · term ${agents.term[agent]}` : ''
  const votes = agents.votes[agent]!
  const text =
    role === 'leader'
      ? `${words.get(role) ?? role}${term}`
      : role === 'candidate'
        ? `${words.get(role) ?? role}${votes === 0 ? '' : votes === 1 ? ' · 1 vote' : ` · ${votes} votes`}`
        : role === 'follower' || role === 'learner' || role === 'byzantine'
          ? `${role}${height === 'log' ? ` · ${agents.lastIndex[agent]}` : term}`
          : (words.get(role) ?? (role === 'idle' ? '' : role))
  return status === 'paused' ? `paused · ${role}` : text
}

/** A group's head bears the group's name; others their number. */
export function labelName(info: StageInfo, heads: ReadonlySet<number>, agent: number): string {
  const name = info.groupNames[info.group[agent]!]
  return name && heads.has(agent) ? name : `Agent ${agent}`
}

interface Label {
  readonly root: HTMLElement
  readonly name: Text
  readonly line: Text
  agent: number
  /** What the texts were made from; they are only made again when this changes. */
  key: number
  texts: readonly [name: string, line: string]
  /** FULL, NAME or NUMBER; −1: not yet written. */
  form: number
  x: number
  y: number
  shown: boolean
  /** Number of the pass that last placed it. */
  pass: number
}
const SELECTED_SLOT = 0
const HOVERED_SLOT = 1
const FIRST_MAJOR_SLOT = 2

/**
 * At most LABELS_MAX labels seen at a time, placed in one pass a frame without React; every major agent keeps its own
 * element, so that a frame only moves what moved. Where two would overlap, or one would hide another agent, the less
 * important says less, or gives way (selected, hovered, the newest leader, other leaders and candidates, the rest).
 */
export class Labels {
  private readonly slots: (Label | undefined)[] = []
  private readonly boxes = new Float32Array(4 * LABELS_MAX)
  private readonly heads: ReadonlySet<number>
  private readonly words: ReadonlyMap<string, string>
  private readonly at = new Float32Array(3)
  /** Of the pass that is being made. */
  private agents?: AgentColumns
  private view?: Projection
  private placed = 0
  private pass = 0

  constructor(
    private readonly host: HTMLElement,
    private readonly info: StageInfo,
    private readonly layout: Layout,
    private readonly height: Scenario['height'],
    /** 4·n: the agents' picture; its third figure is the lift. */
    private readonly state: Float32Array,
  ) {
    const heads = headsOf(info)
    this.words = roleWords(info.programKinds)
    this.heads = new Set(heads.length > 1 ? heads : [])
    host.replaceChildren()
  }

  update(agents: AgentColumns, view: Projection, selected: number | null, hovered: number | null): void {
    this.agents = agents
    this.view = view
    this.placed = 0
    this.pass++
    const { majors } = this.layout
    if (selected !== null) this.show(SELECTED_SLOT, selected, -1)
    if (hovered !== null && hovered !== selected) this.show(HOVERED_SLOT, hovered, -1)
    let term = 0
    for (let k = 0; k < majors.length; k++)
      if (agents.role[majors[k]!] === LEADER) term = Math.max(term, agents.term[majors[k]!]!)
    for (let round = 0; round < 3; round++)
      for (let k = 0; k < majors.length; k++) {
        const agent = majors[k]!
        if (agent === selected || agent === hovered || importance(agents, agent, term) !== round) continue
        this.show(FIRST_MAJOR_SLOT + k, agent, round)
      }
    for (let slot = 0; slot < this.slots.length; slot++) {
      const label = this.slots[slot]
      if (!label?.shown || label.pass === this.pass) continue
      label.root.style.visibility = 'hidden'
      label.shown = false
    }
  }

  /** Into `at`: where on the screen a point of an agent is, `up` radii above its middle. Its radius there, px. */
  private locate(agent: number, up: number): number {
    const { places } = this.layout
    const view = this.view!
    const radius = Math.abs(places[4 * agent + 3]!)
    const y = places[4 * agent + 1]! + this.state[4 * agent + 2]! + up * radius
    project(view, places[4 * agent]!, y, places[4 * agent + 2]!, this.at)
    return (radius * view.pixels) / this.at[2]!
  }

  /** @param round of importance; −1: it stands whatever is there. */
  private show(slot: number, agent: number, round: number): void {
    const agents = this.agents!
    const view = this.view!
    if (this.placed === LABELS_MAX || agents.status[agent] === ABSENT) return
    if (!(this.locate(agent, 1.35) > 0)) return
    const x = Math.round(this.at[0]!)
    const y = Math.round(this.at[1]! - 6)
    if (x < -60 || y < 0 || x > view.width + 60 || y > view.height + 40) return
    const crowd = this.layout.majors.length > CROWD
    let form = round >= 0 && !leads(agents, agent) && crowd ? NUMBER : FULL
    const label = (this.slots[slot] ??= this.create())
    this.read(label, agents, agent, form)
    const apart = round > 1 && !crowd && !this.heads.has(agent)
    while (!this.room(agent, x, y, widthOf(label, form), HEIGHTS[form]!, apart) && round >= 0)
      // A group is not known by the number of its head.
      if (++form > (this.heads.has(agent) ? NAME : NUMBER)) return
    write(label, form)
    label.pass = this.pass
    if (label.x !== x || label.y !== y) {
      label.root.style.transform = `translate(${x}px, ${y}px) translate(-50%, -100%)`
      label.x = x
      label.y = y
    }
    if (!label.shown) label.root.style.visibility = 'visible'
    label.shown = true
  }

  /** Texts only where they changed: what they say is told by a few integers. */
  private read(label: Label, agents: AgentColumns, agent: number, form: number): void {
    const role = agents.role[agent]!
    const number =
      role === CANDIDATE
        ? agents.votes[agent]!
        : role === LEADER || this.height !== 'log'
          ? agents.term[agent]!
          : agents.lastIndex[agent]!
    const key = (form === NUMBER || role === MEMBER ? 0 : number) * 64 + role * 4 + agents.status[agent]!
    if (label.agent === agent && label.key === key) return
    label.agent = agent
    label.key = key
    label.form = -1
    label.texts = [labelName(this.info, this.heads, agent), labelLine(agents, agent, this.height, this.words)]
    label.root.dataset['status'] = STATUS[agents.status[agent]!]
  }

  /**
   * Whether a label ending at x, y (its foot) fits; where it does, its place is taken.
   * @param apart whether it is not to hide another agent either.
   */
  private room(agent: number, x: number, y: number, width: number, height: number, apart: boolean): boolean {
    const left = x - width / 2
    const top = y - height
    const { boxes } = this
    for (let k = 0; k < this.placed; k++) {
      const beside = left > boxes[4 * k + 2]! || left + width < boxes[4 * k]!
      if (!beside && top <= boxes[4 * k + 3]! && y >= boxes[4 * k + 1]!) return false
    }
    if (apart)
      for (const other of this.layout.majors) {
        if (other === agent || this.agents!.status[other] === ABSENT) continue
        const reach = BODY * this.locate(other, 0)
        const [bx, by] = this.at
        if (Math.abs(bx! - x) < width / 2 + reach && by! + reach > top && by! - reach < y) return false
      }
    boxes[4 * this.placed] = left
    boxes[4 * this.placed + 1] = top
    boxes[4 * this.placed + 2] = left + width
    boxes[4 * this.placed + 3] = y
    this.placed++
    return true
  }

  private create(): Label {
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
    return { root, name, line, agent: -1, key: -1, texts: ['', ''], form: -1, x: -1, y: -1, shown: false, pass: 0 }
  }

  dispose(): void {
    this.host.replaceChildren()
  }
}

/** Without measuring, which would make the browser lay the page out in every frame. */
const widthOf = ({ agent, texts: [name, line] }: Label, form: number): number =>
  10 +
  (form === NUMBER
    ? NAME_PX * String(agent).length
    : Math.max(NAME_PX * name.length, form === FULL ? LINE_PX * line.length : 0))

function write(label: Label, form: number): void {
  if (label.form === form) return
  label.form = form
  label.name.data = form === NUMBER ? String(label.agent) : label.texts[0]
  label.line.data = form === FULL ? label.texts[1] : ''
  label.root.dataset['compact'] = String(form === NUMBER)
}

/**
 * 0 for who leads the highest term, 1 for who leads an older one, stands with votes, is suspect or waits, 2 for the
 * rest.
 */
function importance(agents: AgentColumns, agent: number, term: number): number {
  const role = agents.role[agent]!
  if (role === LEADER && agents.term[agent] === term) return 0
  return leads(agents, agent) || role === SUSPECT || role === BLOCKED ? 1 : 2
}

/** Leads, or stands with votes: in a ring election everybody stands, and nobody is more important for it. */
const leads = (agents: AgentColumns, agent: number): boolean =>
  agents.role[agent] === LEADER || (agents.role[agent] === CANDIDATE && agents.votes[agent]! > 0)
