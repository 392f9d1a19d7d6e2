import type { U32 } from '../../kernel/units.ts'
import type { ListMsg } from './listMessages.ts'
import type { ListScheduling, Machine, Out } from './listState.ts'

const REQUESTS_A_LIFE = 1_048_576

export const newMachine = (incarnation: U32): Machine => ({
  ...{ working: null, queue: [], waits: false, repeats: 0, told: [], count: 0 },
  request: (incarnation % 4_096) * REQUESTS_A_LIFE,
})

/** Asks for a job, unless it has one to come. */
export function ask(state: ListScheduling, machine: Machine, out: Out): void {
  if (machine.waits || machine.queue.length > 0) return
  machine.waits = true
  machine.repeats = 0
  machine.request++
  out.send(state.scheduler, { type: 'ask', request: machine.request })
  repeatSoon(state, machine, out)
}

/** Twice as late every time: while the list is empty there is no answer. */
function repeatSoon({ params }: ListScheduling, machine: Machine, out: Out): void {
  let afterUs = params.retryUs
  for (let k = 0; k < Math.min(machine.repeats, DOUBLINGS_MAX); k++) afterUs *= 2
  out.setTimer('repeat', afterUs)
}
const DOUBLINGS_MAX = 6

/** Says again what has not been answered. */
export function onRepeat(state: ListScheduling, machine: Machine, out: Out): void {
  const { waits, request, told } = machine
  if (waits) out.send(state.scheduler, { type: 'ask', request })
  if (told.length > 0) out.send(state.scheduler, { type: 'done', tasks: [...told] })
  machine.repeats++
  if (waits || told.length > 0) repeatSoon(state, machine, out)
}

export function onAnswer(state: ListScheduling, machine: Machine, msg: ListMsg, out: Out): void {
  if (msg.type === 'noted') machine.told = machine.told.filter((task) => !msg.tasks.includes(task))
  if (msg.type !== 'job' || msg.request !== machine.request || !machine.waits) return
  machine.waits = false
  machine.queue.push(msg.task)
  out.mark({ kind: 'queued', task: msg.task.id })
  work(state, machine, out)
}

function work(state: ListScheduling, machine: Machine, out: Out): void {
  if (machine.working !== null) return
  const task = machine.queue.shift()
  if (task === undefined) return ask(state, machine, out)
  machine.working = task
  out.mark({ kind: 'started', task: task.id, waitedUs: Math.max(0, out.localUs - task.submittedUs) })
  out.setTimer('work', task.sizeUs)
  out.setTimer('ask', Math.max(1, task.sizeUs - state.params.aheadUs))
}

export function onWorked(state: ListScheduling, machine: Machine, out: Out): void {
  const task = machine.working
  if (task === null) return
  machine.working = null
  machine.count++
  machine.told.push(task.id)
  machine.repeats = 0
  out.mark({ kind: 'worked', task: task.id, tookUs: task.sizeUs })
  out.send(state.scheduler, { type: 'done', tasks: [task.id] })
  repeatSoon(state, machine, out)
  work(state, machine, out)
}
