import { cos, PI, sin } from '../../kernel/math.ts'
import type { Plain } from '../../kernel/plain.ts'
import { FLAG } from '../SpaceModel.ts'

/** The parameters of boids as numbers, read anew at every step because a person may change them. Written in place. */
export interface BoidsRules {
  vision: number
  separation: number
  align: number
  cohere: number
  separate: number
  /** Most change of velocity a step, in cruising speeds. */
  force: number
  /** Cruising speed, world units a step. */
  speed: number
  /** Speeds lie within ± this share of the cruising speed. */
  slack: number
  goal: number
  goalX: number
  goalY: number
  goalZ: number
  lookAhead: number
  /** Cosine and sine of the most that a body turns to align, to cohere, and to separate. */
  readonly alignTurn: Float64Array
  readonly cohereTurn: Float64Array
  readonly separateTurn: Float64Array
}

export const newRules = (): BoidsRules => ({
  vision: 0,
  separation: 0,
  align: 0,
  cohere: 0,
  separate: 0,
  force: 0,
  speed: 0,
  slack: 0,
  goal: 0,
  goalX: 0,
  goalY: 0,
  goalZ: 0,
  lookAhead: 0,
  alignTurn: new Float64Array(2),
  cohereTurn: new Float64Array(2),
  separateTurn: new Float64Array(2),
})

export function readRules(params: { readonly [name: string]: Plain }, into: BoidsRules): void {
  into.vision = params['vision'] as number
  into.separation = params['separation'] as number
  into.align = params['align'] as number
  into.cohere = params['cohere'] as number
  into.separate = params['separate'] as number
  into.force = params['force'] as number
  into.speed = params['speed'] as number
  into.slack = params['slack'] as number
  into.goal = params['goal'] as number
  into.goalX = params['goalX'] as number
  into.goalY = params['goalY'] as number
  into.goalZ = params['goalZ'] as number
  into.lookAhead = params['lookAhead'] as number
  turnOf(params['alignTurn'] as number, into.alignTurn)
  turnOf(params['cohereTurn'] as number, into.cohereTurn)
  turnOf(params['separateTurn'] as number, into.separateTurn)
}

function turnOf(degrees: number, into: Float64Array): void {
  into[0] = cos((degrees * PI) / 180)
  into[1] = sin((degrees * PI) / 180)
}

/** How much a body aligns that is afflicted so: the deaf do not, rogues head the other way. */
export const alignOf = ({ align }: BoidsRules, flag: number): number =>
  (flag & FLAG.deaf) !== 0 ? 0 : (flag & FLAG.rogue) !== 0 ? -align : align
