import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import { parentPort, workerData } from 'node:worker_threads'
import { runEngineTask, type EngineTask } from '../bench/engineThread.ts'
import { floodReceive, floodSend, type FloodTask } from '../bench/ringFlood.ts'
import { measure, type ProbeOptions } from '../probe/measure.ts'
import { ProbeEnd } from '../probe/ProbeEnd.ts'

/** What a benchmark thread is started with: `workers/bench/startThread.ts`. */
export type ThreadTask =
  | EngineTask
  | FloodTask
  | { readonly task: 'probeEcho'; readonly memory: SharedArrayBuffer }
  | { readonly task: 'probeAsk'; readonly memory: SharedArrayBuffer; readonly options: ProbeOptions }

const task = workerData as ThreadTask
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
    parentPort!.postMessage(measure(task.memory, () => performance.now(), task.options))
    break
}
