import type { CaptionWriter } from '../caption.ts'

/** Who hears a rumour is seen on the stage; said is who starts one. */
export const gossipCaption: CaptionWriter = ({ agent, body }, names) => {
  if (body.kind !== 'started') return null
  const { value } = body
  const what = typeof value === 'string' && value !== '' ? `: “${value}”` : ''
  return [`${names.agent(agent)} starts a rumour${what}`, 'leader']
}
