import type { CaptionWriter } from '../caption.ts'
import { durationText } from '../format.ts'

const BEGUN: { readonly [job: string]: (who: string, whom: string) => string } = {
  broadcast: (who) => `${who} tells everybody`,
  request: (who, whom) => `${who} asks ${whom}`,
  report: (who) => `everybody reports to ${who}`,
  'keep-alive': () => 'all neighbours tell each other that they are alive',
}

export const errandCaption: CaptionWriter = ({ agent, body }, names) => {
  const who = names.agent(agent)
  const job = String(body['job'])
  switch (body.kind) {
    case 'began': {
      const to = Number(body['to'])
      return [BEGUN[job]?.(who, to < 0 ? 'nobody' : names.agent(to)) ?? `${who} begins`, 'note']
    }
    case 'ended': {
      const after = durationText(Number(body['tookUs']))
      return job === 'report'
        ? [`${who} has heard of all ${String(body['count'])} agents, itself among them, after ${after}`, 'up']
        : [`${who} has its answer after ${after}`, 'up']
    }
    case 'unfinished':
      return job === 'report'
        ? [`${who} gives up on the report: it has heard of ${String(body['count'])} agents`, 'fault']
        : [`${who} gives up waiting for an answer`, 'fault']
    default:
      return null
  }
}
