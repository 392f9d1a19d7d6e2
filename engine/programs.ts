import type { Program } from './agents/Program.ts'
import { treeSync } from './collective/treeSync.ts'
import { client } from './consensus/client.ts'
import { raft } from './consensus/raft.ts'
import { ringElection } from './consensus/ringElection.ts'
import { bus } from './net/bus.ts'

/** Every program an agent can run, by kind. A scenario names them; nothing else is ever loaded. */
export const PROGRAMS: readonly Program[] = [raft, client, ringElection, treeSync, bus]
