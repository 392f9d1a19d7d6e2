import { listen } from './listen.ts'
import { pickAgent, pickMessage, type Projection } from './pick.ts'
import type { SwarmScene } from './SwarmScene.ts'
import type { StageProps } from './types.ts'

const MESSAGE_REACH_PX = 16
const TOUCH_REACH_PX = 24
const AGENT_SLOP_PX = 9

/** What the pointer needs to know of the stage, asked anew each time. */
export interface PointerHost {
  props(): StageProps
  scene(): SwarmScene | null
  /** The projection of the camera as it stands. */
  project(): Projection
  clockUs(): number
  onHover(): void
}

/**
 * What is under the pointer, and what a click, a right click or a long press means there. Reports through the props.
 */
export class StagePointer {
  hovered: number | null = null
  /** Moved since the last `update`. */
  moved = false
  private x: number | null = null
  private y = 0
  private near = false
  private readonly stop: () => void

  constructor(
    private readonly element: HTMLElement,
    private readonly host: PointerHost,
  ) {
    this.stop = listen(element, {
      hover: (x, y) => this.hover(x, y),
      click: (x, y, clientX, clientY, touch) => this.click(x, y, clientX, clientY, touch),
      menu: (x, y, clientX, clientY) => this.menu(x, y, clientX, clientY),
    })
  }

  /** Once a frame: messages move even where the pointer rests. */
  update(): void {
    this.moved = false
    const scene = this.host.scene()
    if (!scene || this.x === null) return
    const view = this.host.project()
    const row = this.messageAt(scene, view, this.x, this.y, MESSAGE_REACH_PX)
    const agent = this.agentAt(scene, view, this.x, this.y, row >= 0 ? 0 : AGENT_SLOP_PX)
    this.setNear(row >= 0)
    this.setHovered(agent >= 0 ? agent : null)
    const cursor = row >= 0 || agent >= 0 ? 'pointer' : 'grab'
    if (this.element.style.cursor !== cursor) this.element.style.cursor = cursor
  }

  /** Another swarm stands here now. */
  forget(): void {
    this.hovered = null
    this.setNear(false)
  }

  private hover(x: number | null, y: number | null): void {
    this.x = x
    this.y = y ?? 0
    this.moved = true
    if (x !== null) return
    this.setNear(false)
    this.setHovered(null)
  }

  private setNear(near: boolean): void {
    if (near === this.near) return
    this.near = near
    this.host.props().onSlow(near)
  }

  private setHovered(agent: number | null): void {
    if (agent === this.hovered) return
    this.hovered = agent
    this.host.onHover()
  }

  private click(x: number, y: number, clientX: number, clientY: number, touch: boolean): void {
    const scene = this.host.scene()
    if (!scene) return
    const props = this.host.props()
    const view = this.host.project()
    const row = this.messageAt(scene, view, x, y, touch ? TOUCH_REACH_PX : MESSAGE_REACH_PX)
    // Right on an agent means the agent, even where a message is near.
    const agent = this.agentAt(scene, view, x, y, row >= 0 ? 0 : touch ? TOUCH_REACH_PX : AGENT_SLOP_PX)
    if (agent >= 0) return props.onSelect(agent)
    if (row < 0) return props.onSelect(null)
    props.onMessage({ src: scene.store.txSrc[row]!, seq: scene.store.txSeq[row]! }, clientX, clientY)
  }

  private menu(x: number, y: number, clientX: number, clientY: number): void {
    const scene = this.host.scene()
    if (!scene) return
    const agent = this.agentAt(scene, this.host.project(), x, y, TOUCH_REACH_PX)
    if (agent >= 0) this.host.props().onAgentMenu(agent, clientX, clientY)
  }

  private agentAt(scene: SwarmScene, view: Projection, x: number, y: number, slopPx: number): number {
    return pickAgent(view, scene.layout.places, scene.picture.state, scene.info.agents, x, y, slopPx)
  }

  private messageAt(scene: SwarmScene, view: Projection, x: number, y: number, reachPx: number): number {
    return pickMessage(view, scene.layout.places, scene.shape, scene.store, this.host.clockUs(), x, y, reachPx)
  }

  dispose(): void {
    this.stop()
    this.setNear(false)
  }
}
