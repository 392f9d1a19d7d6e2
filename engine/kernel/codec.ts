import { assert } from './assert.ts'
import type { Plain } from './plain.ts'

/**
 * Byte layouts, declared once for both ends of a ring. A writer that runs out of room throws `Full`; the caller keeps
 * the message and tries again. Numbers are little-endian and unaligned.
 */
export interface Layout<T> {
  write(out: ByteWriter, value: T): void
  read(from: ByteReader): T
}

export class ByteWriter {
  bytes: Uint8Array
  view: DataView
  at = 0
  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }
  /** Makes room for `count` more bytes by doubling. */
  need(count: number): void {
    if (this.at + count <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count))
    grown.set(this.bytes)
    this.bytes = grown
    this.view = new DataView(grown.buffer)
  }
}

export class ByteReader {
  view: DataView
  at = 0
  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
}

export const u8: Layout<number> = {
  write(out, value) {
    out.need(1)
    out.view.setUint8(out.at++, value)
  },
  read: (from) => from.view.getUint8(from.at++),
}
export const u32: Layout<number> = {
  write(out, value) {
    out.need(4)
    out.view.setUint32(out.at, value, true)
    out.at += 4
  },
  read(from) {
    from.at += 4
    return from.view.getUint32(from.at - 4, true)
  },
}
export const i32: Layout<number> = {
  write(out, value) {
    out.need(4)
    out.view.setInt32(out.at, value, true)
    out.at += 4
  },
  read(from) {
    from.at += 4
    return from.view.getInt32(from.at - 4, true)
  },
}
export const f64: Layout<number> = {
  write(out, value) {
    out.need(8)
    out.view.setFloat64(out.at, value, true)
    out.at += 8
  },
  read(from) {
    from.at += 8
    return from.view.getFloat64(from.at - 8, true)
  },
}
export const bool: Layout<boolean> = {
  write: (out, value) => u8.write(out, value ? 1 : 0),
  read: (from) => u8.read(from) === 1,
}
/** UTF-16 code units, so that every JavaScript string survives, lone surrogates included. */
export const str: Layout<string> = {
  write(out, value) {
    u32.write(out, value.length)
    out.need(2 * value.length)
    for (let i = 0; i < value.length; i++, out.at += 2) out.view.setUint16(out.at, value.charCodeAt(i), true)
  },
  read(from) {
    const length = u32.read(from)
    let text = ''
    for (let i = 0; i < length; i++, from.at += 2) text += String.fromCharCode(from.view.getUint16(from.at, true))
    return text
  },
}
export function list<T>(item: Layout<T>): Layout<readonly T[]> {
  return {
    write(out, value) {
      u32.write(out, value.length)
      for (const x of value) item.write(out, x)
    },
    read(from) {
      const value = new Array<T>(u32.read(from))
      for (let i = 0; i < value.length; i++) value[i] = item.read(from)
      return value
    },
  }
}
export function record<T extends object>(fields: { readonly [K in keyof T]: Layout<T[K]> }): Layout<T> {
  const names = Object.keys(fields) as (keyof T & string)[]
  const layouts = names.map((name) => fields[name])
  return {
    write(out, value) {
      for (let i = 0; i < names.length; i++) layouts[i]!.write(out, value[names[i]!])
    },
    read(from) {
      const value = {} as T
      for (let i = 0; i < names.length; i++) value[names[i]!] = layouts[i]!.read(from)
      return value
    },
  }
}
/** A tagged union on field `type`: `union({ vote: record({...}) })`; the tag itself is written by the union. */
export function union<T extends { readonly type: string }>(cases: {
  readonly [K in T['type']]: Layout<Omit<Extract<T, { type: K }>, 'type'>>
}): Layout<T> {
  const names = Object.keys(cases) as T['type'][]
  const code = new Map(names.map((name, i) => [name, i]))
  const layouts = names.map((name) => cases[name] as Layout<any>)
  return {
    write(out, value) {
      const tag = code.get(value.type)
      assert(tag !== undefined, `message type ${value.type} has a declared layout`)
      u8.write(out, tag)
      layouts[tag]!.write(out, value)
    },
    read(from) {
      const tag = u8.read(from)
      return { type: names[tag]!, ...layouts[tag]!.read(from) } as unknown as T
    },
  }
}
/** Any plain value, self-describing. */
export const plain: Layout<Plain> = {
  write(out, value) {
    if (value === null || value === undefined) u8.write(out, 0)
    else if (value === false) u8.write(out, 1)
    else if (value === true) u8.write(out, 2)
    else if (typeof value === 'number') {
      u8.write(out, 3)
      f64.write(out, value)
    } else if (typeof value === 'string') {
      u8.write(out, 4)
      str.write(out, value)
    } else if (Array.isArray(value)) {
      u8.write(out, 5)
      plainList.write(out, value)
    } else {
      u8.write(out, 6)
      const entries = Object.entries(value as { [key: string]: Plain })
      u32.write(out, entries.length)
      for (const [key, item] of entries) {
        str.write(out, key)
        plain.write(out, item)
      }
    }
  },
  read(from) {
    switch (u8.read(from)) {
      case 0:
        return null
      case 1:
        return false
      case 2:
        return true
      case 3:
        return f64.read(from)
      case 4:
        return str.read(from)
      case 5:
        return plainList.read(from)
      default: {
        const value: { [key: string]: Plain } = {}
        for (let n = u32.read(from); n > 0; n--) value[str.read(from)] = plain.read(from)
        return value
      }
    }
  },
}
const plainList = list(plain)
