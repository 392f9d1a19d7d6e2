import type { MarkBody } from '../../../engine/agents/Program.ts'
import type { CaptionWriter, Tone } from '../caption.ts'
import { figureText } from '../figureTexts.ts'
import { countText, durationText, significant } from '../format.ts'

const num = (body: MarkBody, field: string): number => Number(body[field] ?? 0)
const percent = (share: number): string => `${Math.round(100 * share)} %`
/** A figure inside a sentence. */
const lower = (words: string): string => words[0]!.toLowerCase() + words.slice(1)
const named = (body: MarkBody): string => lower(figureText(String(body['figure'])).words)

/** Share of the bodies that take part, where that is known. */
const partOf = (body: MarkBody): string =>
  percent(num(body, 'members') > 0 ? num(body, 'members') / Math.max(1, num(body, 'alive')) : num(body, 'value'))

/** By the figure that a detector watches where it names none; any other figure is told as it is. */
const BEGUN: { readonly [figure: string]: (body: MarkBody) => string } = {
  polarisation: (body) => `A flock has formed: ${partOf(body)} head the same way`,
  clusterPolarisation: (body) => `Flocks have formed: in each, ${percent(num(body, 'value'))} of the headings agree`,
  milling: (body) => `A mill has formed: ${partOf(body)} circle about one centre`,
  clusters: (body) => `The swarm has come apart into ${countText(num(body, 'value'))} groups`,
  largestCluster: (body) => `${percent(num(body, 'value'))} have come together in one group`,
  clusterPurity: (body) => `Like has found like: ${percent(num(body, 'value'))} are among their own kind`,
  purity: (body) => `Like has found like: ${percent(num(body, 'value'))} of neighbours have the same task`,
  trailLength: (body) => `A trail has formed, ${significant(num(body, 'value'))} long`,
  trailShare: (body) => `${percent(num(body, 'value'))} of the scent now lies on trails`,
  largerShare: (body) => `The balance has tipped: ${percent(num(body, 'value'))} are on one side`,
  synchrony: (body) => `All have fallen into step: synchrony ${significant(num(body, 'value'))}`,
}
const OVER: { readonly [figure: string]: string } = {
  polarisation: 'The flock has broken up',
  milling: 'The mill has broken up',
  clusterPolarisation: 'The flocks have broken up',
  clusters: 'The groups have come together again',
  largestCluster: 'The large group has broken up',
  clusterPurity: 'The groups have mixed again',
  purity: 'The groups have mixed again',
  trailLength: 'The trail is gone',
  trailShare: 'The trails are fading',
  largerShare: 'The balance is back',
  synchrony: 'They have fallen out of step',
}

/** What a series is of, where its detector names it or not (collective/detectors.ts). */
const swings = (body: MarkBody): string =>
  body['figure'] === 'oscillation' ? 'polarisation' : named(body).replace(/^swing of /, '')

const isOfBodies = ({ figure }: MarkBody): boolean => figure === 'collapse' || figure === 'collapseAlive'
const fallen = (body: MarkBody): string =>
  isOfBodies(body) ? 'the number of bodies' : named(body).replace(/^fall of /, '')

function begun(body: MarkBody): readonly [string, Tone] {
  const figure = String(body['figure'])
  if (body['what'] === 'collapse') {
    const share = percent(num(body, 'value'))
    return [
      isOfBodies(body) ? `${share} of the bodies are down at once` : `Collapse: ${fallen(body)} is down by ${share}`,
      'down',
    ]
  }
  if (body['what'] === 'oscillation') return [`${swings(body)} goes up and down in a steady beat`, 'up']
  const told = BEGUN[figure]
  return [told?.(body) ?? `${named(body)} has reached ${significant(num(body, 'value'))}`, 'up']
}

function over(body: MarkBody): string {
  const figure = String(body['figure'])
  const after = durationText(num(body, 'endUs') - num(body, 'onsetUs'))
  // It has recovered, or what it fell from is no longer recent.
  if (body['what'] === 'collapse') return `${fallen(body)} holds steady again, after ${after}`
  if (body['what'] === 'oscillation') return `${swings(body)} no longer swings, after ${after} of it`
  return `${OVER[figure] ?? `${named(body)} has fallen back`}, after ${after}`
}

/** Why the run has stopped. */
function halted(body: MarkBody, name: (agent: number) => string): string {
  const agent = num(body, 'agent')
  const at = `at step ${countText(num(body, 'tick'))}`
  if (body.kind === 'outside')
    return `The run has stopped ${at}: ${name(agent)} has left the world, with a coordinate of ${String(body['value'])}`
  const whose = agent >= 0 ? `of ${name(agent)}` : `in cell ${String(body['cell'])}`
  const what = body['value'] === 'NaN' ? 'not a number' : 'infinite'
  return `The run has stopped ${at}: the ${String(body['column'])} ${whose} is ${what}`
}

export const spaceCaption: CaptionWriter = ({ body }, names) => {
  switch (body.kind) {
    case 'emerged':
      return begun(body)
    case 'dissolved':
      return [over(body), 'note']
    case 'not a number':
    case 'outside':
      return [halted(body, names.agent), 'down']
    default:
      return null
  }
}
