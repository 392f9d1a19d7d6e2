import { listen } from './listen.ts'
import type { Projection } from './pick.ts'
import type { StageScene } from './StageScene.ts'
import type { StageProps } from './types.ts'

const MESSAGE_REACH_PX = 16
const TOUCH_REACH_PX = 24
const AGENT_SLOP_PX = 9

/** What the pointer needs to know of the stage, asked anew each time. */
export interface PointerHost {
  props(): StageProps
  scene(): StageScene | null
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
  private readonly ground = new Float32Array(2)
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
    if (this.place(scene, view, this.x, this.y)) return
    const row = scene.messageAt(view, this.host.clockUs(), this.x, this.y, MESSAGE_REACH_PX)
    const agent = scene.agentAt(view, this.x, this.y, row >= 0 ? 0 : AGENT_SLOP_PX)
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

  /** While something is to be placed, its disc is under the pointer and nobody is pointed at. */
  private place(scene: StageScene, view: Projection, x: number, y: number): boolean {
    const { world } = scene
    const placing = this.host.props().placing ?? null
    if (!world || placing === null) {
      world?.showPlace(0, 0, null)
      return false
    }
    const onGround = world.groundAt(view, x, y, this.ground)
    world.showPlace(this.ground[0]!, this.ground[1]!, onGround ? placing.radius : null)
    this.setNear(false)
    this.setHovered(null)
    this.element.style.cursor = onGround ? 'crosshair' : 'grab'
    return true
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
    if (props.placing && scene.world?.groundAt(view, x, y, this.ground))
      return props.onGround?.(this.ground[0]!, this.ground[1]!)
    const row = scene.messageAt(view, this.host.clockUs(), x, y, touch ? TOUCH_REACH_PX : MESSAGE_REACH_PX)
    // Right on an agent means the agent, even where a message is near.
    const agent = scene.agentAt(view, x, y, row >= 0 ? 0 : touch ? TOUCH_REACH_PX : AGENT_SLOP_PX)
    if (agent >= 0) return props.onSelect(agent)
    if (row < 0) return props.onSelect(null)
    props.onMessage(scene.transmission(row), clientX, clientY)
  }

  private menu(x: number, y: number, clientX: number, clientY: number): void {
    const scene = this.host.scene()
    if (!scene) return
    const agent = scene.agentAt(this.host.project(), x, y, TOUCH_REACH_PX)
    if (agent >= 0) this.host.props().onAgentMenu(agent, clientX, clientY)
  }

  dispose(): void {
    this.stop()
    this.setNear(false)
  }
}
