import type { CaptionWriter } from '../caption.ts'

const POLICIES: { readonly [policy: string]: string } = {
  drf: 'by dominant shares',
  'max-min': 'by shares of the first resource',
  asset: 'by sums of shares',
  'first-come': 'first come, first served',
}
const tasks = (n: unknown): string => (n === 1 ? 'one task' : `${String(n)} tasks`)

export const allocatorCaption: CaptionWriter = ({ body, agent }, names) => {
  const who = names.agent(agent)
  const other = (field: string): string => (typeof body[field] === 'number' ? names.agent(body[field]) : 'somebody')
  switch (body.kind) {
    case 'shared-by':
      return [`${who} shares out ${POLICIES[String(body['policy'])] ?? 'by another rule'}`, 'note']
    case 'refused':
      return [`${who} turns ${other('to')} down: a task of that size never fits`, 'fault']
    case 'taken-back':
      return [`${who} asks ${other('from')} for ${tasks(body['tasks'])} back`, 'note']
    case 'expired':
      return [`The lease of ${other('of')} has run out: ${tasks(body['tasks'])} free again`, 'down']
    case 'lapsed':
      return [`${who} has not heard of the owner and lets go of ${tasks(body['tasks'])}`, 'down']
    case 'alarm':
      return [`${who} raises the alarm: too much waits`, 'fault']
    case 'clear':
      return [`${who} takes its alarm back`, 'up']
    default:
      return null
  }
}

export const aimdCaption: CaptionWriter = ({ body, agent }, names) =>
  body.kind === 'congested'
    ? [`${names.agent(agent)} says that its queue is long: ${String(body['waiting'])} wait`, 'candidate']
    : null
