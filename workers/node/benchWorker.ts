import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { runEngineTask, type EngineTask } from '../bench/engineThread.ts'
import { floodReceive, floodSend, type FloodTask } from '../bench/ringFlood.ts'
import { measureAssignment, serveWorkers } from '../probe/assignment.ts'
import { measure, type ProbeOptions } from '../probe/measure.ts'
import { ProbeEnd } from '../probe/ProbeEnd.ts'
import { looksFor } from '../shared/spin.ts'

/** What a benchmark thread is started with: `workers/bench/startThread.ts`. */
export type ThreadTask =
  | EngineTask
  | FloodTask
  | { readonly task: 'probeEcho'; readonly memory: SharedArrayBuffer }
  | { readonly task: 'probeAsk'; readonly memory: SharedArrayBuffer; readonly options: ProbeOptions }
  | { readonly task: 'assignServe' | 'assignAsk'; readonly memory: SharedArrayBuffer; readonly options: ProbeOptions }

const task = workerData as ThreadTask
const now = (): number => performance.now()
switch (task.task) {
  case 'floodSend':
    floodSend(task)
    break
  case 'floodReceive':
    floodReceive(task)
    break
  case 'queueRounds':
  case 'networkRounds':
  case 'eventBytes':
  case 'shard':
    runEngineTask(task)
    break
  case 'probeEcho':
    new ProbeEnd(task.memory, 1).serve()
    break
  case 'probeAsk':
    parentPort!.postMessage(measure(task.memory, now, task.options))
    break
  case 'assignServe':
    serveWorkers(task.memory, now, looksFor(now, 2, task.options.cores))
    break
  case 'assignAsk': {
    const { phaseMs, cores } = task.options
    parentPort!.postMessage(measureAssignment(task.memory, now, { phaseMs, looks: looksFor(now, 2, cores) }))
    break
  }
}
