import { frameBytes, frameViews, HEADER, ROLES, STATUS } from '../../../engine/frame/frame.ts'
import type { FrameSource, StageInfo } from '../../../workers/protocol.ts'

/** Invented queues and tasks on their way, for looking at the stage while it is built. */

export const fakeTaskInfo = (info: StageInfo): StageInfo => ({
  ...info,
  programs: Uint32Array.from({ length: info.agents }, (_, a) => (a === 0 ? 1 : 2)),
  programKinds: ['distributor', 'worker'],
  messageKinds: ['task', 'done', 'report'],
})

/** Agent 0 shares out; the others hold 0 … `most` tasks. */
export function fakeTasks(info: StageInfo, timeUs: number, most: number): FrameSource {
  const shape = { agents: info.capacity, shards: 1, flightsPerShard: 4_096 }
  const frame = frameViews(new ArrayBuffer(frameBytes(shape)), 0, shape)
  frame.header[HEADER.timeUs] = timeUs
  frame.header[HEADER.number] = 1
  const { agents } = frame
  const rows = frame.flights[0]!
  for (let agent = 0; agent < info.agents; agent++) {
    const held = agent === 0 ? 0 : (agent * 7) % (most + 1)
    agents.status[agent] = STATUS.indexOf(agent % 13 === 12 ? 'down' : 'up')
    agents.role[agent] = ROLES.indexOf(agent === 0 ? 'leader' : held > 0 ? 'spreading' : 'idle')
    agents.lastIndex[agent] = held
    agents.commitIndex[agent] = Math.min(1, held)
    agents.load[agent] = held / most
    agents.follows[agent] = -1
    if (agent === 0 || agent % 2 === 0) continue
    const row = agent >> 1
    const back = agent % 4 === 3
    rows.sentUs[row] = timeUs - 2_000 * (1 + (agent % 9))
    rows.dueUs[row] = timeUs + 2_000 * (10 - (agent % 9))
    rows.src[row] = back ? agent : 0
    rows.dst[row] = back ? 0 : agent
    rows.kind[row] = back ? 1 : 0
    rows.txSrc[row] = agent
    rows.txSeq[row] = row
  }
  return { acquire: () => frame }
}
