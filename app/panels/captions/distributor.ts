import type { CaptionWriter } from '../caption.ts'
import { strategyWords } from '../tasks/strategyWords.ts'

/** Of single tasks the Gantt chart tells: there are too many for a line of words. */
export const distributorCaption: CaptionWriter = ({ body, agent }, names) => {
  const who = names.agent(agent)
  const worker = typeof body['server'] === 'number' ? names.agent(body['server']) : 'a worker'
  switch (body.kind) {
    case 'tripped': {
      const why = `${body['failures']} of its last ${body['calls']} tasks came to nothing`
      return [`${who} gives ${worker} nothing for a while: ${why}`, 'fault']
    }
    case 'half-open':
      return [`${who} tries ${worker} with a task or two`, 'candidate']
    case 'closed':
      return [`${who} trusts ${worker} again`, 'up']
    case 'strategy':
      return [`${who} shares tasks out in another way from now on: ${strategyWords(String(body['strategy']))}`, 'up']
    case 'rejected':
      return [`${who} takes nothing in: ${body['why']}`, 'down']
    default:
      return null
  }
}
