import type { Mark } from '../../../engine/agents/Program.ts'
import type { Breaker } from '../../scene/tasks/taskView.ts'

/** Breakers that are not closed at `timeUs`, in the order in which they tripped first; who restarts has none open. */
export function breakersAt(headlines: readonly Mark[], timeUs: number): readonly Breaker[] {
  const open = new Map<string, Breaker>()
  for (const { key, agent, program, body } of headlines) {
    if (key.time > timeUs) break
    if (program === 'host') {
      if (body.kind === 'crashed') for (const [name, { owner }] of open) if (owner === agent) open.delete(name)
      continue
    }
    const server = body['server']
    if (typeof server !== 'number') continue
    if (body.kind === 'closed') open.delete(`${agent}/${server}`)
    else if (body.kind === 'tripped' || body.kind === 'half-open')
      open.set(`${agent}/${server}`, { owner: agent, server, half: body.kind === 'half-open' })
  }
  return [...open.values()]
}
