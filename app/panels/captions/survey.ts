import type { CaptionWriter } from '../caption.ts'
import { countText } from '../format.ts'

/** Where more than this many start floods, one sentence says so for all, and what they found is told in sum. */
const NAMED_ORIGINS = 12

export const surveyCaption: CaptionWriter = ({ agent, body }, names) => {
  const num = (field: string): number => (typeof body[field] === 'number' ? body[field] : 0)
  const hops = (n: number): string => (n === 1 ? '1 hop' : `${countText(n)} hops`)
  const origins = num('origins')
  switch (body.kind) {
    case 'flooding':
      if (origins <= NAMED_ORIGINS) return [`${names.agent(agent)} starts a flood`, 'leader']
      return num('place') === 0
        ? [`One after another, all ${countText(origins)} agents flood the swarm`, 'leader']
        : null
    case 'surveyed': {
      if (origins > NAMED_ORIGINS) return null
      const others = num('reached') - 1
      if (others === 0) return [`The flood of ${names.agent(agent)} reached nobody`, 'candidate']
      const share = Math.round((100 * num('reached')) / num('agents'))
      return [
        `The flood of ${names.agent(agent)} reached ${countText(others)} others (${share} %), ${hops(num('farthest'))} away at most`,
        'up',
      ]
    }
    case 'graph': {
      const links = num('links') === 1 ? '1 connection' : `${countText(num('links'))} connections`
      const known =
        num('clustering') > 0 ? `; ${Math.round(100 * num('clustering'))} % of neighbours know each other` : ''
      const away = `${hops(num('farthest'))} at most, ${num('meanHops').toFixed(2)} on average`
      return [`${countText(num('agents'))} agents, ${links}, ${away}${known}`, 'up']
    }
    case 'averaging':
      return ['All average their numbers with their neighbours, round by round', 'note']
    case 'contracted': {
      const shrink = (100 * (1 - num('contraction'))).toPrecision(3)
      return [
        `Differences shrink by ${shrink} % a round: algebraic connectivity ${num('connectivity').toPrecision(4)}`,
        'up',
      ]
    }
    default:
      return null
  }
}
