import { create } from 'zustand'
import type { SpaceKind } from '../../../engine/scenario/Scenario.ts'
import type { StageInfo } from '../../../workers/protocol.ts'

/** What the colour of a body can mean. */
export const BODY_COLOURS = ['state', 'group', 'heading', 'speed', 'role', 'none'] as const
export type BodyColour = (typeof BODY_COLOURS)[number]

/** How a person wants to see bodies and fields; the same for every stage of the page. */
export interface Look {
  /** Null: what suits the scenario. */
  readonly colour: BodyColour | null
  /** Layer of the field, −1: none. */
  readonly layer: number
  /** The field as a landscape; else flat. */
  readonly relief: boolean
  readonly contours: boolean
  /** Whether bodies are drawn; null: where they do not cover what is to be seen. */
  readonly bodies: boolean | null
}
export const FIRST_LOOK: Look = { colour: null, layer: 0, relief: true, contours: false, bodies: null }

export const useLook = create<Look>()(() => FIRST_LOOK)

/** The meanings that tell bodies of this run apart. */
export function coloursOf(info: StageInfo): readonly BodyColour[] {
  const { space } = info
  if (space === null) return []
  return BODY_COLOURS.filter((colour) => {
    if (colour === 'state') return space.states.length > 1
    if (colour === 'group') return space.groups.length > 1
    return colour !== 'role' || info.programKinds.length > 0
  })
}

/** What tells most about bodies of a kind at first sight. */
const FIRST: { readonly [K in SpaceKind]: readonly BodyColour[] } = {
  boids: ['group', 'heading'],
  vicsek: ['heading'],
  couzin: ['heading'],
  affinity: ['group'],
  formation: ['state'],
  bridge: ['state'],
  ants: ['state'],
  physarum: ['none'],
  scent: ['state'],
  field: ['none'],
}

/** The meaning asked for where it can be shown here, else the first that suits the kind. */
export function colourOf(info: StageInfo, kind: SpaceKind, asked: BodyColour | null): BodyColour {
  const can = coloursOf(info)
  if (asked !== null && can.includes(asked)) return asked
  return FIRST[kind].find((colour) => can.includes(colour)) ?? 'none'
}

/** Over a field more bodies than this leave nothing of it to be seen. */
const OVER_FIELD_MAX = 100_000
export const showsBodies = (info: StageInfo, { bodies, layer }: Look): boolean =>
  bodies ?? (info.agents <= OVER_FIELD_MAX || layerOf(info, layer) < 0)

/** The layer asked for where there is one, else the first; −1 where there is no field or none is wanted. */
export const layerOf = ({ space }: StageInfo, asked: number): number =>
  space === null || space.layers.length === 0 || asked < 0 ? -1 : asked < space.layers.length ? asked : 0
