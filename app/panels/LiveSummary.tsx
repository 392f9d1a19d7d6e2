import { useEffect, useRef, useState } from 'react'
import { engine } from '../bridge/engine.ts'
import { useLab } from '../state/lab.ts'
import { countText, durationText } from './format.ts'
import { useCaption, useStanding } from './useCaption.ts'

const EVERY_MS = 1_500

/** What the picture shows, for those who hear it: at most every one and a half seconds, and only when it changed. */
export default function LiveSummary() {
  const caption = useCaption()
  const { leader, down } = useStanding()
  const names = useLab((s) => s.names)
  const agents = useLab((s) => s.stage?.agents ?? 0)
  const broken = useLab((s) => s.facts.checks.filter((c) => !c.ok).length)
  const text = [
    caption && `${caption.sentence}, at ${durationText(caption.timeUs)}.`,
    leader !== null && `${names.agent(leader)} leads ${countText(agents)} agents.`,
    down.size > 0 && `${down.size} down.`,
    broken > 0 && `${broken} checks broken.`,
  ]
    .filter(Boolean)
    .join(' ')
  const newest = useRef(() => say(text))
  newest.current = () => say(text)
  const [said, setSaid] = useState('')
  useEffect(() => {
    const timer = setInterval(() => void newest.current().then(setSaid), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <p className="hidden-visually" role="status" aria-live="polite" id="summary">
      {said}
    </p>
  )
}

/** Where bodies move, what they do comes first. */
async function say(text: string): Promise<string> {
  const { stage, marks, facts } = useLab.getState()
  if (!stage?.space) return text
  const [{ bodySummary }, { detectionsAt }] = await Promise.all([
    import('./space/bodySummary.ts'),
    import('../scene/bodies/detectionsAt.ts'),
  ])
  const found = detectionsAt(marks.headlines, facts.timeUs).map(({ label }) => label)
  return `${bodySummary(engine.client?.frames.acquire() ?? null, stage.space, stage.agents, found)} ${text}`
}
