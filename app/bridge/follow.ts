import { useLab } from '../state/lab.ts'
import type { LabClient } from '../../workers/protocol.ts'
import { engine, enqueue, rateNow } from './engine.ts'

/** Ties the store to the workers: facts in, play and pause out. Returns what undoes it. */
export function follow(client: LabClient): () => void {
  engine.client = client
  client.onFacts((facts) => {
    const lab = useLab.getState()
    lab.takeFacts(facts)
    if (facts.ended && !facts.playing && lab.playing) lab.setPlaying(false)
  })
  client.onError((sentence) => {
    engine.broken = true
    useLab.getState().setPlaying(false)
    useLab.getState().toast('error', sentence)
  })
  let rate = rateNow()
  return useLab.subscribe(() => {
    const wanted = rateNow()
    if (wanted === rate) return
    rate = wanted
    // Read again when its turn comes: a slider dragged through fifty positions ends in few calls.
    void enqueue((c) => (rateNow() !== wanted ? Promise.resolve() : wanted > 0 ? c.play(wanted) : c.pause()))
  })
}
