import './tasks.css'
import { HEADER, STATUS, type Frame } from '../../../engine/frame/frame.ts'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import type { Layout } from '../layout/Layout.ts'
import { HEAD } from '../layout/Layout.ts'
import { OUTLINE } from '../gl/shared.ts'
import { HUE, rgb } from '../palette.ts'
import type { Projection } from '../pick.ts'
import type { StageBounds } from '../StageScene.ts'
import { SwarmScene } from '../SwarmScene.ts'
import type { Theme } from '../types.ts'
import { createBreakers } from './breakers.ts'
import { createCredits } from './credits.ts'
import { TASK_COLOURS } from './colours.ts'
import { createParcels, TASK_FAMILY } from './parcels.ts'
import { QueueNumbers } from './QueueNumbers.ts'
import { boxOf, BOXES, STACK_TOP, STACKS_AGENTS_MAX } from './stackShape.ts'
import { createStacks, type Held } from './stacks.ts'
import { createTaskPath } from './taskPath.ts'
import { taskViewOf, useTaskViews, type TaskView } from './taskView.ts'

const ABSENT = STATUS.indexOf('absent')
/** A message that carries a task. */
const CARRIES_TASK = /^tasks?$|^(work|stolen|loot)$/
/** So many agents are asked how high they may grow, and so high do those grow that share out. */
const BOUNDED_MAX = 2_000
const LOW_SLICES = 3
/** Room between a stack and the agent that stands on it, in the agent's radii. */
const GAP = 0.55

/**
 * A swarm at work: what stands and flies as in every network, and on the agents the tasks they hold. An agent stands
 * on its stack; who holds nothing stands on the ground.
 */
export class TaskScene extends SwarmScene {
  private readonly stacks
  private readonly parcels
  private readonly path
  private readonly breakers
  private readonly credits
  /** Bit of the program that works on credit. */
  private readonly workerBit: number
  /** Bit of the program that gives tasks out. */
  private readonly giverBit: number
  private readonly numbers: QueueNumbers | null
  private readonly boxes: boolean
  private readonly held: Held = { held: 0, working: 0, load: 0 }
  private readonly stopWatching: () => void
  private redraw: () => void = () => {}
  private shownAt = ''
  private shownView: TaskView | null = null

  constructor(info: StageInfo, scenario: Scenario, layout: Layout, labelHost: HTMLElement | null) {
    super(info, scenario, layout, labelHost)
    this.boxes = info.agents <= STACKS_AGENTS_MAX
    this.stacks = createStacks(this.shared)
    this.parcels = createParcels(this.shared, this.store, this.shape)
    this.path = createTaskPath(this.shared, this.shape)
    this.breakers = createBreakers(this.shared, this.shape)
    this.credits = createCredits(this.shared)
    this.workerBit = 1 << info.programKinds.indexOf('worker')
    this.giverBit = 1 << info.programKinds.indexOf('distributor')
    this.root.add(this.credits.object)
    this.root.add(this.stacks.object, this.parcels.object, this.path.object, this.breakers.object)
    // The stacks stand where a log's column would.
    if (this.columns) this.columns.object.visible = false
    this.numbers = labelHost && new QueueNumbers(labelHost)
    const watch = (): void => {
      const view = taskViewOf(info)
      if (view === this.shownView) return
      this.shownView = view
      const { path, breakers } = view
      this.path.set(path.filter((agent) => agent < info.agents))
      this.breakers.set(breakers.filter(({ owner, server }) => owner < info.agents && server < info.agents))
      this.shownAt = ''
      this.redraw()
    }
    watch()
    this.stopWatching = useTaskViews.subscribe(watch)
  }

  protected override familyOf(kind: string): number {
    return CARRIES_TASK.test(kind) ? TASK_FAMILY : super.familyOf(kind)
  }

  override get bounds(): StageBounds {
    const { points, posts, polar } = super.bounds
    const { places, majors, headScale } = this.layout
    const tops: number[] = []
    // Heads of groups among many share out: their stacks stay low.
    const alike = majors.length === 0 || majors.length === this.info.agents
    for (let agent = 0; agent < Math.min(this.info.agents, BOUNDED_MAX); agent++) {
      const radius = places[4 * agent + 3]!
      if (radius === 0) continue
      const slices = alike || radius > 0 ? STACK_TOP : LOW_SLICES
      const top = places[4 * agent + 1]! + slices * boxOf(radius).slice + (radius < 0 ? 2 * HEAD.radius * headScale : 0)
      tops.push(places[4 * agent]!, top, places[4 * agent + 2]!)
    }
    const all = new Float32Array(points.length + tops.length)
    all.set(points)
    all.set(tops, points.length)
    return { points: all, posts, polar }
  }

  override update(frame: Frame, clockUs: number): boolean {
    const fresh = super.update(frame, clockUs)
    this.parcels.setCount(this.store.count)
    const at = `${frame.header[HEADER.number]}/${frame.header[HEADER.branch]}`
    if (at !== this.shownAt) {
      this.shownAt = at
      this.showStacks(frame)
    }
    return fresh
  }

  private showStacks({ agents }: Frame): void {
    const { places } = this.layout
    const { state } = this.shared
    const { held } = this
    this.stacks.clear()
    this.credits.clear()
    const { credits } = taskViewOf(this.info)
    for (let agent = 0; agent < this.info.agents; agent++) {
      const radius = places[4 * agent + 3]!
      if (radius === 0 || agents.status[agent] === ABSENT) continue
      held.held = agents.lastIndex[agent]!
      held.working = agents.commitIndex[agent]!
      held.load = agents.load[agent]!
      const height = this.stacks.add(agent, radius, this.footOf(agent), held, this.boxes)
      if (credits > 0 && (this.info.programs[agent]! & this.workerBit) !== 0)
        this.credits.add(agent, this.footOf(agent), held.held / credits)
      // Whom one works for is no news here, and its colour is that of tasks.
      if (state[4 * agent]! > HUE.down) state[4 * agent] = agents.role[agent]!
      // Who gives out tasks is told from who has nothing to do.
      if (state[4 * agent] === HUE.member && (this.info.programs[agent]! & this.giverBit) !== 0)
        state[4 * agent] = HUE.client
      // Diamonds in amber would say the same as the boxes below them: who works is a plain blue ball.
      if (state[4 * agent] === HUE.spreading) {
        state[4 * agent] = HUE.informed
        state[4 * agent + 3]! &= ~OUTLINE.square
      }
      // Whoever holds tasks stands on them.
      state[4 * agent + 2] = height === 0 ? this.liftOf(radius) : height + this.liftOf(radius) + GAP * Math.abs(radius)
    }
    this.shared.uniforms.uState.value.needsUpdate = true
    this.uploadedBytes += this.stacks.upload()
    this.credits.upload()
  }

  /** Height of the ground, or of the plate, under an agent. */
  private footOf(agent: number): number {
    const y = this.layout.places[4 * agent + 1]!
    const radius = this.layout.places[4 * agent + 3]!
    return radius < 0 && this.layout.plates ? y : y - Math.abs(radius)
  }

  /** An agent on a plate stands clear of it. */
  private readonly liftOf = (radius: number): number => (radius < 0 && this.layout.plates ? 1.25 * -radius : 0)

  override updateLabels(frame: Frame, view: Projection, selected: number | null, hovered: number | null): void {
    super.updateLabels(frame, view, selected, hovered)
    if (!this.numbers) return
    const { places } = this.layout
    this.numbers.begin()
    if (this.boxes)
      for (let agent = 0; agent < this.info.agents; agent++) {
        const count = frame.agents.lastIndex[agent]!
        if (count <= BOXES || frame.agents.status[agent] === ABSENT) continue
        const radius = places[4 * agent + 3]!
        const { slice, width } = boxOf(radius)
        const [x, z] = [places[4 * agent]!, places[4 * agent + 2]!]
        const right = (0.72 * width * view.pixels) / depthOf(view, x, 0, z) + 4
        if (!this.numbers.show(view, x, this.footOf(agent) + 2 * slice, z, right, count)) break
      }
    this.numbers.end()
  }

  override setTheme(theme: Theme): void {
    super.setTheme(theme)
    this.messages.uniforms.uKinds.value[TASK_FAMILY]!.set(...rgb(TASK_COLOURS[theme].task))
    this.stacks.setTheme(theme)
    this.parcels.setTheme(theme)
  }

  onLook(redraw: () => void): void {
    this.redraw = redraw
  }

  override forget(): void {
    super.forget()
    this.shownAt = ''
  }

  override dispose(): void {
    this.stopWatching()
    super.dispose()
  }
}

/** How far from the eye a point is, at least a little. */
const depthOf = ({ matrix: m }: Projection, x: number, y: number, z: number): number =>
  Math.max(0.1, m[3]! * x + m[7]! * y + m[11]! * z + m[15]!)
