import type { Mark } from '../../agents/Program.ts'
import { ENDS } from '../taskInvariants.ts'

/** The last time that a distributor was set back to its usual rate: the end of the rush; NaN where there was none. */
export function rushEndUs(marks: readonly Mark[]): number {
  const ends = marks.filter(
    ({ program, body }) => program === 'host' && body.kind === 'set' && body['param'] === 'rateFactor',
  )
  return ends.findLast(({ body }) => body['value'] === 1)?.key.time ?? NaN
}

export interface Drain {
  /** Tasks unfinished when the rush ended. */
  readonly pile: number
  /** From then until no more than `left` were unfinished, µs; NaN where that was never. */
  readonly tookUs: number
}

/** How the pile of unfinished tasks went down after `fromUs`. */
export function drain(marks: readonly Mark[], fromUs: number, left: number): Drain {
  let open = 0
  let pile = 0
  for (const { program, body, key } of marks) {
    if (program !== 'distributor') continue
    if (body.kind === 'submitted') open++
    else if (ENDS.includes(body.kind)) open--
    else continue
    if (key.time < fromUs) pile = open
    else if (open <= left) return { pile, tookUs: key.time - fromUs }
  }
  return { pile, tookUs: NaN }
}

export interface Outcomes {
  readonly submitted: number
  readonly done: number
  readonly overloaded: number
  /** Given up for any other reason. */
  readonly givenUp: number
}

/** How the tasks of a run ended, from the marks of each. */
export function outcomes(marks: readonly Mark[]): Outcomes {
  const counts = { submitted: 0, done: 0, overloaded: 0, givenUp: 0 }
  for (const { program, body } of marks) {
    if (program !== 'distributor') continue
    if (body.kind === 'submitted') counts.submitted++
    else if (body.kind === 'done') counts.done++
    else if (body.kind === 'failed') counts[body['why'] === 'overloaded' ? 'overloaded' : 'givenUp']++
    else if (body.kind === 'unassignable') counts.givenUp++
  }
  return counts
}

/** Tasks that were given to a worker while it lay broken; NaN where nobody was. */
export function givenToTheDead(marks: readonly Mark[]): number {
  const dead = new Set<number>()
  let given = NaN
  for (const { agent, program, body } of marks) {
    if (program === 'host' && body.kind === 'crashed') {
      dead.add(agent)
      given = Number.isNaN(given) ? 0 : given
    } else if (program === 'host' && body.kind === 'restarted') dead.delete(agent)
    else if (program === 'distributor' && body.kind === 'assigned' && dead.has(body['to'] as number)) given++
  }
  return given
}
