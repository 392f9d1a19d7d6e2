import type { Mark } from '../../engine/agents/Program.ts'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import type { FrameSource, StageInfo } from '../../workers/protocol.ts'
import type { CameraLink } from './camera/CameraLink.ts'

export type Theme = 'dark' | 'light'

/** Space that panels cover at each side of the stage, CSS px; the camera frames the swarm in what is left. */
export interface Insets {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}
export const NO_INSETS: Insets = { left: 0, right: 0, top: 0, bottom: 0 }

/** Names one transmission, as `LabClient.message` takes it. */
export interface Transmission {
  readonly src: number
  readonly seq: number
}

export interface StageStats {
  readonly drawCalls: number
  /** Bytes sent to the graphics card for the last frame drawn. */
  readonly uploadedBytes: number
  /** Median of our own JavaScript a frame over the last 60, ms; what the graphics driver takes is not in it. */
  readonly mainThreadMs: number
}

export interface StageApi {
  /** Draws one frame at exactly `timeUs` and resolves after the draw; waits for the layout first. */
  frame(timeUs: number): Promise<void>
  topView(): void
  /** The oblique view that fits every agent into the space between the panels. */
  home(): void
  focus(agent: number): void
  /** Keeps the selected agent where it is in the picture while it moves; without an argument, turns it over. */
  follow(on?: boolean): void
  isFollowing(): boolean
  /** How far the selected agent perceives, world units: rings round it. */
  setSenses(radii: readonly number[]): void
  /** Largest value of the layer of the field that is shown; null where none is. */
  fieldMax(): number | null
  /** Position and target, six numbers, for links. */
  camera(): number[]
  setCamera(camera: readonly number[]): void
  /** Draws, and copies what is seen into a canvas of its own. */
  picture(): HTMLCanvasElement
  /** Draws, reads the pixels back; true where all have one colour. */
  isBlank(): boolean
  stats(): StageStats
}

export interface StageProps {
  readonly frames: FrameSource
  readonly info: StageInfo
  readonly scenario: Scenario
  /** Smooth display time, virtual µs. Called once a frame. */
  readonly clock: () => number
  readonly selected: number | null
  /** An agent pointed at elsewhere (a list, the inspector). */
  readonly hovered?: number | null
  readonly theme: Theme
  readonly reducedMotion: boolean
  /** No loop of its own: frames only by `api.frame()`. */
  readonly explicit: boolean
  readonly insets?: Insets
  /** Measured latency between two groups, any unit; sets regions out so that the gap between them is latency. */
  readonly groupDistance?: (a: number, b: number) => number
  /**
   * True where messages from a to b are cut now (a partition); such links are dashed. Give a new function when it
   * changes.
   */
  readonly cut?: (a: number, b: number) => boolean
  /**
   * Commands up to the frontier, and marks so far (a new object where there are more): obstacles, wind and what was
   * found, where there is a world.
   */
  readonly log?: readonly Command[]
  readonly marks?: { readonly headlines: readonly Mark[] }
  /** The next click on the ground says where something goes; world units. */
  readonly placing?: { readonly radius: number } | null
  readonly onGround?: (x: number, y: number) => void
  /** Stages with the same link have one view between them. The same for as long as the stage lives. */
  readonly cameraLink?: CameraLink
  /** What this stage shows, where there are several. */
  readonly label?: string
  readonly onSelect: (agent: number | null) => void
  readonly onAgentMenu: (agent: number, clientX: number, clientY: number) => void
  readonly onMessage: (tx: Transmission, clientX: number, clientY: number) => void
  /** True while the pointer is within 16 px of a moving message. */
  readonly onSlow: (near: boolean) => void
  readonly onDegrade: (sentence: string) => void
  readonly onReady: (api: StageApi) => void
}
