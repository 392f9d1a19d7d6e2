import { useEffect, useMemo, useState } from 'react'
import type { StageInfo } from '../../workers/protocol.ts'
import { useLab } from '../state/lab.ts'
import { captionAt, standingAt, type Caption, type CaptionWriters, type Standing } from './caption.ts'

/** How many agents may vote: those that run raft. */
export function electorateOf(stage: StageInfo | null): number {
  const bit = stage?.programKinds.indexOf('raft') ?? -1
  if (!stage || bit < 0) return 0
  let count = 0
  for (let i = 0; i < stage.agents; i++) if ((stage.programs[i]! >> bit) & 1) count++
  return count
}

export function useElectorate(): number {
  const stage = useLab((s) => s.stage)
  return useMemo(() => electorateOf(stage), [stage])
}

/** Programs that the page has words for without loading more. */
const AT_HAND = new Set(['raft', 'client', 'tree-sync', 'ring-election', 'bus'])

/** The words of the other programs and of what moves, loaded when a run has one. */
export function useWriters(): CaptionWriters | undefined {
  const [writers, setWriters] = useState<CaptionWriters>()
  const others = useLab(
    (s) => s.stage !== null && (s.stage.space !== null || s.stage.programKinds.some((kind) => !AT_HAND.has(kind))),
  )
  useEffect(() => {
    if (others && !writers) void import('./captions/index.ts').then((m) => setWriters(m.CAPTIONS))
  }, [others, writers])
  return writers
}

/** The caption line at the time on screen. */
export function useCaption(): Caption | null {
  const marks = useLab((s) => s.marks)
  const timeUs = useLab((s) => s.facts.timeUs)
  const names = useLab((s) => s.names)
  const log = useLab((s) => s.facts.log)
  const electorate = useElectorate()
  const writers = useWriters()
  return useMemo(
    () => captionAt(marks.headlines, log, timeUs, names, electorate, writers),
    [marks, log, timeUs, names, electorate, writers],
  )
}

/** Who leads at the time on screen. */
export function useStanding(): Standing {
  const marks = useLab((s) => s.marks)
  const timeUs = useLab((s) => s.facts.timeUs)
  return useMemo(() => standingAt(marks.headlines, timeUs), [marks, timeUs])
}
