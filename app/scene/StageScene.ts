import type * as THREE from 'three'
import type { Frame } from '../../engine/frame/frame.ts'
import type { Command } from '../../engine/scenario/Scenario.ts'
import type { Mark } from '../../engine/agents/Program.ts'
import type { StageInfo } from '../../workers/protocol.ts'
import type { Projection } from './pick.ts'
import type { Theme, Transmission } from './types.ts'

/** What the home view has to show, world units of the stage. */
export interface StageBounds {
  /** 3·n. */
  readonly points: Float32Array
  /** 4·n: foot and height of what bears a label. */
  readonly posts: Float32Array
  /** How steeply it looks, from straight above, radians. */
  readonly polar: number
  /** Only along an axis. */
  readonly straight?: boolean
}

/** What happened and what was asked for, for scenes that show it. */
export interface StageFacts {
  readonly log: readonly Command[]
  readonly marks: readonly Mark[]
}

/**
 * What the stage shows, whatever it is made of: a network that stands, or bodies that move. The controller owns camera
 * and renderer and calls `update` before each draw; the picture is a function of frame, time and what was set here.
 */
export interface StageScene {
  readonly root: THREE.Object3D
  readonly info: StageInfo
  readonly uploadedBytes: number
  readonly bounds: StageBounds
  update(frame: Frame, clockUs: number): void
  updateLabels(frame: Frame, view: Projection, selected: number | null, hovered: number | null): void
  /** The next picture is a function of frame and time alone, whatever was drawn before. */
  forget(): void
  /** The agent under the pointer within `slopPx`, −1: none. */
  agentAt(view: Projection, x: number, y: number, slopPx: number): number
  /** The row of the message under the pointer, −1: none. */
  messageAt(view: Projection, clockUs: number, x: number, y: number, reachPx: number): number
  transmission(row: number): Transmission
  /** Where an agent is now (xyz) and from how far to look at it (w); false where it is nowhere. */
  placeOf(agent: number, out: Float32Array): boolean
  mark(selected: number | null, hovered: number | null): void
  setTheme(theme: Theme): void
  setStill(still: boolean): void
  setCut(cut: ((a: number, b: number) => boolean) | undefined): void
  setLinkShare(share: number): void
  setView(widthPx: number, heightPx: number, dpr: number, camera: THREE.PerspectiveCamera): void
  setReach(reach: number, extent: number): void
  dispose(): void
  /** `redraw` is called whenever a person chose to see it another way. */
  onLook?(redraw: () => void): void
  /** Scenes in which bodies move have these too. */
  readonly world?: WorldScene
}

/** What only a world has: a ground with coordinates, fields, obstacles, and what bodies perceive. */
export interface WorldScene {
  /** World coordinates of the ground under a point of the stage, in `out`; false where there is none. */
  groundAt(view: Projection, x: number, y: number, out: Float32Array): boolean
  /** A disc under the pointer while something is to be placed: world units; null hides it. */
  showPlace(x: number, y: number, radius: number | null): void
  setFacts(facts: StageFacts): void
  /** Distances the selected agent perceives over, world units. */
  setSenses(radii: readonly number[]): void
  /** Largest value of the layer that is shown; null without a field. */
  fieldMax(): number | null
}
