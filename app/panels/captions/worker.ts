import type { CaptionWriter } from '../caption.ts'

/** Of a task's everyday life the Gantt chart tells; that one changes hands is news. */
export const workerCaption: CaptionWriter = ({ agent, body }, names) => {
  if (body.kind === 'alarm')
    return [
      `${names.agent(agent)} asks to be spared: ${Math.round(100 * Number(body['value']))} % of its queue is full`,
      'fault',
    ]
  if (body.kind === 'clear') return [`${names.agent(agent)} can take tasks again`, 'up']
  if (body.kind !== 'stolen') return null
  const tasks = (body['tasks'] as readonly number[]).length
  const from = names.agent(Number(body['from']))
  return [`${names.agent(agent)} takes ${tasks === 1 ? 'a task' : `${tasks} tasks`} from ${from}`, 'note']
}
