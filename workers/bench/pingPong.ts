import type { Program } from '../../engine/agents/Program.ts'
import { u32 } from '../../engine/kernel/codec.ts'
import { DEFAULTS } from '../../engine/scenario/defaults.ts'
import { LIMITS } from '../../engine/scenario/limits.ts'
import type { AgentId } from '../../engine/kernel/units.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'

interface PingPong {
  readonly peers: readonly AgentId[]
  readonly tokens: number
  readonly work: number
  heard: number
  sum: number
}

interface PingPongParams {
  /** Messages that each agent keeps in flight. */
  readonly tokens: number
  /** Rounds of arithmetic an arrival costs; about a nanosecond each. */
  readonly work: number
}

/**
 * Each agent opens with `tokens` messages to four others, one in each quarter of the ids, and answers whatever comes:
 * what is in flight stays constant, and half of it crosses between the halves of the ids.
 */
export const pingPong: Program<PingPong, number, PingPongParams> = {
  kind: 'ping-pong',
  messages: u32,
  messageKinds: ['ping'],
  kindOf: () => 'ping',
  boot(self, _durable, { members, params }) {
    const n = members.length
    const peers = Array.from({ length: PEERS }, (_, i) => members[(self + Math.floor((n * (2 * i + 1)) / 8)) % n]!)
    return { peers, tokens: params.tokens, work: params.work, heard: 0, sum: 0 }
  },
  step(state, input, out) {
    if (input.type === 'start') {
      for (let token = 0; token < state.tokens; token++) out.send(state.peers[token % PEERS]!, token)
    } else if (input.type === 'message') {
      state.heard++
      if (state.work > 0) state.sum = labour(input.msg, state.work)
      out.send(input.from, (input.msg + 1) >>> 0)
    }
  },
}

/** How many of its neighbours an agent talks to. */
const PEERS = 4

/** So many rounds of multiplying and shifting. */
export function labour(seed: number, rounds: number): number {
  let x = seed | 1
  for (let i = 0; i < rounds; i++) x = (Math.imul(x, 0x9e3779b1) ^ (x >>> 15)) | 0
  return x
}

/**
 * A mesh without faults or checks in which `agents` × `tokens` messages are always in flight, each for 100 to 1,000 µs.
 */
export const pingPongScenario = (agents: number, params: PingPongParams): Scenario => ({
  version: 1,
  name: 'ping-pong',
  title: 'Everybody answers everybody',
  group: 'custom',
  seed: 1,
  pace: 1,
  untilUs: LIMITS.untilUsMax,
  digestEveryUs: LIMITS.untilUsMax,
  space: null,
  tasks: null,
  swarm: { ...DEFAULTS.swarm, agents },
  topology: { ...DEFAULTS.topology, kind: 'mesh', repairUs: 0 },
  network: { ...DEFAULTS.network, latency: { kind: 'uniform', minUs: 100, maxUs: 1_000 } },
  disk: { fsync: { kind: 'constant', us: 100 }, tornWrites: false },
  programs: [{ kind: 'ping-pong', on: 'all', params: { ...params } }],
  faults: [],
  chaos: null,
  checks: [],
  height: 'none',
  layout: 'force',
})
