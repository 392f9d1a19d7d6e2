import { useEffect, useState } from 'react'
import type { Op } from '../../../engine/scenario/Scenario.ts'
import type { MessageDetail } from '../../../workers/protocol.ts'
import { act, memberOf, pause } from '../../bridge/compare.ts'
import { letterOf, useCompare, type Pointed, type Side } from '../../state/compare.ts'
import { sentenceCase } from '../../state/names.ts'
import { Choices } from '../../ui/Choices.tsx'
import { agentRow } from '../agentRow.ts'
import { placeAt, useOutside } from '../useOutside.ts'

const SHORT_US = 1_000_000
const DELAY_US = 100_000

interface Choice {
  readonly label: string
  readonly op: Op
}

function agentChoices(agent: number, status: string): readonly Choice[] {
  if (status === 'down') return [{ label: 'Restart', op: { op: 'restart', agent } }]
  if (status === 'paused') return [{ label: 'Let it go on', op: { op: 'resume', agent } }]
  return [
    { label: 'Crash', op: { op: 'crash', agent } },
    { label: 'Crash for 1 s', op: { op: 'crash', agent, forUs: SHORT_US } },
    { label: 'Pause for 1 s', op: { op: 'pause', agent, forUs: SHORT_US } },
    { label: 'Slow down ten times', op: { op: 'slow', agent, factor: 10 } },
    { label: 'Cut off for 1 s', op: { op: 'partition', side: agent, forUs: SHORT_US } },
  ]
}

const messageChoices = (src: number, seq: number): readonly Choice[] => [
  { label: 'Drop', op: { op: 'dropMessage', src, seq } },
  { label: 'Duplicate', op: { op: 'duplicateMessage', src, seq } },
  { label: 'Delay 100 ms', op: { op: 'delayMessage', src, seq, us: DELAY_US } },
]

/** What can be done to an agent or a message: in all set-ups, or only in the one that was pointed at. */
export function ActMenu({ at }: { at: Pointed }) {
  const close = (): void => useCompare.setState({ pointed: null })
  const box = useOutside<HTMLDivElement>(close)
  const side = useCompare((s) => s.sides.find(({ id }) => id === at.side))
  const letter = useCompare((s) => letterOf(s.sides, at.side))
  const [where, setWhere] = useState<'all' | 'here'>('all')
  useEffect(() => {
    if (at.at.kind === 'message') pause() // or it has arrived before anything is chosen
  }, [at])
  if (!side) return null
  const { names } = side
  const point = at.at
  const choices =
    point.kind === 'message'
      ? messageChoices(point.src, point.seq)
      : agentChoices(point.agent, agentRow(memberOf(side.id)?.frames.acquire() ?? null, point.agent)?.status ?? 'up')
  return (
    <div
      ref={box}
      className="popover floating menu act-menu"
      role="dialog"
      aria-label={point.kind === 'agent' ? `Faults of ${names.agent(point.agent)}` : 'Message'}
      style={placeAt(at.x, at.y, 230, 96 + 32 * choices.length)}
    >
      <p className="popup-title menu-title">
        {point.kind === 'agent' ? (
          sentenceCase(names.agent(point.agent))
        ) : (
          <MessageTitle side={side} src={point.src} seq={point.seq} />
        )}
      </p>
      <Choices<'all' | 'here'>
        label="Where"
        value={where}
        options={[
          { value: 'all', label: 'In all' },
          { value: 'here', label: `Only in ${letter}` },
        ]}
        onChange={setWhere}
      />
      {choices.map(({ label, op }) => (
        <button
          key={label}
          type="button"
          className="menu-item"
          onClick={() => {
            close()
            void act(op, where === 'here' ? at.side : null)
          }}
        >
          {label}
        </button>
      ))}
    </div>
  )
}

function MessageTitle({ side, src, seq }: { side: Side; src: number; seq: number }) {
  const [message, setMessage] = useState<MessageDetail | null | undefined>()
  useEffect(() => {
    let here = true
    void memberOf(side.id)
      ?.client.message(src, seq)
      .then((found) => here && setMessage(found))
      .catch(() => {})
    return () => {
      here = false
    }
  }, [side.id, src, seq])
  if (!message) return <>{message === null ? 'This message has arrived' : 'A message'}</>
  return (
    <>
      {message.kind}{' '}
      <span className="quiet">
        {side.names.agent(message.from)} → {side.names.agent(message.to)}
      </span>
    </>
  )
}
