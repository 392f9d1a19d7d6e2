import type { CaptionWriter } from '../caption.ts'
import { durationText } from '../format.ts'

export const pipelineCaption: CaptionWriter = ({ body, agent }, names) => {
  const items = Number(body['items'])
  switch (body.kind) {
    case 'throughput':
      return [`${items} items are done, the last ${body['last']} in ${durationText(Number(body['tookUs']))}`, 'note']
    case 'reclaimed':
      return [`${names.agent(agent)} begins ${items === 1 ? 'a lost item' : `${items} lost items`} again`, 'fault']
    default:
      return null
  }
}
