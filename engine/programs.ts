import type { Program } from './agents/Program.ts'
import { treeSync } from './collective/treeSync.ts'
import { client } from './consensus/client.ts'
import { raft } from './consensus/raft.ts'
import { ringElection } from './consensus/ringElection.ts'
import { bus } from './net/bus.ts'
import { knowPrograms } from './programRegistry.ts'

/** Every program an agent can run, by kind: importing this file makes all of them known to the thread. */
export const PROGRAMS: readonly Program[] = [raft, client, ringElection, treeSync, bus]
knowPrograms(PROGRAMS)
