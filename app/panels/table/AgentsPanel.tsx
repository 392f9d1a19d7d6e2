import './table.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import { engine } from '../../bridge/engine.ts'
import { saveAgents } from '../../bridge/exports.ts'
import { roleWords } from '../../scene/roleWords.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import { agentRow, stateWord } from '../agentRow.ts'
import { countText } from '../format.ts'
import { RoleShape } from '../RoleShape.tsx'
import { AGENT_COLUMNS, orderedAgents, type Order, type RoleWords } from './agentTable.ts'

/** Above so many agents the order is found again only twice a second; what a row says is always of now. */
const MANY = 2_000
const REORDER_MS = 500

/** Every agent as a row of figures, in step with the picture: what the stage shows, for those who read. */
export default function AgentsPanel() {
  const [order, setOrder] = useState<Order>({ column: 'agent', down: false })
  const [query, setQuery] = useState('')
  const programs = useLab((s) => s.stage?.programKinds)
  const words = useMemo(() => roleWords(programs ?? []), [programs])
  const ids = useOrdered(query, order, words)
  return (
    <div className="panel-body panel-list">
      <div className="table-head">
        <input
          className="field"
          type="search"
          aria-label="Find agents"
          placeholder="Name or state"
          value={query}
          onChange={(e) => setQuery(e.currentTarget.value)}
        />
        <Button small onClick={saveAgents} title="All agents and columns as comma-separated values">
          CSV
        </Button>
      </div>
      <div className="agent-table" role="table" aria-label="Agents" aria-rowcount={ids.length + 1}>
        <div role="row" className="agent-table-row agent-table-heads" aria-rowindex={1}>
          <Head id="agent" label="Agent" order={order} onOrder={setOrder} />
          {AGENT_COLUMNS.map(({ id, label, numeric }) => (
            <Head key={id} id={id} label={label} numeric={numeric} order={order} onOrder={setOrder} />
          ))}
        </div>
        <VirtualList
          label="Rows"
          role="rowgroup"
          count={ids.length}
          rowHeight={28}
          row={(i) => <Row key={ids[i]} id={ids[i]!} place={i} words={words} />}
        />
      </div>
      <p className="quiet small table-foot">
        {ids.length === 0 ? 'No agent has these words.' : `${countText(ids.length)} agents, at the time on screen`}
      </p>
    </div>
  )
}

/** One agent as it is now. */
function Row({ id, place, words }: { id: number; place: number; words: RoleWords }) {
  const names = useLab((s) => s.names)
  const selected = useLab((s) => s.selected === id)
  useLab((s) => s.facts.timeUs) // the row is read again when the facts move
  const row = agentRow(engine.client?.frames.acquire() ?? null, id)
  return (
    <div role="row" className="agent-table-row" aria-rowindex={place + 2} data-selected={selected}>
      <span role="rowheader" className="agent-cell">
        <button type="button" className="cell-button" onClick={() => useLab.getState().select(id)}>
          <RoleShape role={row ? stateWord(row) : 'idle'} />
          {names.agent(id)}
        </button>
      </span>
      {AGENT_COLUMNS.map(({ id: column, numeric, text }) => (
        <span role="cell" key={column} className={numeric ? 'agent-cell mono number' : 'agent-cell quiet'}>
          {row && text(row, names.agent, words)}
        </span>
      ))}
    </div>
  )
}

/** Ids in the order asked for, found again as the run moves. */
function useOrdered(query: string, order: Order, words: RoleWords): readonly number[] {
  const stage = useLab((s) => s.stage)
  const names = useLab((s) => s.names)
  const timeUs = useLab((s) => s.facts.timeUs)
  const [ids, setIds] = useState<readonly number[]>([])
  const found = useRef({ wall: -Infinity, asked: '' })
  useEffect(() => {
    const agents = stage?.agents ?? 0
    const asked = `${query}/${order.column}/${order.down}/${agents}`
    const now = performance.now()
    if (agents > MANY && asked === found.current.asked && now - found.current.wall < REORDER_MS) return
    found.current = { wall: now, asked }
    setIds(orderedAgents(engine.client?.frames.acquire() ?? null, agents, names.agent, query, order, words))
  }, [stage, names, query, order, words, timeUs])
  return ids
}

interface HeadProps {
  id: string
  label: string
  numeric?: boolean
  order: Order
  onOrder(order: Order): void
}

/** Sorts by its column, and the other way round when it does already. */
function Head({ id, label, numeric = false, order, onOrder }: HeadProps) {
  const here = order.column === id
  const sort = here ? (order.down ? 'descending' : 'ascending') : 'none'
  return (
    <span role="columnheader" aria-sort={sort} className={numeric ? 'agent-cell number' : 'agent-cell'}>
      <button
        type="button"
        className="cell-button quiet"
        onClick={() => onOrder({ column: id, down: here ? !order.down : numeric })}
      >
        {label}
        <span aria-hidden="true">{here ? (order.down ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </span>
  )
}
