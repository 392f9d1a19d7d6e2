import type { CaptionWriter } from '../caption.ts'

export const clusterCaption: CaptionWriter = ({ body }) => {
  const [wants, left, nodes] = ['wants', 'left', 'nodes'].map((field) => Number(body[field]))
  if (body.kind === 'short')
    return [`Job ${body['job']} waits for ${wants} nodes and only ${left} ${left === 1 ? 'is' : 'are'} left`, 'fault']
  if (body.kind === 'given-up') {
    const who = body['jobs'] === 1 ? 'A job asks' : `${body['jobs']} jobs ask`
    return [`${who} for more than the ${left} nodes left: given up`, 'fault']
  }
  if (body.kind !== 'broken') return null
  return [`Job ${body['job']} has lost one of its ${nodes} nodes and begins again`, 'fault']
}
