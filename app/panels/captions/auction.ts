import type { CaptionWriter } from '../caption.ts'

const money = (value: unknown): string => String(Math.round(Number(value) * 1_000) / 1_000)

export const auctionCaption: CaptionWriter = ({ body, agent }, names) => {
  switch (body.kind) {
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
  const mean = money(Number(body['revenue']) / Number(body['sales']))
  return winner < 0
    ? ['Nobody bid', 'note']
    : [`${names.agent(winner)} wins and pays ${money(body['price'])}; ${mean} a sale so far`, 'note']
}
