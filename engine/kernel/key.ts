import type { AgentId, Micros, U32 } from './units.ts'

/** Names one event. `src` is the agent whose handler scheduled it (for a hop, the relay); `seq` counts per source. */
export interface Key {
  readonly time: Micros
  readonly dst: AgentId
  readonly src: AgentId
  readonly seq: U32
}

/** (time, dst, src, seq): no two events are equal, and nothing in it depends on who runs them. */
export const before = (a: Key, b: Key): boolean =>
  a.time !== b.time
    ? a.time < b.time
    : a.dst !== b.dst
      ? a.dst < b.dst
      : a.src !== b.src
        ? a.src < b.src
        : a.seq < b.seq

export const compareKeys = (a: Key, b: Key): number =>
  a.time - b.time || a.dst - b.dst || a.src - b.src || a.seq - b.seq

export const keyText = (k: Key): string => `${k.time}/${k.dst}/${k.src}/${k.seq}`
