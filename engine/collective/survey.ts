import type { AgentView, BootContext, Effects, Input, Program } from '../agents/Program.ts'
import type { AgentId } from '../kernel/units.ts'
import { beginAveraging, markConnectivity, onRound, onStep, onValue } from './surveyAveraging.ts'
import { addFinding, markGraph } from './surveySums.ts'
import { SURVEY_DEFAULTS, surveyMessages, type SurveyMsg, type SurveyParams } from './surveyMessages.ts'
import {
  floodsUs,
  isNew,
  noAveraging,
  noFloods,
  noSums,
  originPlace,
  originsOf,
  passUs,
  placeOf,
  type Survey,
} from './surveyState.ts'

/**
 * Agents measure the graph that joins them by talking over it. In a pass, origins flood the graph with a count of hops
 * and are answered (how many are reached, how far they are); everybody counts the links among its neighbours; and all
 * average a random number with their neighbours, whose differences shrink by 1 − gain·λ₂ a round in the end (λ₂: the
 * Laplacian's second smallest eigenvalue, algebraic connectivity; Fiedler 1973, Xiao and Boyd 2004).
 * Floods are exact whatever the delays: a smaller count of hops is passed on again.
 */
export const survey: Program<Survey, SurveyMsg, Partial<SurveyParams>> = {
  kind: 'survey',
  messages: surveyMessages,
  messageKinds: ['flood', 'answer', 'list', 'value', 'finding', 'step'],
  kindOf: (msg) => msg.type,
  boot,
  step,
  view,
}

type Out = Effects<SurveyMsg>
type Of<K extends SurveyMsg['type']> = Extract<SurveyMsg, { type: K }>
/** Indices into ROLES of frame/. */
const MEMBER_ROLE = 6
const SPREADING_ROLE = 8
const INFORMED_ROLE = 9

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<SurveyParams>>): Survey {
  const neighbours = [...ctx.surroundings.neighbours]
  return {
    ...{ self, params: { ...SURVEY_DEFAULTS, ...ctx.params }, neighbours, pass: 0 },
    ...{ agents: ctx.members.length, place: ctx.members.indexOf(self), surveyor: ctx.members[0] ?? self },
    ...{
      flood: noFloods(neighbours.length),
      answers: [],
      triangleEnds: 0,
      listed: [],
      averaging: noAveraging(),
      sums: noSums(),
    },
  }
}

function step(survey: Survey, input: Input<SurveyMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return beginPass(survey, 1, out)
    case 'timer':
      return onTimer(survey, input.name, out)
    case 'message':
      return onMessage(survey, input.from, input.msg, out)
    case 'discovery':
      survey.neighbours = [...input.surroundings.neighbours]
      survey.listed = []
      survey.averaging.heard = []
      return
    case 'clientOp':
      return beginPass(survey, survey.pass + 1, out) // the others follow when they hear of it
    case 'diskDone':
      return // nothing here is durable: the next pass measures anew
  }
}

/** Forgets the last pass and sets out on this one; its timers replace those of the last. */
function beginPass(survey: Survey, pass: number, out: Out): void {
  const { params, neighbours } = survey
  survey.pass = pass
  survey.flood = noFloods(neighbours.length)
  survey.answers = []
  survey.triangleEnds = 0
  survey.listed = []
  survey.averaging = noAveraging()
  survey.sums = noSums()
  const start = originPlace(survey)
  if (start >= 0) out.setTimer('flood', 1 + start * params.floodEveryUs)
  const settledUs = floodsUs(survey)
  if (params.neighbourhoods) {
    const ids = [...neighbours]
    for (const id of neighbours) out.send(id, { type: 'list', pass, ids })
    out.setTimer('find', settledUs + 2)
  }
  if (params.rounds > 0) out.setTimer('round', settledUs + 3)
  if (params.pauseUs > 0) out.setTimer('pass', passUs(survey) + params.pauseUs)
}

function onTimer(survey: Survey, name: string, out: Out): void {
  const { params, pass } = survey
  switch (name) {
    case 'pass':
      return beginPass(survey, pass + 1, out)
    case 'flood':
      out.mark({ kind: 'flooding', pass, place: originPlace(survey), origins: originsOf(survey) })
      hear(survey, survey.self, 0, survey.neighbours.length, out)
      return out.setTimer('count', params.settleUs)
    case 'count':
      return out.mark({ kind: 'surveyed', pass, agents: survey.agents, origins: originsOf(survey), ...tally(survey) })
    case 'find':
      if (survey.self === survey.surveyor) out.setTimer('sum', params.settleUs)
      return out.send(survey.surveyor, {
        ...{ type: 'finding', pass, degree: survey.neighbours.length, triangles: survey.triangleEnds / 2 },
        ...tally(survey),
      })
    case 'sum':
      return markGraph(survey, out)
    case 'round':
      if (survey.averaging.round === 0) beginAveraging(survey, out)
      return onRound(survey, out)
    case 'steps':
      return markConnectivity(survey, out)
  }
}

function onMessage(survey: Survey, from: AgentId, msg: SurveyMsg, out: Out): void {
  if (msg.pass < survey.pass) return
  if (msg.pass > survey.pass) beginPass(survey, msg.pass, out)
  switch (msg.type) {
    case 'flood':
      return hear(survey, msg.origin, msg.hops, msg.degree, out)
    case 'answer':
      return onAnswer(survey, from, msg)
    case 'list':
      if (isNew(survey.listed, placeOf(survey.neighbours, from), 1))
        survey.triangleEnds += commonCount(survey.neighbours, msg.ids)
      return
    case 'value':
      return onValue(survey, from, msg)
    case 'finding':
      if (isNew(survey.sums.found, from, 1)) addFinding(survey.sums, msg)
      return
    case 'step':
      return onStep(survey, from, msg)
  }
}

/** How many two ascending lists have in common. */
function commonCount(a: readonly AgentId[], b: readonly AgentId[]): number {
  let common = 0
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) common++
    if (a[i]! < b[j]!) i++
    else j++
  }
  return common
}

/** A flood, heard or begun: noted, answered and passed on where nothing nearer was heard before. */
function hear(survey: Survey, origin: AgentId, hops: number, degree: number, out: Out): void {
  const { flood, pass } = survey
  const known = flood.origins.indexOf(origin)
  if (known === flood.origins.length - 1 && known !== -1) flood.copies++
  if (known !== -1 && flood.hops[known]! <= hops) return
  if (known === -1) {
    flood.origins.push(origin)
    flood.hops.push(hops)
    flood.copies = hops === 0 ? 0 : 1
    flood.degreeMost = Math.max(flood.degreeMost, degree)
  } else flood.hops[known] = hops
  for (const id of survey.neighbours) out.send(id, { type: 'flood', pass, origin, hops: hops + 1, degree })
  if (origin !== survey.self) out.send(origin, { type: 'answer', pass, hops })
}

/** The last answer of an agent counts least: a smaller count of hops may have overtaken a larger one. */
function onAnswer(survey: Survey, from: AgentId, { hops }: Of<'answer'>): void {
  const { answers } = survey
  while (answers.length <= from) answers.push(-1)
  if (answers[from] === -1 || hops < answers[from]!) answers[from] = hops
}

/** Of its own flood: agents reached (itself included), the farthest, and the sum of hops to all; zeros without one. */
function tally({ flood, answers, self }: Survey): { reached: number; farthest: number; hopsTotal: number } {
  let reached = flood.origins.includes(self) ? 1 : 0
  let farthest = 0
  let hopsTotal = 0
  for (const hops of answers) {
    if (hops < 0) continue
    reached++
    farthest = Math.max(farthest, hops)
    hopsTotal += hops
  }
  return { reached, farthest, hopsTotal }
}

/** Spreading until the latest flood came back over every link; the value that is averaged, 0…1, as load. */
function view({ flood, neighbours, averaging }: Survey, view: AgentView): void {
  if (view.role === 0)
    view.role =
      flood.origins.length === 0 ? MEMBER_ROLE : flood.copies < neighbours.length ? SPREADING_ROLE : INFORMED_ROLE
  if (averaging.round > 0) view.load = Math.max(0, Math.min(1, averaging.value))
}
