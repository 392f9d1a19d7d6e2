import { lazy, Suspense, useMemo, useReducer } from 'react'
import { engine } from '../bridge/engine.ts'
import { roleWords } from '../scene/roleWords.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import { agentRow, stateWord, type AgentRow } from './agentRow.ts'
import { EditableValue } from './EditableValue.tsx'
import { clockText, countText, durationText } from './format.ts'
import { PlainTree } from './PlainTree.tsx'
import { RoleShape } from './RoleShape.tsx'
import { handNotes, pendingNotes } from './stateEdit.ts'
import { usePolled } from './usePolled.ts'

const BodySection = lazy(() => import('./space/BodySection.tsx'))

export default function Inspector() {
  const selected = useLab((s) => s.selected)
  return selected === null ? <AgentTable /> : <Agent key={selected} id={selected} />
}

/** Every agent as a row, in step with the picture; heads of groups first. */
function AgentTable() {
  const stage = useLab((s) => s.stage)
  const names = useLab((s) => s.names)
  const select = useLab((s) => s.select)
  const words = useRoleWords()
  useLab((s) => s.facts.timeUs) // rows are read again when the facts move
  const order = useMemo(() => {
    const ids = Array.from({ length: stage?.agents ?? 0 }, (_, i) => i)
    return stage ? ids.sort((a, b) => stage.level[a]! - stage.level[b]! || a - b) : ids
  }, [stage])
  const frame = engine.client?.frames.acquire() ?? null
  return (
    <div className="panel-body panel-list">
      <p className="quiet small">Select an agent here or on the stage.</p>
      <VirtualList
        label="Agents"
        count={order.length}
        rowHeight={32}
        row={(i) => {
          const id = order[i]!
          const row = agentRow(frame, id)
          return (
            <div role="listitem" key={id}>
              <button type="button" className="row-button agent-row" onClick={() => select(id)}>
                <RoleShape role={row ? stateWord(row) : 'idle'} />
                <span className="row-main">{names.agent(id)}</span>
                <span className="mono quiet">{row ? summary(row, words) : ''}</span>
              </button>
            </div>
          )
        }}
      />
    </div>
  )
}

function summary(row: AgentRow, words: ReadonlyMap<string, string>): string {
  const word = words.get(stateWord(row)) ?? stateWord(row)
  return row.lastIndex > 0 ? `${word} · ${row.lastIndex}` : word
}

/** What each role means in the programs of this run, as the legend says it. */
function useRoleWords(): ReadonlyMap<string, string> {
  const programs = useLab((s) => s.stage?.programKinds)
  return useMemo(() => roleWords(programs ?? []), [programs])
}

function Agent({ id }: { id: number }) {
  const names = useLab((s) => s.names)
  const select = useLab((s) => s.select)
  const group = useLab((s) => s.stage?.group[id])
  const timeUs = useLab((s) => s.facts.timeUs)
  const space = useLab((s) => s.stage?.space ?? null)
  const programs = useLab((s) => s.stage?.programs[id] ?? 0)
  const row = agentRow(engine.client?.frames.acquire() ?? null, id)
  const detail = usePolled(`agent ${id}`, 400, (client) => client.inspect(id))
  return (
    <div className="panel-body">
      <div className="agent-head">
        <h3 className="agent-name">{names.agent(id)}</h3>
        {!names.agent(id).endsWith(` ${id}`) && <span className="mono quiet">#{id}</span>}
        <span className="spacer" />
        <Button small look="quiet" onClick={() => engine.stage?.focus(id)}>
          Look at
        </Button>
        {space && <Follow />}
        <Button small look="quiet" onClick={() => select(null)}>
          All agents
        </Button>
      </div>
      <HandNotes id={id} />
      {space && detail?.body && (
        <Suspense>
          <BodySection body={detail.body} space={space} status={detail.status} />
        </Suspense>
      )}
      {row && (space === null || programs !== 0) && (
        <Facts row={row} group={group === undefined ? null : names.group(group)} name={names.agent} />
      )}
      {detail && (space === null || programs !== 0) && (
        <>
          <section className="group">
            <h3>Waiting</h3>
            <dl>
              {detail.timers.map((t) => (
                <Pair
                  key={`${t.program}/${t.name}`}
                  name={`${t.name} timer`}
                  value={`in ${durationText(t.dueUs - timeUs)}`}
                />
              ))}
              <Pair name="writes not yet on disk" value={`${detail.pendingWrites}`} />
              <Pair name="boots before this one" value={`${detail.incarnation}`} />
            </dl>
          </section>
          {detail.programs.map((p) => (
            <section key={p.kind} className="group">
              <h3>{p.kind}</h3>
              <dl>
                <PlainTree
                  name="state"
                  value={p.state}
                  leaf={(path, value, text) => (
                    <EditableValue agent={id} program={p.kind} path={path} value={value} text={text} />
                  )}
                />
                {p.disk !== null && <PlainTree name="disk" value={p.disk} depth={1} />}
              </dl>
            </section>
          ))}
        </>
      )}
    </div>
  )
}

/** The camera goes along with the selected body. */
function Follow() {
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const on = engine.stage?.isFollowing() ?? false
  return (
    <Button
      small
      look="quiet"
      aria-pressed={on}
      onClick={() => {
        engine.stage?.follow()
        redraw()
      }}
    >
      Follow
    </Button>
  )
}

/** What a person has changed in this agent: checks and readers must know that it is no longer its own work. */
function HandNotes({ id }: { id: number }) {
  const marks = useLab((s) => s.marks)
  const timeUs = useLab((s) => s.facts.timeUs)
  const log = useLab((s) => s.facts.log)
  const notes = [...pendingNotes(log, marks.headlines, id, timeUs), ...handNotes(marks.headlines, id, timeUs)]
  if (notes.length === 0) return null
  return (
    <div className="hand-notes small" role="note" aria-label="Changed by hand">
      <strong>Changed by hand</strong>
      {notes.map((note, i) => (
        <p key={i} className={note.refused ? 'refused' : undefined}>
          <span className="mono quiet">{clockText(note.atUs)}</span> {note.sentence}
        </p>
      ))}
    </div>
  )
}

function Facts({ row, group, name }: { row: AgentRow; group: string | null; name: (id: number) => string }) {
  const logs = row.lastIndex > 0 || row.commitIndex > 0
  const words = useRoleWords()
  return (
    <dl>
      <div className="pair">
        <dt>role</dt>
        <dd className="mono role-value">
          <RoleShape role={stateWord(row)} />
          {words.get(stateWord(row)) ?? stateWord(row)}
        </dd>
      </div>
      {group && <Pair name="group" value={group} />}
      {row.follows >= 0 && <Pair name="follows" value={name(row.follows)} />}
      {row.term > 0 && <Pair name="term" value={countText(row.term)} />}
      {row.votes > 0 && <Pair name="votes" value={countText(row.votes)} />}
      {logs && <Pair name="last index" value={countText(row.lastIndex)} />}
      {logs && <Pair name="committed" value={countText(row.commitIndex)} />}
      {logs && <Pair name="durable" value={countText(row.durableIndex)} />}
      <Pair name="load" value={`${Math.round(100 * row.load)} %`} />
      <Pair name="inbox" value={countText(row.inbox)} />
    </dl>
  )
}

export function Pair({ name, value }: { name: string; value: string }) {
  return (
    <div className="pair">
      <dt>{name}</dt>
      <dd className="mono">{value}</dd>
    </div>
  )
}
