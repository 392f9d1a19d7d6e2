import * as THREE from 'three'
import { HEADER, ROLES, type Frame } from '../../../engine/frame/frame.ts'
import type { Scenario, SpaceKind } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'
import { createShared, paint } from '../gl/shared.ts'
import type { Projection } from '../pick.ts'
import type { StageBounds, StageFacts, StageScene, WorldScene } from '../StageScene.ts'
import type { Theme, Transmission } from '../types.ts'
import { BodyLabels } from './BodyLabels.ts'
import { BodyPoints } from './BodyPoints.ts'
import { createCrew, type Crew } from './crew.ts'
import { createField, fieldUniforms, type FieldPicture } from './field.ts'
import { createGround } from './ground.ts'
import { colourOf, layerOf, showsBodies, useLook } from './look.ts'
import { createObstacles } from './obstacles.ts'
import { Landmarks, type LiveLandmark } from './Landmarks.ts'
import { groundUnder, pickBody, placeBody } from './pickBody.ts'
import { createRings, RING } from './rings.ts'
import { Findings } from './Findings.ts'
import { Weather } from './Weather.ts'
import { phaseOf, toStage, worldOf, type World } from './world.ts'

/** More landmarks than these bear no signs. */
const SIGNS_MAX = 12
const LEADER = ROLES.indexOf('leader')
/** Above so many bodies the pointer looks again only when it moves. */
const MANY = 200_000
/** How much of a new gap between newest frame and picture is taken over a frame. */
const LEAD_EASE = 0.08

/**
 * A world and its bodies: ground, field, obstacles, bodies in one draw call, what is pointed out; and where bodies run
 * programs too, their roles, links and messages. Columns go to the card from where the engine wrote them.
 */
export class BodyScene implements StageScene {
  readonly root = new THREE.Group()
  readonly bounds: StageBounds
  readonly world: WorldScene
  uploadedBytes = 0
  private readonly shared = createShared(1)
  private readonly land: World
  private readonly kind: SpaceKind
  private readonly ground
  private readonly field: FieldPicture
  private readonly obstacles
  private readonly rings
  private readonly weather: Weather
  private readonly findings: Findings
  private readonly landmarks: Landmarks
  private standing: readonly LiveLandmark[] = []
  private readonly crew: Crew | null
  private readonly labels: BodyLabels
  private readonly points: BodyPoints
  private readonly stopLooking: () => void
  private redraw: () => void = () => {}
  private theme: Theme = 'dark'
  private frame: Frame | null = null
  private shownNumber = -1
  private shownBranch = -1
  private lookChanged = true
  private phase = 0
  private clockUs = 0
  /** Mean gap between the newest frame and the time on screen, µs; bodies are shown as of the newest step. */
  private leadUs = 0
  private selected: number | null = null
  private hovered: number | null = null
  private senses: readonly number[] = []
  private readonly placing = { x: 0, y: 0, radius: -1 }
  private readonly at = new Float32Array(3)
  private readonly picked = { x: Number.NaN, y: Number.NaN, row: -1 }
  private readonly heightAt = (x: number, y: number): number => this.field.heightAt(x, y)
  private heightOf: ((x: number, y: number) => number) | null = null

  constructor(
    readonly info: StageInfo,
    scenario: Scenario,
    frame: Frame,
    labelHost: HTMLElement,
  ) {
    const space = scenario.space!
    this.land = worldOf(space)
    this.kind = space.kind
    const { land, shared } = this
    const uniforms = fieldUniforms(info, space.cell)
    this.field = createField(shared, land, info, uniforms)
    this.ground = createGround(shared, land)
    this.obstacles = createObstacles(shared, land, info.space!.layers.length > 0)
    this.rings = createRings(shared, land.flat)
    this.points = new BodyPoints(shared, land, frame, info.agents, uniforms, info.space!.layers.length > 0)
    this.crew = createCrew(info, scenario, land, this.points.size)
    this.weather = new Weather(scenario)
    this.findings = new Findings(scenario.pace)
    this.landmarks = new Landmarks(info, space.cell, land.depth)
    this.labels = new BodyLabels(labelHost, info)
    this.bounds = { points: corners(land, info), posts: new Float32Array(0), polar: polarOf(land), straight: true }
    this.root.add(this.ground.floor, this.field.object, this.obstacles.object, this.rings.object, this.points.object)
    if (this.ground.box) this.root.add(this.ground.box)
    if (this.points.shadow) this.root.add(this.points.shadow)
    if (this.crew) this.root.add(this.crew.scene.root)
    this.stopLooking = useLook.subscribe(() => {
      this.lookChanged = true
      this.redraw()
    })
    this.world = this.worldDoor()
  }

  update(frame: Frame, clockUs: number): void {
    this.frame = frame
    this.clockUs = clockUs
    this.uploadedBytes = 0
    const { header } = frame
    const fresh = header[HEADER.number] !== this.shownNumber || header[HEADER.branch] !== this.shownBranch
    if (fresh || this.lookChanged) this.show(frame)
    this.phase = phaseOf(this.land, this.bodyClock(header[HEADER.timeUs]!, clockUs), header[HEADER.steppedUs]!)
    this.points.setPhase(this.phase)
    if (this.weather.update(clockUs)) this.obstacles.show(this.weather.obstacles)
    if (this.crew) {
      this.crew.place(frame, this.phase, this.heightOf)
      this.crew.scene.update(frame, clockUs)
      this.uploadedBytes += this.crew.scene.uploadedBytes
    }
    this.pointOut()
  }

  private show(frame: Frame): void {
    const look = useLook.getState()
    const layer = layerOf(this.info, look.layer)
    this.shownNumber = frame.header[HEADER.number]!
    this.shownBranch = frame.header[HEADER.branch]!
    this.lookChanged = false
    this.field.setLook(layer >= 0, look.relief, look.contours)
    this.ground.floor.visible = layer < 0
    this.heightOf = layer >= 0 && look.relief && this.land.flat ? this.heightAt : null
    const shown = showsBodies(this.info, look)
    this.points.object.visible = shown
    if (this.points.shadow) this.points.shadow.visible = shown
    if (shown) this.uploadedBytes += this.points.show(frame, colourOf(this.info, this.kind, look.colour))
    this.uploadedBytes += this.field.show(frame, layer)
    this.standing = this.landmarks.at(frame)
  }

  /**
   * The picture runs a little behind the newest frame, by more than a step; bodies are not taken back so far, but shown
   * at the time of the newest step, evenly. With no gap, as in explicit frames, this is the time on screen itself.
   */
  private bodyClock(frameUs: number, clockUs: number): number {
    const gap = Math.max(0, frameUs - clockUs)
    this.leadUs = gap === 0 ? 0 : this.leadUs + (gap - this.leadUs) * LEAD_EASE
    return Math.min(frameUs, clockUs + this.leadUs)
  }

  private pointOut(): void {
    const { rings, land, selected, hovered, at, placing, points } = this
    rings.begin()
    const { wind } = this.weather
    if (wind[0] !== 0 || wind[1] !== 0) {
      const length = 2.4
      const x = (land.width * land.scale) / 2 + length + 0.8
      rings.add(RING.wind, x, 0, -(land.height * land.scale) / 2 + length, length, Math.atan2(-wind[1], wind[0]))
    }
    for (const { place, radius } of this.standing) {
      this.stagePlace(place[0], place[1], place[2])
      rings.add(RING.landmark, at[0]!, at[1]!, at[2]!, radius * land.scale)
    }
    for (const found of this.findings.at(this.clockUs)) {
      if (found.radius <= 0 || !this.findings.isShown(found, this.clockUs)) continue
      this.stagePlace(found.place![0], found.place![1], found.place![2])
      rings.add(RING.found, at[0]!, at[1]!, at[2]!, found.radius * land.scale)
    }
    if (selected !== null && this.stands(selected)) {
      placeBody(this.frame!.bodies!, selected, this.phase, land, this.heightOf, at)
      for (const radius of this.senses) rings.add(RING.sense, at[0]!, at[1]!, at[2]!, radius * land.scale)
      rings.add(RING.selected, at[0]!, at[1]!, at[2]!, 1.7 * points.size)
    }
    if (hovered !== null && hovered !== selected && this.stands(hovered)) {
      placeBody(this.frame!.bodies!, hovered, this.phase, land, this.heightOf, at)
      rings.add(RING.hovered, at[0]!, at[1]!, at[2]!, 1.7 * points.size)
    }
    if (placing.radius > 0) {
      this.stagePlace(placing.x, placing.y, land.depth / 2)
      rings.add(RING.placing, at[0]!, at[1]!, at[2]!, placing.radius * land.scale)
    }
    rings.end()
  }

  /** A place of the world, on the landscape where there is one, into `at`. */
  private stagePlace(x: number, y: number, z: number): void {
    toStage(this.land, x, y, z, this.at)
    if (this.heightOf !== null) this.at[1] = this.at[1]! + this.heightOf(x, y)
  }

  private stands(agent: number): boolean {
    return this.frame !== null && agent < this.info.agents && this.frame.bodies!.status[agent] !== 0
  }

  updateLabels(frame: Frame, view: Projection, selected: number | null, hovered: number | null): void {
    const { labels, at } = this
    labels.begin()
    if (selected !== null) this.label(frame, selected, true, view)
    if (hovered !== null && hovered !== selected) this.label(frame, hovered, true, view)
    if (this.crew)
      // Who leads comes first: where two labels would lie over each other, the other one gives way.
      for (const leads of [true, false])
        for (const agent of this.crew.labelled)
          if (agent !== selected && agent !== hovered && (frame.agents.role[agent] === LEADER) === leads)
            this.label(frame, agent, false, view)
    for (const found of this.findings.at(this.clockUs)) {
      if (!this.findings.isShown(found, this.clockUs)) continue
      const [x, y, z] = found.place!
      const rise = this.land.flat ? 0 : found.radius
      this.stagePlace(x, y + found.radius - rise, z + rise)
      labels.sign(found.label, 'found here', at, true, view)
    }
    if (this.standing.length <= SIGNS_MAX)
      for (const { name, line, place, radius } of this.standing) {
        this.stagePlace(place[0], place[1] + radius, place[2])
        labels.sign(name, line, at, false, view)
      }
    labels.end()
  }

  private label(frame: Frame, agent: number, whole: boolean, view: Projection): void {
    if (!this.stands(agent)) return
    placeBody(frame.bodies!, agent, this.phase, this.land, this.heightOf, this.at)
    const isCrew = this.crew !== null && this.info.programs[agent] !== 0
    this.labels.body(frame, agent, this.at, isCrew ? 2.4 : 1.2 * this.points.size, whole, view)
  }

  forget(): void {
    this.leadUs = 0
    this.shownNumber = -1
    this.crew?.scene.forget()
  }

  agentAt(view: Projection, x: number, y: number, slopPx: number): number {
    if (this.frame === null || slopPx <= 0 || !this.points.object.visible) return -1
    const { picked, info } = this
    if (info.agents > MANY && picked.x === x && picked.y === y) return picked.row
    const { bodies } = this.frame
    picked.row = pickBody(view, bodies!, info.agents, this.land, this.phase, this.heightOf, x, y, Math.max(16, slopPx))
    picked.x = x
    picked.y = y
    return picked.row
  }

  messageAt(view: Projection, clockUs: number, x: number, y: number, reachPx: number): number {
    return this.crew?.scene.messageAt(view, clockUs, x, y, reachPx) ?? -1
  }

  transmission(row: number): Transmission {
    return this.crew!.scene.transmission(row)
  }

  placeOf(agent: number, out: Float32Array): boolean {
    if (!this.stands(agent)) return false
    placeBody(this.frame!.bodies!, agent, this.phase, this.land, this.heightOf, out)
    out[3] = Math.max(9, 45 * this.points.size)
    return true
  }

  mark(selected: number | null, hovered: number | null): void {
    if (selected !== this.selected) this.senses = []
    this.selected = selected
    this.hovered = hovered
    this.crew?.scene.mark(selected, hovered)
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    paint(this.shared, this.theme)
    this.points.setTheme(theme)
    this.field.setTheme(theme)
    this.crew?.scene.setTheme(theme)
  }

  setStill(still: boolean): void {
    this.crew?.scene.setStill(still)
  }

  setCut(cut: ((a: number, b: number) => boolean) | undefined): void {
    this.crew?.scene.setCut(cut)
  }

  setLinkShare(share: number): void {
    this.crew?.scene.setLinkShare(share)
  }

  setView(widthPx: number, heightPx: number, dpr: number, camera: THREE.PerspectiveCamera): void {
    const { uniforms } = this.shared
    uniforms.uViewport.value.set(widthPx * dpr, heightPx * dpr)
    uniforms.uDpr.value = dpr
    uniforms.uPixels.value = (camera.projectionMatrix.elements[5]! * heightPx * dpr) / 2
    this.crew?.scene.setView(widthPx, heightPx, dpr, camera)
  }

  setReach(reach: number, extent: number): void {
    // Depth is told by distance only where there is depth.
    const { flat } = this.land
    this.shared.uniforms.uFog.value.set(reach * (flat ? 1.15 : 0.8), reach * (flat ? 2.6 : 1.7))
    this.crew?.scene.setReach(reach, extent)
  }

  private worldDoor(): WorldScene {
    return {
      groundAt: (view, x, y, out) => groundUnder(view, this.land, x, y, out),
      showPlace: (x, y, radius) => void Object.assign(this.placing, { x, y, radius: radius ?? -1 }),
      setFacts: ({ log, marks }: StageFacts) => {
        this.weather.setLog(log)
        this.findings.setMarks(marks)
      },
      setSenses: (radii) => void (this.senses = radii),
      fieldMax: () => (this.field.object.visible ? this.field.max : null),
    }
  }

  onLook(redraw: () => void): void {
    this.redraw = redraw
  }

  dispose(): void {
    this.stopLooking()
    this.labels.dispose()
    this.root.traverse((object) => {
      if (!(object instanceof THREE.Mesh || object instanceof THREE.LineSegments)) return
      object.geometry.dispose()
      ;(object.material as THREE.Material).dispose()
    })
    this.points.dispose()
    this.field.dispose()
    this.crew?.scene.dispose()
    this.shared.uniforms.uPlaces.value.dispose()
    this.shared.uniforms.uState.value.dispose()
  }
}

/** Corners of the world, and of what rises above it; of a box all but its outermost parts, where bodies are few. */
function corners(world: World, info: StageInfo): Float32Array {
  const { flat, scale } = world
  const part = flat ? 1 : 0.84
  const [x, z] = [(part * world.width * scale) / 2, (part * world.height * scale) / 2]
  const [low, high] = [0.5 - part / 2, 0.5 + part / 2].map((share) => share * world.depth * scale) as [number, number]
  const top = flat ? (info.space!.layers.length > 0 ? 1.5 : 0) : high
  return Float32Array.from([-1, 1].flatMap((a) => [-1, 1].flatMap((b) => [a * x, low, b * z, a * x, top, b * z])))
}

/** Flat worlds are seen from above, boxes from the side. */
const polarOf = (world: World): number => (world.flat ? 0.8 : 1.12)
