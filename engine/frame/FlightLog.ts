import type { FlightColumns } from './frame.ts'

/**
 * The last transmissions of one shard, as the picture needs them: a ring of immutable rows. Not part of the run: no
 * program and no digest sees it, and restoring a checkpoint refills it from what is pending.
 */
export class FlightLog {
  /** Rows ever written; the row of flight k is k % capacity. */
  written = 0
  readonly sentUs: Float64Array
  readonly dueUs: Float64Array
  readonly src: Int32Array
  readonly dst: Int32Array
  readonly kind: Uint16Array
  readonly fate: Uint8Array
  readonly txSrc: Int32Array
  readonly txSeq: Uint32Array

  constructor(readonly capacity: number) {
    this.sentUs = new Float64Array(capacity)
    this.dueUs = new Float64Array(capacity)
    this.src = new Int32Array(capacity)
    this.dst = new Int32Array(capacity)
    this.kind = new Uint16Array(capacity)
    this.fate = new Uint8Array(capacity)
    this.txSrc = new Int32Array(capacity)
    this.txSeq = new Uint32Array(capacity)
  }

  /** Appends one row. `sent` and `due` are virtual µs, `fate` an index into FATES, (txSrc, txSeq) the transmission
   * where it was scheduled; of one that was lost or blocked, the number on its link, which names nothing. */
  add(
    sent: number,
    due: number,
    src: number,
    dst: number,
    kind: number,
    fate: number,
    txSeq: number,
    txSrc = src,
  ): void {
    const row = this.written++ % this.capacity
    this.sentUs[row] = sent
    this.dueUs[row] = due
    this.src[row] = src
    this.dst[row] = dst
    this.kind[row] = kind
    this.fate[row] = fate
    this.txSrc[row] = txSrc
    this.txSeq[row] = txSeq
  }

  clear(): void {
    this.written = 0
    this.sentUs.fill(0)
    this.dueUs.fill(0)
  }

  /** Copies every row into a frame's columns of the same capacity. */
  copyTo(columns: FlightColumns): void {
    columns.sentUs.set(this.sentUs)
    columns.dueUs.set(this.dueUs)
    columns.src.set(this.src)
    columns.dst.set(this.dst)
    columns.kind.set(this.kind)
    columns.fate.set(this.fate)
    columns.txSrc.set(this.txSrc)
    columns.txSeq.set(this.txSeq)
  }
}
