import './panels.css'
import './overlays.css'
import './readings.css'
import { useLab } from '../state/lab.ts'
import type { MessageAt } from '../state/selection.ts'
import { durationText } from './format.ts'
import { MessageActions } from './MessageActions.tsx'
import { placeAt, useOutside } from './useOutside.ts'
import { usePolled } from './usePolled.ts'

/** A message caught on the stage: what it is, and what can be done to it, in one more click. */
export default function MessagePopup({ at }: { at: MessageAt }) {
  const close = (): void => useLab.getState().openMessage(null)
  const box = useOutside<HTMLDivElement>(close)
  const names = useLab((s) => s.names)
  const timeUs = useLab((s) => s.facts.timeUs)
  const found = usePolled(`${at.src}/${at.seq}`, 300, async (client) => ({
    message: await client.message(at.src, at.seq),
  }))
  const m = found?.message ?? null
  return (
    <div
      ref={box}
      className="popover floating"
      role="dialog"
      aria-label="Message"
      style={placeAt(at.x, at.y, 264, 150)}
    >
      {m ? (
        <>
          <p className="popup-title">
            {m.kind} <span className="quiet">of {m.program}</span>
          </p>
          <p className="quiet popup-line">
            {names.agent(m.from)} → {names.agent(m.to)}, arrives in{' '}
            <span className="mono">{durationText(Math.max(0, m.dueUs - timeUs))}</span>
          </p>
        </>
      ) : (
        <p className="popup-line">{found ? 'This message has arrived.' : 'Looking it up.'}</p>
      )}
      {(m || !found) && <MessageActions src={at.src} seq={at.seq} onDone={close} />}
    </div>
  )
}
