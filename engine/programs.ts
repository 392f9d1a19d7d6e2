import type { Program } from './agents/Program.ts'
import { client } from './consensus/client.ts'
import { raft } from './consensus/raft.ts'

/** Every program an agent can run, by kind. A scenario names them; nothing else is ever loaded. */
export const PROGRAMS: readonly Program[] = [raft, client]
