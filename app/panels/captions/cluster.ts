import type { CaptionWriter } from '../caption.ts'

export const clusterCaption: CaptionWriter = ({ body }) => {
  if (body.kind !== 'broken') return null
  const nodes = Number(body['nodes'])
  return [`Job ${body['job']} has lost one of its ${nodes} nodes and begins again`, 'fault']
}
