import { paramDefaults, SPACE_DEFAULTS } from '../../scenario/spaceParams.ts'
import type { SpaceSpec } from '../../scenario/Scenario.ts'
import type { Column, Space } from '../../space/SpaceModel.ts'

export interface Body {
  readonly at: readonly [x: number, y: number, z?: number]
  /** Where it looks; along x where left out. */
  readonly to?: readonly [x: number, y: number, z?: number]
  readonly speed?: number
  readonly group?: number
  readonly status?: number
}

export const specOf = (change: Partial<SpaceSpec> = {}): SpaceSpec => ({
  ...SPACE_DEFAULTS,
  ...{ kind: 'boids', params: paramDefaults('boids') },
  ...change,
})

/** A space whose columns are drawn by hand. */
export function spaceOf(
  bodies: readonly Body[],
  change: Partial<SpaceSpec> = {},
  arrays: { readonly [name: string]: Column } = {},
): Space {
  const spec = specOf(change)
  const xyz = (of: (body: Body) => readonly [number, number, number?]): Float32Array =>
    Float32Array.from(bodies.flatMap((body) => [of(body)[0], of(body)[1], of(body)[2] ?? 0]))
  return {
    ...{ spec, seed: 1, capacity: bodies.length, count: bodies.length, tick: 1, params: spec.params },
    columns: Math.ceil(spec.width / spec.cell),
    rows: Math.ceil(spec.height / spec.cell),
    position: xyz(({ at }) => at),
    heading: xyz(({ to }) => to ?? [1, 0]),
    speed: Float32Array.from(bodies, ({ speed }) => speed ?? 1),
    group: Uint8Array.from(bodies, ({ group }) => group ?? 0),
    state: new Uint8Array(bodies.length),
    status: Uint8Array.from(bodies, ({ status }) => status ?? 1),
    flags: new Uint8Array(bodies.length),
    ...{ obstacles: [], wind: [0, 0, 0] as const, draw: () => {} },
    array: (name) => arrays[name]!,
  }
}

/** n bodies evenly on a circle, each looking along it. */
export const ringOf = (n: number, centre: readonly [number, number], radius: number, side = Infinity): Body[] =>
  Array.from({ length: n }, (_, i) => {
    const angle = (2 * Math.PI * i) / n
    const place = (at: number): number => (side === Infinity ? at : ((at % side) + side) % side)
    return {
      at: [place(centre[0] + radius * Math.cos(angle)), place(centre[1] + radius * Math.sin(angle))],
      to: [-Math.sin(angle), Math.cos(angle)],
    }
  })
