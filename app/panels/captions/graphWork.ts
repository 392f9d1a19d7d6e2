import type { CaptionWriter } from '../caption.ts'
import { durationText } from '../format.ts'

export const stealingCaption: CaptionWriter = ({ agent, body }, names) => {
  const who = names.agent(agent)
  const tasks = Number(body['tasks'])
  const from = names.agent(Number(body['from']))
  switch (body.kind) {
    case 'began':
      return [`${who} begins to compute fib(${String(body['n'])})${body['attempt'] === 0 ? '' : ' anew'}`, 'note']
    case 'stolen':
      return [`${who} takes ${tasks === 1 ? 'a piece of work' : `${tasks} pieces of work`} from ${from}`, 'note']
    case 'reclaimed':
      return [`${who} begins again what ${from} had taken: nothing has been heard of it`, 'fault']
    case 'orphaned':
      return [`${who} has a result that ${from} does not take`, 'fault']
    case 'finished':
      return [`fib(${String(body['n'])}) is ${String(body['value'])}, after ${tookText(body['tookUs'])}`, 'up']
    default:
      return null
  }
}

export const listCaption: CaptionWriter = ({ agent, body }, names) => {
  switch (body.kind) {
    case 'reclaimed':
      return [`${names.agent(agent)} gives the job of ${names.agent(Number(body['from']))} to another machine`, 'fault']
    case 'finished':
      return [`All ${String(body['jobs'])} jobs are done, after ${tookText(body['tookUs'])}`, 'up']
    default:
      return null
  }
}

export const dataflowCaption: CaptionWriter = ({ body }) => {
  const graph = `Graph ${String(Number(body['graph']))}`
  switch (body.kind) {
    case 'began':
      return [`${graph} begins: ${String(body['steps'])} tasks`, 'note']
    case 'ended':
      return [`${graph} is done, after ${tookText(body['tookUs'])}`, 'up']
    case 'unfinished':
      return [`${graph} is given up: somebody’s results are missing`, 'fault']
    default:
      return null
  }
}

const tookText = (us: unknown): string => durationText(Number(us))
