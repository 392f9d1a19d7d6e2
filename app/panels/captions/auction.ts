import type { CaptionWriter } from '../caption.ts'

const money = (value: unknown): string => String(Math.round(Number(value) * 1_000) / 1_000)

export const auctionCaption: CaptionWriter = ({ body, agent }, names) => {
  switch (body.kind) {
    case 'sold': {
      const [to, outbid] = [Number(body['to']), Number(body['outbid'])]
      const object = `the object of ${names.agent(agent)}`
      return outbid < 0 || outbid === to
        ? [`${names.agent(to)} gets ${object} for ${money(body['price'])}`, 'note']
        : [`${names.agent(to)} outbids ${names.agent(outbid)}: ${object} now costs ${money(body['price'])}`, 'note']
    }
    case 'phase':
      return body['round'] !== 0
        ? ['All prices begin again at 0', 'fault']
        : [`Everything is sold; the next phase begins, with ε = ${money(body['epsilon'])}`, 'note']
    case 'complete':
      return [`Everybody has an object, and nobody wants to change: ε = ${money(body['epsilon'])}`, 'leader']
    case 'returned':
      return [`The object of ${names.agent(agent)} returns: ${names.agent(Number(body['from']))} is not heard`, 'down']
    default:
      return null
  }
}

export const sealedBidCaption: CaptionWriter = ({ body }, names) => {
  if (body.kind !== 'revenue') return null
  const winner = Number(body['winner'])
  if (winner < 0) return ['Nobody bid', 'note']
  const bids = body['bids'] as readonly number[]
  const most = money(Math.max(...bids))
  const pays =
    body['rule'] === 'first'
      ? 'and pays that'
      : bids.filter((bid) => bid >= 0).length > 1
        ? `and pays the next bid, ${money(body['price'])}`
        : 'and pays nothing: nobody else bid'
  const mean = money(Number(body['revenue']) / Number(body['sales']))
  return [`${names.agent(winner)} bids most, ${most}, ${pays}; ${mean} a sale so far`, 'note']
}
