import type { CaptionWriter } from '../caption.ts'

const seconds = (us: unknown): string => `${(Number(us) / 1_000_000).toFixed(1)} s`

/** Who is taken for failed, and by whom: only what an agent found out itself, not what it heard from others. */
export const swimCaption: CaptionWriter = ({ agent, body }, names) => {
  const who = names.agent(agent)
  const whom = names.agent(Number(body['of']))
  switch (body.kind) {
    case 'suspected':
      return [`${who} gets no answer and suspects ${whom}`, 'candidate']
    case 'confirmed':
      return [`${who} declares ${whom} dead: nothing heard of it for ${seconds(body['afterUs'])}`, 'down']
    case 'cleared':
      return [`${who} hears that ${whom} is alive after all`, 'up']
    case 'refuted':
      return body['was'] === 'suspect'
        ? [`${who} hears that it is suspected, and says that it is alive`, 'up']
        : [`${who} hears that it was declared dead, and is back under a higher number`, 'up']
    case 'discovered':
      return [`${who} is the first to meet ${whom}, and tells the others`, 'up']
    case 'welcomed':
      return [
        `${who} is welcomed by ${names.agent(Number(body['by']))}, and knows ${String(body['members'])} members`,
        'up',
      ]
    case 'goodbye':
      return [`${who} says goodbye`, 'note']
    case 'found': {
      const found = body['agents'] as readonly number[]
      const what = String(body['capability'])
      return found.length === 0
        ? [`${who} knows nobody who offers ${what}`, 'note']
        : [`${who} looks for ${what} and finds ${found.slice(0, 3).map(names.agent).join(', ')}`, 'note']
    }
    default:
      return null
  }
}

export const phiCaption: CaptionWriter = ({ agent, body }, names) => {
  const who = names.agent(agent)
  const whom = names.agent(Number(body['of']))
  const silence = `${Math.round(Number(body['silentUs']) / 1_000)} ms`
  switch (body.kind) {
    case 'suspected':
      return [`${who} suspects ${whom}: silent for ${silence}, phi ${Number(body['phi']).toFixed(1)}`, 'fault']
    case 'trusted':
      return [`${who} trusts ${whom} again: its heartbeat came after ${silence}`, 'up']
    default:
      return null
  }
}
