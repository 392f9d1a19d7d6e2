import { useState } from 'react'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { durationText } from './format.ts'
import { MessageActions } from './MessageActions.tsx'
import { usePolled } from './usePolled.ts'

const LIMIT = 200

/** Everything in flight, for those who would rather not catch it with a pointer. */
export default function MessagesPanel() {
  const messages = usePolled('in flight', 500, (client) => client.inFlight(LIMIT))
  const names = useLab((s) => s.names)
  const timeUs = useLab((s) => s.facts.timeUs)
  const playing = useLab((s) => s.playing)
  const setPlaying = useLab((s) => s.setPlaying)
  const [open, setOpen] = useState('')
  return (
    <div className="panel-body">
      <p className="quiet small">
        {playing ? 'Messages move on while time runs. ' : 'Choose a message to drop, duplicate or delay it.'}
        {playing && (
          <Button small onClick={() => setPlaying(false)}>
            Pause to catch one
          </Button>
        )}
      </p>
      {messages?.length === 0 && <p className="quiet">Nothing is in flight.</p>}
      <ul className="messages">
        {messages?.map((m) => {
          const id = `${m.src}/${m.seq}/${m.from}`
          return (
            <li key={id} className={open === id ? 'message-row message-open' : 'message-row'}>
              <button
                type="button"
                className="row-button"
                aria-expanded={open === id}
                onClick={() => setOpen(open === id ? '' : id)}
              >
                <span className="row-main">
                  <strong>{m.kind}</strong>{' '}
                  <span className="quiet">
                    {names.agent(m.from)} → {names.agent(m.to)}
                  </span>
                </span>
                <span className="mono quiet">{durationText(Math.max(0, m.dueUs - timeUs))}</span>
              </button>
              {open === id && <MessageActions src={m.src} seq={m.seq} onDone={() => setOpen('')} />}
            </li>
          )
        })}
      </ul>
      {messages?.length === LIMIT && <p className="quiet small">The first {LIMIT}, in order of arrival.</p>}
    </div>
  )
}
