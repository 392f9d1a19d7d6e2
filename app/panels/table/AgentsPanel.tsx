import './table.css'
import { useMemo, useRef, useState } from 'react'
import { engine } from '../../bridge/engine.ts'
import { saveAgents } from '../../bridge/exports.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import { agentRow, stateWord } from '../agentRow.ts'
import { countText } from '../format.ts'
import { RoleShape } from '../RoleShape.tsx'
import { AGENT_COLUMNS, orderedAgents, type Order } from './agentTable.ts'

/** Above so many agents the order is found again only twice a second; what a row says is always of now. */
const MANY = 2_000
const REORDER_MS = 500

/** Every agent as a row of figures, in step with the picture: what the stage shows, for those who read. */
export default function AgentsPanel() {
  const [order, setOrder] = useState<Order>({ column: 'agent', down: false })
  const [query, setQuery] = useState('')
  const selected = useLab((s) => s.selected)
  const select = useLab((s) => s.select)
  const names = useLab((s) => s.names)
  const frame = engine.client?.frames.acquire() ?? null
  const ids = useOrdered(query, order)
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
          row={(i) => {
            const id = ids[i]!
            const row = agentRow(frame, id)
            return (
              <div
                role="row"
                key={id}
                className="agent-table-row"
                aria-rowindex={i + 2}
                data-selected={id === selected}
              >
                <span role="rowheader" className="agent-cell">
                  <button type="button" className="cell-button" onClick={() => select(id)}>
                    <RoleShape role={row ? stateWord(row) : 'idle'} />
                    {names.agent(id)}
                  </button>
                </span>
                {AGENT_COLUMNS.map((column) => (
                  <span
                    role="cell"
                    key={column.id}
                    className={column.numeric ? 'agent-cell mono number' : 'agent-cell quiet'}
                  >
                    {row && column.text(row, names.agent)}
                  </span>
                ))}
              </div>
            )
          }}
        />
      </div>
      <p className="quiet small table-foot">
        {ids.length === 0 ? 'No agent has these words.' : `${countText(ids.length)} agents, at the time on screen`}
      </p>
    </div>
  )
}

/** Ids in the order asked for, found again as the run moves. */
function useOrdered(query: string, order: Order): readonly number[] {
  const stage = useLab((s) => s.stage)
  const names = useLab((s) => s.names)
  const timeUs = useLab((s) => s.facts.timeUs)
  const found = useRef({ wall: 0, key: '', ids: [] as readonly number[] })
  return useMemo(() => {
    const agents = stage?.agents ?? 0
    const key = `${query}/${order.column}/${order.down}/${agents}`
    const now = performance.now()
    const last = found.current
    if (agents > MANY && key === last.key && now - last.wall < REORDER_MS) return last.ids
    const frame = engine.client?.frames.acquire() ?? null
    const ids = orderedAgents(frame, agents, names.agent, query, order)
    found.current = { wall: now, key, ids }
    return ids
    // The frame is not state: the time says that there is another.
  }, [stage, names, query, order, timeUs])
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
