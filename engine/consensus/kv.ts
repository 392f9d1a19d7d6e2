import { f64, record, str, union } from '../kernel/codec.ts'
import type { Layout } from '../kernel/codec.ts'
import { EMPTY_CHAIN, mixNumber, mixText, mixWord } from './chain.ts'
import type { Chain } from './chain.ts'

/** Operations on one key. A cas writes `to` only where the key holds `from`. */
export type KvOp =
  | { readonly type: 'read'; readonly key: string }
  | { readonly type: 'write'; readonly key: string; readonly value: number }
  | { readonly type: 'cas'; readonly key: string; readonly from: number; readonly to: number }

/**
 * What an operation answers: `value` is what the key holds afterwards (null: nothing); `ok` is false for a refused cas.
 */
export interface KvReply {
  readonly ok: boolean
  readonly value: number | null
}

/** The replicated state machine; plain, rebuilt by applying the log from its first entry. */
export interface Kv {
  values: { [key: string]: number }
  /** Chained digest of every operation that took effect and of its answer. */
  digest: Chain
  applied: number
}

export const emptyKv = (): Kv => ({ values: {}, digest: EMPTY_CHAIN, applied: 0 })

/** Applies one operation; mutates `kv`. Deterministic: the same operations in the same order give the same digest. */
export function applyKv(kv: Kv, op: KvOp): KvReply {
  const reply = execute(kv, op)
  kv.applied++
  kv.digest = mixNumber(mixWord(mixOp(kv.digest, op), reply.ok ? 1 : 0), reply.value ?? -1)
  return reply
}

function execute(kv: Kv, op: KvOp): KvReply {
  const held = Object.hasOwn(kv.values, op.key) ? kv.values[op.key]! : null
  if (op.type === 'read') return { ok: true, value: held }
  if (op.type === 'cas' && held !== op.from) return { ok: false, value: held }
  const value = op.type === 'write' ? op.value : op.to
  kv.values[op.key] = value
  return { ok: true, value }
}

const CODES = { read: 1, write: 2, cas: 3 } as const

/** Mixes every field of `op` into `chain`. */
export function mixOp(chain: Chain, op: KvOp): Chain {
  const mixed = mixText(mixWord(chain, CODES[op.type]), op.key)
  if (op.type === 'write') return mixNumber(mixed, op.value)
  if (op.type === 'cas') return mixNumber(mixNumber(mixed, op.from), op.to)
  return mixed
}

export const kvOpCases = {
  read: record<{ readonly key: string }>({ key: str }),
  write: record<{ readonly key: string; readonly value: number }>({ key: str, value: f64 }),
  cas: record<{ readonly key: string; readonly from: number; readonly to: number }>({ key: str, from: f64, to: f64 }),
}
export const kvOpLayout: Layout<KvOp> = union<KvOp>(kvOpCases)
