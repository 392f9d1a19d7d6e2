import type { Effects } from '../../agents/Program.ts'
import type { AgentId, U32 } from '../../kernel/units.ts'
import { indexId, slotOf, unindexId } from '../../resources/idIndex.ts'
import { leastLoaded, sampleDistinct } from '../../resources/LoadBalancer.ts'
import { give, giveAgain, takeBack, tryToGive } from './assignment.ts'
import type { Distributor, Question } from './distributorState.ts'
import { judge, letThrough, placeOfWorker, refresh } from './knownWorkers.ts'
import { reachableCount, reachablePlace } from './LoadTree.ts'
import type { TaskMsg } from '../messages.ts'
import { STRATEGY_DRAW } from '../strategies/least.ts'
import { NO_ROW, setStatus, STATUS } from './TaskTable.ts'

/**
 * Tasks about which workers have been asked: how long their queues are (choices), or when it would be done (auction).
 * An answer that has not come in time is not waited for, and counts against the worker's breaker.
 */

type Out = Effects<TaskMsg>
/** Tasks asked about at one time; others wait. */
const QUESTIONS_MAX = 4_096

export const canAsk = (d: Distributor): boolean => d.questionOf.size < QUESTIONS_MAX

/** Up to `count` different open workers that can do the task, by draw. */
export function sampleWorkers(d: Distributor, row: number, count: number, out: Out): number[] {
  const tree = d.trees[d.table.needs[row]!]!
  const drawn = sampleDistinct(reachableCount(tree), count, () => out.draw(STRATEGY_DRAW.sample))
  return drawn.map((k) => reachablePlace(tree, k))
}

export function ask(d: Distributor, row: number, places: readonly number[], msg: TaskMsg, out: Out): void {
  const task = d.table.ids[row]!
  const asked = places.map((place) => {
    const worker = d.workers[place]!
    const period = letThrough(d, worker)
    worker.asked++
    out.sendTo('worker', worker.agent, msg)
    refresh(d, place)
    return { worker: worker.agent, period }
  })
  const question: Question = { row, task, asked, answers: [], dueUs: 0, awarded: false, refused: 0 }
  const at = d.freeQuestions.pop() ?? d.questions.length
  d.questions[at] = question
  indexId(d.questionOf, task, at)
  setStatus(d.table, row, STATUS.asking)
  watch(d, question, out)
}

function watch(d: Distributor, question: Question, out: Out): void {
  question.dueUs = out.localUs + d.params.askUs
  d.asked.push({ task: question.task, dueUs: question.dueUs })
  if (d.asked.length === 1) out.setTimer('ask', d.params.askUs)
}

const questionAbout = (d: Distributor, task: U32): Question | null => {
  const at = slotOf(d.questionOf, task)
  return at === -1 ? null : d.questions[at]!
}

/** Nobody asks about the task any more. */
export function close(d: Distributor, task: U32, out: Out): void {
  const at = slotOf(d.questionOf, task)
  if (at === -1) return
  const question = d.questions[at]!
  // A trial of a half-open breaker must end, or it would wait for ever.
  for (const { worker, period } of question.asked)
    if (!question.answers.some((answer) => answer.worker === worker)) judgeBy(d, worker, period, false, out)
  giveCreditsBack(d, question)
  unindexId(d.questionOf, task)
  d.questions[at] = null
  d.freeQuestions.push(at)
}

/** Those who were asked are not waited for any more, nor kept free. */
function giveCreditsBack(d: Distributor, question: Question): void {
  for (const { worker } of question.asked) {
    const place = placeOfWorker(d, worker)
    if (place === -1) continue
    d.workers[place]!.asked--
    refresh(d, place)
  }
  question.asked = []
}

/** `value`: the least is the best. */
export function onAnswer(d: Distributor, from: AgentId, task: U32, value: number, out: Out): void {
  const question = questionAbout(d, task)
  const asked = question?.asked.find(({ worker }) => worker === from)
  if (question === null || asked === undefined || question.answers.some(({ worker }) => worker === from)) return
  judgeBy(d, from, asked.period, false, out)
  question.answers.push({ worker: from, value })
  if (question.answers.length === question.asked.length) decide(d, question, out)
}

function judgeBy(d: Distributor, agent: AgentId, period: number, failed: boolean, out: Out): void {
  const place = placeOfWorker(d, agent)
  if (place === -1) return
  judge(d, d.workers[place]!, period, failed, out)
  refresh(d, place)
}

/** Answers, the best first; of several best one by draw, since over equal links they come in the order of ids. */
function decide(d: Distributor, question: Question, out: Out): void {
  const { task, answers, row } = question
  const best = leastLoaded(
    answers.map(({ value }) => value),
    () => out.draw(STRATEGY_DRAW.tie),
  )
  const others = answers.filter((_, k) => k !== best).sort((x, y) => x.value - y.value)
  question.answers = [...answers.slice(best, best + 1), ...others]
  giveCreditsBack(d, question)
  if (d.strategy === 'auction') return award(d, question, out)
  const place = openOf(d, question)
  close(d, task, out)
  if (place !== -1) give(d, row, place, false, out)
  else if (answers.length === 0) giveAgain(d, row, 'nobody answered', out)
  else tryToGive(d, row, out)
}

/** Place of the best answer whose worker is open; takes it and those before it out of the answers. −1 of none. */
function openOf(d: Distributor, { answers }: Question): number {
  for (let best = answers.shift(); best !== undefined; best = answers.shift()) {
    const place = placeOfWorker(d, best.worker)
    if (place !== -1 && d.workers[place]!.open) return place
  }
  return -1
}

/** To the best bid that is left; where all have refused it, the assignment has come to nothing. */
function award(d: Distributor, question: Question, out: Out): void {
  const { task, row, refused } = question
  const asked = question.answers.length + refused
  const place = openOf(d, question)
  if (place === -1) {
    close(d, task, out)
    if (asked > 0 && refused === 0) return tryToGive(d, row, out)
    return giveAgain(d, row, refused > 0 ? 'refused by all bidders' : 'nobody answered', out)
  }
  question.awarded = true
  give(d, row, place, true, out)
  watch(d, question, out)
}

/** The winner has it. */
export function onAccept(d: Distributor, from: AgentId, task: U32, out: Out): void {
  const question = questionAbout(d, task)
  if (question !== null && question.awarded && d.table.holders[question.row] === from) close(d, task, out)
}

/** The winner has said no: true where this is dealt with here. Its assignment has been taken back. */
export function nextBest(d: Distributor, task: U32, out: Out): boolean {
  const question = questionAbout(d, task)
  if (question === null || !question.awarded) return false
  question.refused++
  award(d, question, out)
  return true
}

export function onAskTimer(d: Distributor, out: Out): void {
  for (let first = d.asked[0]; first !== undefined; first = d.asked[0]) {
    const question = questionAbout(d, first.task)
    const isOver = question === null || question.dueUs !== first.dueUs
    if (!isOver && first.dueUs > out.localUs) return out.setTimer('ask', first.dueUs - out.localUs)
    d.asked.shift()
    if (isOver) continue
    if (question.awarded) silentWinner(d, question, out)
    else {
      for (const { worker, period } of question.asked)
        if (!question.answers.some((answer) => answer.worker === worker)) judgeBy(d, worker, period, true, out)
      decide(d, question, out)
    }
  }
}

/** It may have the task all the same: then it is told to drop it. */
function silentWinner(d: Distributor, question: Question, out: Out): void {
  const winner = takeBack(d, question.row, true, out)
  if (winner !== NO_ROW) out.sendTo('worker', winner, { type: 'cancel', tasks: [question.task] })
  question.refused++
  award(d, question, out)
}
