import { useMemo } from 'react'
import { useCompare, type Side } from '../../state/compare.ts'
import { captionAt, standingAt, type Caption, type Standing } from '../caption.ts'
import { CAPTIONS } from '../captions/index.ts'
import { activeCuts, cutTest } from '../cuts.ts'
import { electorateOf } from '../useCaption.ts'

/** What just happened in one set-up, in plain words. */
export function useSideCaption(side: Side, timeUs: number): Caption | null {
  const electorate = useMemo(() => electorateOf(side.stage), [side.stage])
  return useMemo(
    () => captionAt(side.marks.headlines, side.log, timeUs, side.names, electorate, CAPTIONS),
    [side.marks, side.log, timeUs, side.names, electorate],
  )
}

/** Who leads in one set-up at the time on screen. */
export const useSideStanding = (side: Side, timeUs: number): Standing =>
  useMemo(() => standingAt(side.marks.headlines, timeUs), [side.marks, timeUs])

/** Links of one set-up that are cut at the time on screen; a new function only when the cuts change. */
export function useSideCut(side: Side, timeUs: number): ((a: number, b: number) => boolean) | undefined {
  const { id, log, stage } = side
  const active = activeCuts(log, timeUs)
    .map((command) => log.indexOf(command))
    .join()
  return useMemo(() => {
    const headlines = useCompare.getState().sides.find((s) => s.id === id)?.marks.headlines ?? []
    return cutTest(active === '' ? [] : active.split(',').map((i) => log[Number(i)]!), {
      group: (agent) => stage?.group[agent] ?? 0,
      leaderAt: (at) => standingAt(headlines, at - 1).leader ?? -1,
    })
  }, [active, id, log, stage])
}
