import type { CaptionWriter } from '../caption.ts'

export const pipelineCaption: CaptionWriter = ({ body, agent }, names) => {
  if (body.kind !== 'reclaimed') return null
  const items = Number(body['items'])
  return [`${names.agent(agent)} begins ${items === 1 ? 'a lost item' : `${items} lost items`} again`, 'fault']
}
