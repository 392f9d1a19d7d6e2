import * as THREE from 'three'
import { HEADER, type Frame } from '../../engine/frame/frame.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../workers/protocol.ts'
import { columnTop, writeAgents, type AgentPicture } from './AgentState.ts'
import { FlightStore } from './FlightStore.ts'
import { createColumns } from './gl/columns.ts'
import { createGround } from './gl/ground.ts'
import { createLinks, FULL_LINKS_MAX } from './gl/links.ts'
import { createMarkers } from './gl/markers.ts'
import { createMessages } from './gl/messages.ts'
import { createPlates } from './gl/plates.ts'
import { createShared, floatTexture, paint } from './gl/shared.ts'
import { createSolids } from './gl/solids.ts'
import { createSpheres } from './gl/spheres.ts'
import type { Layout } from './layout/Layout.ts'
import { LinkIndex } from './LinkIndex.ts'
import { Labels } from './Labels.ts'
import { kindColour, kindFamily, type KindFamily } from './palette.ts'
import { around, PLAIN_GROUND, type PathShape } from './path.ts'
import { pickAgent, pickMessage, type Projection } from './pick.ts'
import type { StageBounds, StageScene } from './StageScene.ts'
import type { Theme, Transmission } from './types.ts'

const FAMILIES: readonly KindFamily[] = ['order', 'answer', 'vote', 'client', 'other']
/** A kind of each family, so that `kindColour` gives its colour. */
const FAMILY_KINDS = ['append', 'reply', 'vote', 'client', 'other'] as const
/** Wall seconds at the scenario's own pace: how long a trail is and how long an ending shows. */
const TRAIL_S = 0.26
const END_S = 0.42
/** More messages than this are drawn as flows: thinner, without heads' glow and without rings for what arrived. */
export const FLOW_FLIGHTS = 500
/** A selected agent with more links than this has them drawn more faintly. */
const CHOSEN_LINKS = 40

/**
 * Everything that is drawn, without React and without a renderer: at most eight draw calls. `update` takes a frame and
 * a
 * time; the picture is a function of these two, so that the same time always gives the same picture.
 */
export class SwarmScene implements StageScene {
  readonly root = new THREE.Group()
  readonly store: FlightStore
  readonly shape: PathShape
  readonly picture: AgentPicture
  readonly layout: Layout
  readonly info: StageInfo
  readonly shared
  uploadedBytes = 0
  private movedBytes = 0

  private readonly endUs: number
  private readonly logs: THREE.DataTexture
  private readonly ground
  private readonly solids
  protected readonly columns
  private readonly links
  private readonly ends: Int32Array
  protected readonly messages
  private readonly markers
  private readonly height: Scenario['height']
  private readonly pulse: Float32Array
  private shownNumber = -1
  private shownBranch = -1
  private epoch = -1
  private linksDirty = false
  private readonly touchLink = (): void => void (this.linksDirty = true)
  private readonly labels: Labels | null

  /**
   * @param labelHost where labels go; null: none
   * @param within what is drawn belongs to another scene, which has a ground and marks of its own
   */
  constructor(info: StageInfo, scenario: Scenario, layout: Layout, labelHost: HTMLElement | null, within = false) {
    this.info = info
    this.layout = layout
    this.height = scenario.height
    // Links end at the ring of a plate; where there are no plates, at the agent.
    const wrap = layout.wrap ?? PLAIN_GROUND
    this.shape = layout.plates ? { trim: 3.4, arc: 0.22, wrap } : { trim: 1.15, arc: 0, wrap }
    const capacity = layout.places.length / 4
    this.shared = createShared(capacity)
    this.shared.places.set(layout.places)
    this.endUs = END_S * scenario.pace * 1e6
    this.shared.uniforms.uEnd.value = this.endUs / 1000
    this.shared.uniforms.uScale.value = layout.headScale
    this.logs = floatTexture(Math.max(1, layout.majors.length), 1)
    this.pulse = new Float32Array(capacity).fill(-1e9)

    this.ends = majorsFirst(info.links, layout.places)
    const index = new LinkIndex(this.ends)
    const families = info.messageKinds.map((kind) => this.familyOf(kind))
    this.store = new FlightStore(
      (kind) => families[kind] ?? FAMILIES.indexOf('other'),
      (a, b) => index.find(a, b),
    )
    const weights = new Float32Array(info.links.length / 2).fill(1)
    for (const { a, b, weight } of scenario.topology.weights) {
      const link = index.find(a, b)
      if (link >= 0) weights[link] = weight
    }
    const majors = layout.plates ? layout.majors : new Int32Array(0)
    this.ground = createGround(this.shared, layout.discs)
    this.solids = createSolids(this.shared)
    this.columns = scenario.height === 'log' ? createColumns(this.shared, majors, this.logs) : null
    this.links = createLinks(this.shared, this.ends, weights, this.shape, crowdOf(this.ends, layout.places, wrap))
    this.messages = createMessages(this.shared, this.store, this.shape)
    this.messages.uniforms.uTrail.value = TRAIL_S * scenario.pace * 1000
    this.markers = createMarkers(this.shared)
    this.root.add(this.solids.object, this.links.object, this.messages.object)
    this.ground.object.visible = this.markers.object.visible = !within
    this.root.add(this.ground.object, this.markers.object)
    if (majors.length > 0) this.root.add(createPlates(this.shared, majors, this.logs))
    if (this.columns) this.root.add(this.columns.object)
    this.root.add(createSpheres(this.shared, info.agents))
    this.picture = {
      state: this.shared.state,
      logs: this.logs.image.data as Float32Array,
      wear: this.solids.wear.array as Float32Array,
      solids: 0,
      base: 0,
    }
    this.labels = labelHost && new Labels(labelHost, info, layout, scenario.height, this.picture.state)
  }

  get bounds(): StageBounds {
    return { points: this.points(), posts: this.posts(), polar: this.layout.polar }
  }

  /** Number of a message kind's colour. */
  protected familyOf(kind: string): number {
    return FAMILIES.indexOf(kindFamily(kind))
  }

  /** Makes the scene show `frame` at `clockUs`. Allocates nothing. Returns whether anything but time changed. */
  update(frame: Frame, clockUs: number): boolean {
    const { store, shared } = this
    store.ingest(frame, clockUs, this.endUs)
    this.uploadedBytes = store.uploadedBytes + this.movedBytes
    this.movedBytes = 0
    if (store.epoch !== this.epoch) this.restartTimes()
    const flying = store.touch(clockUs, this.endUs, this.pulse, this.links.active.array as Float32Array, this.touchLink)
    shared.uniforms.uClock.value = (clockUs - store.epochUs) / 1000
    this.messages.setCount(store.count)
    this.messages.uniforms.uFlow.value = flowOf(flying, store.seenRows)
    const fresh = frame.header[HEADER.number] !== this.shownNumber || frame.header[HEADER.branch] !== this.shownBranch
    if (fresh) this.showAgents(frame)
    if (this.copyPulses() || fresh) {
      shared.uniforms.uState.value.needsUpdate = true
      this.uploadedBytes += shared.state.byteLength
    }
    if (this.linksDirty) {
      this.linksDirty = false
      this.links.active.needsUpdate = true
      this.uploadedBytes += this.links.active.array.byteLength
    }
    return fresh
  }

  updateLabels(frame: Frame, view: Projection, selected: number | null, hovered: number | null): void {
    this.labels?.update(frame.agents, view, selected, hovered)
  }

  forget(): void {
    this.store.forget()
  }

  /** Takes over the places of the layout, which have changed. */
  movePlaces(): void {
    this.shared.places.set(this.layout.places)
    this.shared.uniforms.uPlaces.value.needsUpdate = true
    this.movedBytes = this.shared.places.byteLength
  }

  agentAt(view: Projection, x: number, y: number, slopPx: number): number {
    return pickAgent(view, this.layout.places, this.picture.state, this.info.agents, x, y, slopPx)
  }

  messageAt(view: Projection, clockUs: number, x: number, y: number, reachPx: number): number {
    return pickMessage(view, this.layout.places, this.shape, this.store, clockUs, x, y, reachPx)
  }

  transmission(row: number): Transmission {
    return { src: this.store.txSrc[row]!, seq: this.store.txSeq[row]! }
  }

  placeOf(agent: number, out: Float32Array): boolean {
    const { places } = this.layout
    const radius = Math.abs(places[4 * agent + 3] ?? 0)
    out.set(places.subarray(4 * agent, 4 * agent + 3))
    out[3] = Math.max(9, radius * 26)
    return radius > 0
  }

  private showAgents(frame: Frame): void {
    this.shownNumber = frame.header[HEADER.number]!
    this.shownBranch = frame.header[HEADER.branch]!
    writeAgents(frame.agents, this.info.agents, this.layout, this.height, this.picture)
    this.solids.setCount(this.picture.solids)
    this.solids.wear.needsUpdate = true
    this.logs.needsUpdate = true
    if (this.columns) this.columns.uBase.value = this.picture.base
    this.uploadedBytes += this.picture.wear.byteLength + this.picture.logs.byteLength
  }

  /** Delivery times into the state texture; true where one is new. */
  private copyPulses(): boolean {
    const { state } = this.shared
    let changed = false
    for (let agent = 0; agent < this.info.agents; agent++) {
      if (state[4 * agent + 1] === this.pulse[agent]) continue
      state[4 * agent + 1] = this.pulse[agent]!
      changed = true
    }
    return changed
  }

  private restartTimes(): void {
    this.epoch = this.store.epoch
    this.pulse.fill(-1e9)
    ;(this.links.active.array as Float32Array).fill(-1e9)
    this.linksDirty = true
  }

  setTheme(theme: Theme): void {
    paint(this.shared, theme)
    this.messages.setKindColours(FAMILY_KINDS.map((kind) => kindColour(kind, theme)))
  }

  setStill(still: boolean): void {
    this.shared.uniforms.uStill.value = still ? 1 : 0
  }

  mark(selected: number | null, hovered: number | null): void {
    this.markers.uMarked.value.set(selected ?? -1, hovered ?? -1)
    const { uSelected, uChosen } = this.links.uniforms
    if (uSelected.value === (selected ?? -1)) return
    uSelected.value = selected ?? -1
    let degree = 0
    for (const end of this.ends) if (end === selected) degree++
    uChosen.value = 0.9 * Math.sqrt(CHOSEN_LINKS / Math.max(CHOSEN_LINKS, degree))
  }

  /** Dashes the links that are cut in either direction. */
  setCut(cut: ((a: number, b: number) => boolean) | undefined): void {
    const links = this.ends
    const style = this.links.style.array
    for (let link = 0; link < links.length / 2; link++) {
      const [a, b] = [links[2 * link]!, links[2 * link + 1]!]
      style[2 * link + 1] = cut && (cut(a, b) || cut(b, a)) ? 1 : 0
    }
    this.links.style.needsUpdate = true
  }

  /** Draws only this share of the links (never less than are drawn in full), those between majors first. */
  setLinkShare(share: number): void {
    this.links.setCount(Math.max(FULL_LINKS_MAX, Math.ceil((share * this.ends.length) / 2)))
  }

  setView(widthPx: number, heightPx: number, dpr: number, camera: THREE.PerspectiveCamera): void {
    const { uniforms } = this.shared
    uniforms.uViewport.value.set(widthPx * dpr, heightPx * dpr)
    uniforms.uDpr.value = dpr
    uniforms.uPixels.value = (camera.projectionMatrix.elements[5]! * heightPx * dpr) / 2
  }

  /** Fog and grid for a camera this far from the ground it looks at. */
  setReach(reach: number, extent: number): void {
    this.shared.uniforms.uFog.value.set(reach * 1.15, reach * 2.6)
    this.ground.uniforms.uReach.value = Math.max(extent * 3.2, reach * 1.6)
    this.ground.uniforms.uCell.value = 2 * 2 ** Math.round(Math.log2(Math.max(1, extent / 26)))
  }

  /** What the camera has to show: every agent, and the room above the majors for columns, heads and labels. */
  private points(): Float32Array {
    const { places, majors, headScale } = this.layout
    const out: number[] = []
    for (let agent = 0; agent < this.info.agents; agent++) {
      const r = Math.abs(places[4 * agent + 3]!)
      if (r === 0) continue
      const few = this.info.agents <= 8_000
      if (few) out.push(places[4 * agent]! - r, places[4 * agent + 1]!, places[4 * agent + 2]! + r)
      out.push(places[4 * agent]! + r, places[4 * agent + 1]!, places[4 * agent + 2]! + r)
    }
    const top = columnTop(this.height) * headScale
    for (const agent of majors) {
      const [x, y, z] = [places[4 * agent]!, places[4 * agent + 1]!, places[4 * agent + 2]!]
      const r = this.shape.trim * Math.abs(places[4 * agent + 3]!)
      out.push(x, y + top * (majors.length <= 32 ? 1 : 0.8), z, x - r, y, z + r, x + r, y, z + r)
    }
    return Float32Array.from(out.length > 0 ? out : [0, 0, 0])
  }

  /** Foot and height of every major agent, for choosing a view in which they do not cover each other. */
  private posts(): Float32Array {
    const { places, majors, headScale } = this.layout
    const posts = new Float32Array(4 * majors.length)
    majors.forEach((agent, k) => {
      posts.set(places.subarray(4 * agent, 4 * agent + 3), 4 * k)
      posts[4 * k + 3] = columnTop(this.height) * headScale
    })
    return posts
  }

  dispose(): void {
    this.labels?.dispose()
    this.root.traverse((object) => {
      if (!(object instanceof THREE.Mesh || object instanceof THREE.LineSegments)) return
      object.geometry.dispose()
      ;(object.material as THREE.Material).dispose()
    })
    this.shared.uniforms.uPlaces.value.dispose()
    this.shared.uniforms.uState.value.dispose()
    this.logs.dispose()
  }
}

/** 0: single messages; above, a flow, the fainter the more there are: 1.. 2. */
function flowOf(flying: number, shown: number): number {
  if (flying <= FLOW_FLIGHTS && shown <= 2 * FLOW_FLIGHTS) return 0
  return 1 + Math.min(1, Math.max(0, Math.log2(flying / FLOW_FLIGHTS) / 3))
}

/** The length of all links against half the extent of the picture, at most their number. */
function crowdOf(ends: Int32Array, places: Float32Array, wrap: PathShape['wrap']): number {
  let ink = 0
  let extent = 1
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [a, b] = [4 * ends[i]!, 4 * ends[i + 1]!]
    const dx = around(places[b]! - places[a]!, wrap[0])
    const dz = around(places[b + 2]! - places[a + 2]!, wrap[1])
    ink += Math.sqrt(dx * dx + dz * dz)
    extent = Math.max(extent, Math.abs(places[a]!), Math.abs(places[a + 2]!))
  }
  return Math.min(ends.length / 2, ink / extent)
}

/** Links between two majors before all others, else in the order given: what is left when fewer can be drawn. */
function majorsFirst(links: Int32Array, places: Float32Array): Int32Array {
  const ends = new Int32Array(links.length)
  let to = 0
  for (const wanted of [true, false])
    for (let i = 0; i + 1 < links.length; i += 2) {
      const [a, b] = [links[i]!, links[i + 1]!]
      if ((places[4 * a + 3]! < 0 && places[4 * b + 3]! < 0) !== wanted) continue
      ends[to++] = a
      ends[to++] = b
    }
  return ends
}
