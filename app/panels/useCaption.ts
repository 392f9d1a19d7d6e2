import { useMemo } from 'react'
import type { StageInfo } from '../../workers/protocol.ts'
import { useLab } from '../state/lab.ts'
import { captionAt, standingAt, type Caption, type Standing } from './caption.ts'

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

/** The caption line at the time on screen. */
export function useCaption(): Caption | null {
  const marks = useLab((s) => s.marks)
  const timeUs = useLab((s) => s.facts.timeUs)
  const names = useLab((s) => s.names)
  const log = useLab((s) => s.facts.log)
  const electorate = useElectorate()
  return useMemo(
    () => captionAt(marks.headlines, log, timeUs, names, electorate),
    [marks, log, timeUs, names, electorate],
  )
}

/** Who leads at the time on screen. */
export function useStanding(): Standing {
  const marks = useLab((s) => s.marks)
  const timeUs = useLab((s) => s.facts.timeUs)
  return useMemo(() => standingAt(marks.headlines, timeUs), [marks, timeUs])
}
