import type { U32 } from '../kernel/units.ts'
import type { Invariant } from './Invariant.ts'
import { entryAt, holds } from './RaftView.ts'

/** Raft §5.4.3: the same entry at each committed index, and the same machine after each applied one. */
export const stateMachineSafety: Invariant<{ machine: number[] }> = {
  name: 'state-machine-safety',
  title: 'All servers apply the same operations in the same order',
  on: { raft: ['commit', 'applied'] },
  init: () => ({ machine: [] }),
  onMark(state, { agent, body }, view) {
    const index = body.index as U32
    const digest = body.digest as number
    if (body.kind === 'commit') {
      const entryTerm = body.entryTerm as U32
      if (index <= view.committed.length && view.committed[index - 1] !== entryTerm)
        return `agent ${agent} commits an entry of term ${entryTerm} at ${index}, where term ${view.committed[index - 1]} is committed`
      return entryAt(view, index, entryTerm)?.digest === digest || `agent ${agent} commits another log up to ${index}`
    }
    while (state.machine.length <= index) state.machine.push(-1)
    if (state.machine[index] === -1) state.machine[index] = digest
    return state.machine[index] === digest || `agent ${agent} has another machine after applying entry ${index}`
  },
}

/** Raft §5.3 with thesis §3.8: on the disks of a majority of all members, whoever is up. */
export const durableQuorum: Invariant<Record<string, never>> = {
  name: 'durable-quorum',
  title: 'What is committed is on the disks of a majority',
  on: { raft: ['commit'] },
  init: () => ({}),
  onMark(_state, { body }, view, { members }) {
    const index = body.index as U32
    const entryTerm = body.entryTerm as U32
    if (index <= view.committed.length) return false
    const needed = Math.floor(members.length / 2) + 1
    let copies = 0
    for (const member of members) {
      const node = view.nodes[member]
      if (node && holds(view, node.durableIndex, node.durableEntryTerm, index, entryTerm)) copies++
    }
    return copies >= needed || `entry ${index} is committed with ${copies} of ${members.length} copies on disk`
  },
}

/** Thesis §6.3. Operations of one process are numbered, so a repeated or older number is a second effect. */
export const exactlyOnce: Invariant<{ last: { [agent: number]: { [process: number]: U32 } } }> = {
  name: 'exactly-once',
  title: 'No operation of a client takes effect twice',
  on: { raft: ['applied', 'boot'] },
  init: () => ({ last: {} }),
  onMark(state, { agent, body }) {
    if (body.kind === 'boot') {
      state.last[agent] = {} // the machine starts empty and is rebuilt by re-applying
      return false
    }
    const process = body.process as number
    const serial = body.serial as U32
    if (process < 0) return false
    const last = (state.last[agent] ??= {})
    if (serial <= (last[process] ?? 0))
      return `agent ${agent} applies operation ${serial} of process ${process} again, at ${body.index}`
    last[process] = serial
    return true
  },
}

/** Jepsen's well-formedness: one operation at a time, one completion each. */
export const oneCompletion: Invariant<{ open: { [process: number]: string } }> = {
  name: 'one-completion',
  title: 'Each operation completes at most once',
  on: { client: ['invoke', 'ok', 'fail', 'info'] },
  init: () => ({ open: {} }),
  onMark(state, { body }) {
    const process = body.process as number
    const what = `${body.f} ${body.key}`
    const open = state.open[process]
    if (body.kind === 'invoke') {
      if (open !== undefined) return `process ${process} starts ${what} while ${open} is open`
      state.open[process] = what
      return true
    }
    if (open !== what) return `process ${process} completes ${what}, which is not open`
    delete state.open[process]
    return true
  },
}
