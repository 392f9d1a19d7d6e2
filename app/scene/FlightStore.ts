import * as THREE from 'three'
import { FATES, HEADER, type FlightColumns, type Frame } from '../../engine/frame/frame.ts'
import { endOf } from './path.ts'

/** Rows the stage keeps; what exceeds it is not drawn, and `omitted` counts it. */
export const FLIGHTS_MAX = 16_384
/** The shader clock is float32 ms from `epochUs`, a multiple of this: a step is then at most 1 µs. */
const EPOCH_SPAN_US = 8_000_000
const ENDS_EARLY = FATES.map((fate) => fate === 'lost' || fate === 'blocked' || fate === 'dropped')
/** A second row about a hop with one of these corrects the first; a duplicate's second row stands beside it. */
const CORRECTS = FATES.map(
  (fate) => fate === 'blocked' || fate === 'unheard' || fate === 'dropped' || fate === 'delayed',
)
const DROPPED = FATES.indexOf('dropped')
const DELAYED = FATES.indexOf('delayed')
/** Look-ups of earlier rows one frame may cost; a storm of blocked messages is drawn as it comes. */
const CORRECTIONS_MAX = 256
const ARRIVES = FATES.map((fate) => fate === 'delivered' || fate === 'duplicated' || fate === 'delayed')

/**
 * The flights the stage can still show, gathered from the frame's rings. Rows of a frame are immutable, so a row is new
 * where it differs from the one seen there before; new ones are appended and only they are uploaded. The rows of ended
 * messages stay until half are dead, then all move up.
 */
export class FlightStore {
  /** Per row: sent, due (ms of the shader clock), source, destination. */
  readonly flight = dynamic(4)
  /** Per row: kind family, fate, where on the path it ends, 1 = superseded. */
  readonly look = dynamic(4)
  readonly sentUs = new Float64Array(FLIGHTS_MAX)
  readonly dueUs = new Float64Array(FLIGHTS_MAX)
  readonly src = new Int32Array(FLIGHTS_MAX)
  readonly dst = new Int32Array(FLIGHTS_MAX)
  readonly fate = new Uint8Array(FLIGHTS_MAX)
  readonly txSrc = new Int32Array(FLIGHTS_MAX)
  readonly txSeq = new Uint32Array(FLIGHTS_MAX)
  /** Number of the drawn link, −1 none. */
  readonly link = new Int32Array(FLIGHTS_MAX)
  count = 0
  omitted = 0
  epochUs = 0
  /** Counts rebases and clears: what else is in shader time must then be redone. */
  epoch = 0
  uploadedBytes = 0
  /** Rows in flight or still ending when last touched: what there is to look at. */
  seenRows = 0

  private readonly ranges = [
    { start: 0, count: 0 },
    { start: 0, count: 0 },
  ] as const
  private seen: { sentUs: Float64Array; txSrc: Int32Array; txSeq: Uint32Array; dst: Int32Array; fate: Uint8Array }[] =
    []
  private frameNumber = -1
  private frameUs = -1
  private branch = -1
  private clockUs = -1
  private dead = 0
  /** Shard and row of what may correct another: taken last, since that other may lie in a later shard. */
  private readonly late = new Int32Array(2 * CORRECTIONS_MAX)
  private lateCount = 0

  /**
   * @param familyOf kind number → colour family.
   * @param linkOf drawn link between two agents.
   */
  constructor(
    private readonly familyOf: (kind: number) => number,
    private readonly linkOf: (a: number, b: number) => number,
  ) {}

  /** Takes what is new in `frame` and could still be seen at `clockUs` or later. `endUs`: how long an ending shows. */
  ingest(frame: Frame, clockUs: number, endUs: number): void {
    this.uploadedBytes = 0
    const { header } = frame
    const jumped =
      header[HEADER.timeUs]! < this.frameUs || header[HEADER.branch] !== this.branch || clockUs < this.clockUs - endUs
    if (jumped) this.clear(clockUs)
    this.clockUs = clockUs
    if (epochOf(clockUs) !== this.epochUs) this.rebase(epochOf(clockUs))
    if (header[HEADER.number] === this.frameNumber && !jumped) return
    this.frameNumber = header[HEADER.number]!
    this.frameUs = header[HEADER.timeUs]!
    this.branch = header[HEADER.branch]!
    if (this.dead > 256 && this.dead * 2 > this.count) this.compact(clockUs - endUs)
    const first = this.count
    const horizonUs = Math.min(clockUs, this.frameUs) - endUs
    this.lateCount = 0
    for (let shard = 0; shard < frame.flights.length; shard++) this.take(shard, frame.flights[shard]!, horizonUs)
    for (let i = 0; i < this.lateCount; i++) this.append(frame.flights[this.late[2 * i]!]!, this.late[2 * i + 1]!, true)
    if (this.count > first) this.upload(first, this.count)
  }

  /** Starts over: the next `ingest` takes every row again, in the frame's own order. */
  forget(): void {
    this.clockUs = Infinity
  }

  /** For one row at `clockUs`: how far it has come, 0..1 (where it ended), or −1 where it is not in flight. */
  progress(row: number, clockUs: number): number {
    const sent = this.sentUs[row]!
    if (clockUs < sent || this.look.array[4 * row + 3]! > 0.5) return -1
    const t = (clockUs - sent) / Math.max(this.dueUs[row]! - sent, 1e-3)
    return t < this.look.array[4 * row + 2]! ? t : -1
  }

  /**
   * Walks all rows once: `pulse[agent]` becomes the latest delivery at or before `clockUs` (shader ms), `active[link]`
   * the time until which the link is in use. Returns how many are in flight.
   */
  touch(
    clockUs: number,
    endUs: number,
    pulse: Float32Array,
    active: Float32Array,
    onLink: (link: number) => void,
  ): number {
    let flying = 0
    let dead = 0
    let shown = 0
    for (let row = 0; row < this.count; row++) {
      const due = this.dueUs[row]!
      if (due + endUs <= clockUs) dead++
      else if (this.sentUs[row]! <= clockUs) shown++
      if (this.sentUs[row]! > clockUs || this.look.array[4 * row + 3]! > 0.5) continue
      const dueMs = Math.fround((due - this.epochUs) / 1000)
      if (due > clockUs) flying++
      else if (ARRIVES[this.fate[row]!] && dueMs > pulse[this.dst[row]!]!) pulse[this.dst[row]!] = dueMs
      const link = this.link[row]!
      if (link >= 0 && dueMs > active[link]!) {
        active[link] = dueMs
        onLink(link)
      }
    }
    this.dead = dead
    this.seenRows = shown
    return flying
  }

  private clear(clockUs: number): void {
    this.count = 0
    this.omitted = 0
    this.dead = 0
    for (const rows of this.seen) rows.sentUs.fill(-1)
    this.epochUs = epochOf(clockUs)
    this.epoch++
  }

  private rebase(epochUs: number): void {
    this.epochUs = epochUs
    this.epoch++
    const rows = this.flight.array
    for (let row = 0; row < this.count; row++) {
      rows[4 * row] = (this.sentUs[row]! - epochUs) / 1000
      rows[4 * row + 1] = (this.dueUs[row]! - epochUs) / 1000
    }
    this.upload(0, this.count)
  }

  private take(shard: number, rows: FlightColumns, horizonUs: number): void {
    const seen = (this.seen[shard] ??= mirror(rows.sentUs.length))
    const { sentUs, dueUs, src, dst, fate, txSrc, txSeq } = rows
    for (let k = 0; k < sentUs.length; k++) {
      const same =
        sentUs[k] === seen.sentUs[k] &&
        txSeq[k] === seen.txSeq[k] &&
        txSrc[k] === seen.txSrc[k] &&
        dst[k] === seen.dst[k] &&
        fate[k] === seen.fate[k]
      if (same) continue
      seen.sentUs[k] = sentUs[k]!
      seen.txSeq[k] = txSeq[k]!
      seen.txSrc[k] = txSrc[k]!
      seen.dst[k] = dst[k]!
      seen.fate[k] = fate[k]!
      // A row never used has both times 0; what ended long ago need not be kept.
      if ((sentUs[k] === 0 && dueUs[k] === 0) || dueUs[k]! <= horizonUs) continue
      // From or to the environment: nobody on the stage.
      if (src[k]! < 0 || dst[k]! < 0) continue
      // Blocked at once is no correction: what dies on arrival has arrived by the time of the frame.
      const byHand = fate[k] === DROPPED || fate[k] === DELAYED
      if (CORRECTS[fate[k]!] && (byHand || dueUs[k]! <= this.frameUs) && this.lateCount < CORRECTIONS_MAX) {
        this.late[2 * this.lateCount] = shard
        this.late[2 * this.lateCount++ + 1] = k
      } else this.append(rows, k, false)
    }
  }

  private append(rows: FlightColumns, k: number, corrects: boolean): void {
    const [src, dst, fate] = [rows.src[k]!, rows.dst[k]!, rows.fate[k]!]
    const sent = rows.sentUs[k]!
    let due = rows.dueUs[k]!
    const family = this.familyOf(rows.kind[k]!)
    const earlier = corrects ? this.supersede(src, dst, sent, due, family, fate) : -1
    if (this.count === FLIGHTS_MAX) {
      this.omitted++
      return
    }
    let end = ENDS_EARLY[fate] ? endOf(FATES[fate]!, (Math.imul(rows.txSeq[k]! + 1, 0x9e3779b1) >>> 8) / 2 ** 24) : 1
    if (earlier >= 0 && fate === DROPPED && due < this.dueUs[earlier]!) {
      // Taken out at `due` on a way that would have lasted longer: it ends where it was.
      end = (due - sent) / (this.dueUs[earlier]! - sent)
      due = this.dueUs[earlier]!
    } else if (earlier >= 0 && fate !== DROPPED) end = 1
    const row = this.count++
    this.sentUs[row] = sent
    this.dueUs[row] = due
    this.src[row] = src
    this.dst[row] = dst
    this.fate[row] = fate
    this.txSrc[row] = rows.txSrc[k]!
    this.txSeq[row] = rows.txSeq[k]!
    this.link[row] = this.linkOf(src, dst)
    const f = this.flight.array
    const l = this.look.array
    f[4 * row] = (sent - this.epochUs) / 1000
    f[4 * row + 1] = (due - this.epochUs) / 1000
    f[4 * row + 2] = src
    f[4 * row + 3] = dst
    l[4 * row] = family
    l[4 * row + 1] = fate
    l[4 * row + 2] = end
    l[4 * row + 3] = 0
  }

  /** Whether a row's name (src, seq) means a message that can still be caught. */
  catchable(row: number): boolean {
    return ARRIVES[this.fate[row]!]!
  }

  /**
   * A later row may correct an earlier one about the same hop: dropped or delayed by hand, caught on arrival by a new
   * partition, unheard. Hides the earlier row and returns its number, or −1 where this row stands for itself.
   */
  private supersede(src: number, dst: number, sent: number, due: number, family: number, fate: number): number {
    const byHand = fate === DROPPED || fate === DELAYED
    for (let row = this.count - 1; row >= 0; row--) {
      if (this.sentUs[row] !== sent || this.dst[row] !== dst || this.src[row] !== src) continue
      if (this.look.array[4 * row + 3]! > 0.5 || ENDS_EARLY[this.fate[row]!]) continue
      const sameKind = byHand && this.fate[row] !== DELAYED && this.look.array[4 * row] === family
      if (this.dueUs[row] !== due && !sameKind) continue
      this.look.array[4 * row + 3] = 1
      this.upload(row, this.count)
      return row
    }
    return -1
  }

  private compact(goneUs: number): void {
    let to = 0
    for (let row = 0; row < this.count; row++) {
      if (this.dueUs[row]! <= goneUs) continue
      if (to !== row) this.move(row, to)
      to++
    }
    this.count = to
    this.dead = 0
    this.upload(0, to)
  }

  private move(row: number, to: number): void {
    this.sentUs[to] = this.sentUs[row]!
    this.dueUs[to] = this.dueUs[row]!
    this.src[to] = this.src[row]!
    this.dst[to] = this.dst[row]!
    this.fate[to] = this.fate[row]!
    this.txSrc[to] = this.txSrc[row]!
    this.txSeq[to] = this.txSeq[row]!
    this.link[to] = this.link[row]!
    this.flight.array.copyWithin(4 * to, 4 * row, 4 * row + 4)
    this.look.array.copyWithin(4 * to, 4 * row, 4 * row + 4)
  }

  /** Marks rows from..to for upload; one range an attribute, kept and widened, so that nothing is allocated. */
  private upload(from: number, to: number): void {
    widen(this.flight, this.ranges[0], from, to)
    widen(this.look, this.ranges[1], from, to)
    this.uploadedBytes = (this.ranges[0].count + this.ranges[1].count) * 4
  }
}

/** A function of time alone, so that the same time always gives the same numbers. */
const epochOf = (clockUs: number): number => Math.floor(clockUs / EPOCH_SPAN_US) * EPOCH_SPAN_US

function widen(
  attribute: THREE.InstancedBufferAttribute,
  range: { start: number; count: number },
  from: number,
  to: number,
): void {
  const pending = attribute.updateRanges.length > 0
  const start = pending ? Math.min(range.start, 4 * from) : 4 * from
  const end = pending ? Math.max(range.start + range.count, 4 * to) : 4 * to
  range.start = start
  range.count = end - start
  if (!pending) attribute.updateRanges.push(range)
  attribute.needsUpdate = true
}

function dynamic(width: number): THREE.InstancedBufferAttribute {
  const attribute = new THREE.InstancedBufferAttribute(new Float32Array(width * FLIGHTS_MAX), width)
  attribute.setUsage(THREE.DynamicDrawUsage)
  return attribute
}

const mirror = (rows: number) => ({
  sentUs: new Float64Array(rows).fill(-1),
  txSrc: new Int32Array(rows),
  txSeq: new Uint32Array(rows),
  dst: new Int32Array(rows),
  fate: new Uint8Array(rows),
})
