import './table.css'
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { Frame } from '../../../engine/frame/frame.ts'
import { engine } from '../../bridge/engine.ts'
import { saveAgents } from '../../bridge/exports.ts'
import { roleWords } from '../../scene/roleWords.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import { agentRow, stateWord } from '../agentRow.ts'
import { countText } from '../format.ts'
import { RoleShape } from '../RoleShape.tsx'
import { AGENT_COLUMNS, orderedAgents, type Order } from './agentTable.ts'

const BodiesTable = lazy(() => import('../space/BodiesTable.tsx'))

/** Above so many agents the order is found again only twice a second; what a row says is always of now. */
const MANY = 2_000
const REORDER_MS = 500
/** And above so many every few seconds. */
const CROWD = 20_000
const REORDER_CROWD_MS = 3_000

/** Every agent as a row of figures, in step with the picture: what the stage shows, for those who read. */
export default function AgentsPanel() {
  const isSpace = useLab((s) => (s.stage?.space ?? null) !== null)
  if (!isSpace) return <NetworkTable />
  return (
    <Suspense>
      <BodiesTable />
    </Suspense>
  )
}

function NetworkTable() {
  const programs = useLab((s) => s.stage?.programKinds)
  const names = useLab((s) => s.names)
  const table = useMemo((): AgentTable => {
    const words = roleWords(programs ?? [])
    return {
      columns: AGENT_COLUMNS.map(({ id, label, numeric, text }) => ({
        ...{ id, label, numeric },
        text: (frame, agent) => {
          const row = agentRow(frame, agent)
          return row ? text(row, names.agent, words) : ''
        },
      })),
      shape: (frame, agent) => {
        const row = agentRow(frame, agent)
        return <RoleShape role={row ? stateWord(row) : 'idle'} />
      },
      ordered: (frame, agents, query, order) => orderedAgents(frame, agents, names.agent, query, order, words),
    }
  }, [programs, names])
  return <TableOf table={table} />
}

/** What a table of agents says in its columns, and in which order. */
export interface AgentTable {
  readonly columns: readonly {
    readonly id: string
    readonly label: string
    readonly numeric: boolean
    text(frame: Frame | null, agent: number): string
  }[]
  shape(frame: Frame | null, agent: number): ReactNode
  ordered(frame: Frame | null, agents: number, query: string, order: Order): ArrayLike<number>
}

export function TableOf({ table, className = '' }: { table: AgentTable; className?: string }) {
  const [order, setOrder] = useState<Order>({ column: 'agent', down: false })
  const [query, setQuery] = useState('')
  const ids = useOrdered(query, order, table)
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
      <div className={`agent-table ${className}`} role="table" aria-label="Agents" aria-rowcount={ids.length + 1}>
        <div role="row" className="agent-table-row agent-table-heads" aria-rowindex={1}>
          <Head id="agent" label="Agent" order={order} onOrder={setOrder} />
          {table.columns.map(({ id, label, numeric }) => (
            <Head key={id} id={id} label={label} numeric={numeric} order={order} onOrder={setOrder} />
          ))}
        </div>
        <VirtualList
          label="Rows"
          role="rowgroup"
          count={ids.length}
          rowHeight={28}
          row={(i) => <Row key={ids[i]} id={ids[i]!} place={i} table={table} />}
        />
      </div>
      <p className="quiet small table-foot">
        {ids.length === 0 ? 'No agent has these words.' : `${countText(ids.length)} agents, at the time on screen`}
      </p>
    </div>
  )
}

/** One agent as it is now. */
function Row({ id, place, table }: { id: number; place: number; table: AgentTable }) {
  const names = useLab((s) => s.names)
  const selected = useLab((s) => s.selected === id)
  useLab((s) => s.facts.timeUs) // the row is read again when the facts move
  const frame = engine.client?.frames.acquire() ?? null
  return (
    <div role="row" className="agent-table-row" aria-rowindex={place + 2} data-selected={selected}>
      <span role="rowheader" className="agent-cell">
        <button type="button" className="cell-button" onClick={() => useLab.getState().select(id)}>
          {table.shape(frame, id)}
          {names.agent(id)}
        </button>
      </span>
      {table.columns.map(({ id: column, numeric, text }) => (
        <span role="cell" key={column} className={numeric ? 'agent-cell mono number' : 'agent-cell quiet'}>
          {text(frame, id)}
        </span>
      ))}
    </div>
  )
}

/** Ids in the order asked for, found again as the run moves. */
function useOrdered(query: string, order: Order, table: AgentTable): ArrayLike<number> {
  const stage = useLab((s) => s.stage)
  const timeUs = useLab((s) => s.facts.timeUs)
  const [ids, setIds] = useState<ArrayLike<number>>([])
  const found = useRef({ wall: -Infinity, asked: '' })
  useEffect(() => {
    const agents = stage?.agents ?? 0
    const asked = `${query}/${order.column}/${order.down}/${agents}`
    const now = performance.now()
    const often = agents > CROWD ? REORDER_CROWD_MS : REORDER_MS
    if (agents > MANY && asked === found.current.asked && now - found.current.wall < often) return
    found.current = { wall: now, asked }
    setIds(table.ordered(engine.client?.frames.acquire() ?? null, agents, query, order))
  }, [stage, query, order, table, timeUs])
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
