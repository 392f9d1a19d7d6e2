import './space.css'
import { useMemo } from 'react'
import { useLab } from '../../state/lab.ts'
import { RoleShape } from '../RoleShape.tsx'
import { TableOf, type AgentTable } from '../table/AgentsPanel.tsx'
import { DartShape } from './BodyShapes.tsx'
import { BODY_TABLE, orderedBodies } from './bodyTable.ts'

const DOWN = 2

/** Bodies as rows: place, heading, speed, group and state of each. */
export default function BodiesTable() {
  const space = useLab((s) => s.stage?.space ?? null)
  const table = useMemo(
    (): AgentTable => ({
      columns: BODY_TABLE.map(({ id, label, numeric, text }) => ({
        ...{ id, label, numeric },
        text: (frame, agent) => (frame?.bodies && space ? text(frame.bodies, agent, space) : ''),
      })),
      shape: (frame, agent) =>
        frame?.bodies?.status[agent] === DOWN ? <RoleShape role="crashed" /> : <DartShape colour="var(--quiet)" />,
      ordered: (frame, agents, query, order) =>
        space ? orderedBodies(frame, agents, space, query, order) : new Uint32Array(0),
    }),
    [space],
  )
  return <TableOf table={table} className="agent-table-bodies" />
}
