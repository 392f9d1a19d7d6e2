import type { CaptionWriter } from '../caption.ts'

export const rpcCaption: CaptionWriter = ({ body, agent }, names) => {
  const who = names.agent(agent)
  const server = typeof body['server'] === 'number' ? names.agent(body['server']) : 'a server'
  switch (body.kind) {
    case 'tripped':
      return [`${who} stops asking ${server}: ${body['failures']} of its last ${body['calls']} calls failed`, 'fault']
    case 'half-open':
      return [`${who} tries ${server} again`, 'candidate']
    case 'closed':
      return [`${who} trusts ${server} again`, 'up']
    case 'rejected':
      return [`${who} has no server left to ask`, 'down']
    default:
      return null
  }
}
