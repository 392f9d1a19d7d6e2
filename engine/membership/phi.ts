import type { AgentView, Effects, Input, Program } from '../agents/Program.ts'
import { log } from '../kernel/math.ts'
import { unit } from '../kernel/philox.ts'
import type { AgentId } from '../kernel/units.ts'
import { phiOf, silenceFor } from './phiLevel.ts'
import { addInterval, bootPhi, estimateOf, makeWatched, phiMessages } from './phiState.ts'
import type { Phi, PhiMsg, PhiParams, Watched } from './phiState.ts'

/**
 * Suspicion as a number. Agents send heartbeats to those that watch them; a watcher learns how far apart they come and
 * says of every silence how unlikely it is: phi = −log₁₀ P(a heartbeat is later). At phi = 1 one silence in ten is
 * taken for a failure by mistake, at 2 one in a hundred. Source: Hayashibara and others, SRDS 2004.
 */
export const phi: Program<Phi, PhiMsg, Partial<PhiParams>> = {
  kind: 'phi',
  messages: phiMessages,
  messageKinds: ['heartbeat'],
  kindOf: (msg) => msg.type,
  boot: (self, _durable, ctx) => bootPhi(self, ctx),
  step,
  view,
}

type Out = Effects<PhiMsg>

const PURPOSE = { offset: 0, interval: 1 } as const
/** The timer that goes off when this agent's silence reaches the threshold. */
const SILENCE = 'silence of '

function step(phi: Phi, input: Input<PhiMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      return out.setTimer('beat', 1 + Math.floor(unit(out.draw(PURPOSE.offset)) * phi.params.heartbeatUs))
    case 'timer':
      if (input.name === 'beat') return beat(phi, out)
      return onSilence(phi, Number(input.name.slice(SILENCE.length)), out)
    case 'message':
      return onHeartbeat(phi, input.from, input.msg, out)
    case 'clientOp':
    case 'discovery':
    case 'diskDone':
      return // who watches whom is settled at power-on
  }
}

function beat(phi: Phi, out: Out): void {
  const { params, watchers, life } = phi
  const msg: PhiMsg = { type: 'heartbeat', life, seq: phi.seq++ }
  for (const watcher of watchers) out.send(watcher, msg)
  for (const watched of phi.watched)
    if (isReady(watched, params)) watched.phi = levelOf(watched, params, out.localUs - watched.heardUs)
  const share = params.heartbeats === 'regular' ? 1 : -log((out.draw(PURPOSE.interval) + 1) / 4_294_967_296)
  out.setTimer('beat', Math.round(share * params.heartbeatUs))
}

const isReady = ({ intervals }: Watched, { warmUp, windowMax }: PhiParams): boolean =>
  intervals.length >= Math.max(1, Math.min(warmUp, windowMax))

const levelOf = (watched: Watched, params: PhiParams, silentUs: number): number =>
  phiOf(params.model, estimateOf(watched, params.deviationMinUs), silentUs)

function onHeartbeat(phi: Phi, from: AgentId, { life, seq }: PhiMsg, out: Out): void {
  const { params } = phi
  let watched = phi.watched.find(({ id }) => id === from)
  if (watched === undefined) {
    watched = makeWatched(from, life, seq, out.localUs)
    phi.watched.push(watched)
    return
  }
  if (life < watched.life || (life === watched.life && seq <= watched.seq)) return // overtaken, or a copy
  const silentUs = out.localUs - watched.heardUs
  if (life === watched.life) judge(watched, silentUs, params, from, out)
  watched.life = life
  watched.seq = seq
  watched.heardUs = out.localUs
  watched.phi = 0
  if (watched.suspected) {
    watched.suspected = false
    out.mark({ kind: 'trusted', of: from, silentUs })
  }
  if (!isReady(watched, params)) return
  const { model, threshold, deviationMinUs } = params
  out.setTimer(SILENCE + from, Math.ceil(silenceFor(model, estimateOf(watched, deviationMinUs), threshold)))
}

/** An interval has ended within one life of the sender, so whoever suspected it was wrong. */
function judge(watched: Watched, us: number, params: PhiParams, of: AgentId, out: Out): void {
  const { windowMax, reportEvery, threshold } = params
  if (watched.intervals.length === windowMax) {
    watched.judged++
    if (watched.suspected) watched.suspicions++
    if (reportEvery > 0 && watched.judged % reportEvery === 0) {
      const { judged, suspicions } = watched
      out.mark({ kind: 'tally', of, threshold, judged, suspicions })
    }
  }
  addInterval(watched, us, windowMax)
}

function onSilence(phi: Phi, of: number, out: Out): void {
  const watched = phi.watched.find(({ id }) => id === of)
  if (watched === undefined || watched.suspected || watched.intervals.length === 0) return
  const silentUs = out.localUs - watched.heardUs
  watched.suspected = true
  watched.phi = levelOf(watched, phi.params, silentUs)
  out.mark({ kind: 'suspected', of: watched.id, phi: watched.phi, silentUs })
}

/** Indices into ROLES of frame/. */
const IDLE_ROLE = 0
const MEMBER_ROLE = 6
const SUSPECT_ROLE = 10

/** Whoever suspects somebody stands out; the height is the highest phi, the threshold at the top. */
function view(phi: Phi, view: AgentView): void {
  let suspects = false
  let highest = 0
  for (const watched of phi.watched) {
    suspects ||= watched.suspected
    highest = Math.max(highest, watched.phi)
  }
  if (suspects) view.role = SUSPECT_ROLE
  else if (view.role === IDLE_ROLE) view.role = MEMBER_ROLE
  view.load = Math.max(view.load, Math.min(1, highest / phi.params.threshold))
}
