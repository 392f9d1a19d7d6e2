import type { AgentId, U32 } from '../../kernel/units.ts'

/**
 * Other workers as runs of ids, [first, last, first, last, …], both included, ascending: a thousand workers do not keep
 * a million numbers.
 */
export type WorkerRuns = readonly number[]

/** @param ids ascending. */
export function runsOf(ids: readonly AgentId[], without: AgentId): WorkerRuns {
  const runs: number[] = []
  for (const id of ids) {
    if (id === without) continue
    if (runs.length > 0 && runs.at(-1) === id - 1) runs[runs.length - 1] = id
    else runs.push(id, id)
  }
  return runs
}

export function sizeOfRuns(runs: WorkerRuns): number {
  let size = 0
  for (let r = 0; r < runs.length; r += 2) size += runs[r + 1]! - runs[r]! + 1
  return size
}

export function isOfRuns(runs: WorkerRuns, id: AgentId): boolean {
  for (let r = 0; r < runs.length; r += 2) if (id >= runs[r]! && id <= runs[r + 1]!) return true
  return false
}

/** One of them, all alike for a uniform word; −1 of none. */
export function pickOf(runs: WorkerRuns, word: U32): AgentId {
  let place = Math.floor((word / 4_294_967_296) * sizeOfRuns(runs))
  for (let r = 0; r < runs.length; r += 2) {
    const size = runs[r + 1]! - runs[r]! + 1
    if (place < size) return (runs[r]! + place) as AgentId
    place -= size
  }
  return -1 as AgentId
}
