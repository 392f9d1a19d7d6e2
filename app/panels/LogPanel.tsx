import { useMemo, useState } from 'react'
import type { Key } from '../../engine/kernel/key.ts'
import { keyText } from '../../engine/kernel/key.ts'
import { jumpTo, why } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import type { CauseLink } from '../../workers/protocol.ts'
import { Button } from '../ui/Button.tsx'
import { Select } from '../ui/Select.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import { clockText } from './format.ts'
import { FILTER_NAMES, lineOf, LOG_FILTERS, selectLines, type LogFilter } from './logLines.ts'
import { useElectorate } from './useCaption.ts'

interface Chain {
  readonly title: string
  readonly links: readonly CauseLink[]
}

export default function LogPanel() {
  const [filter, setFilter] = useState<LogFilter>('news')
  const [query, setQuery] = useState('')
  const [onlySelected, setOnlySelected] = useState(false)
  const [chain, setChain] = useState<Chain | null>(null)
  const log = useLab((s) => s.marks)
  const names = useLab((s) => s.names)
  const selected = useLab((s) => s.selected)
  const electorate = useElectorate()
  const marks = filter === 'news' ? log.headlines : log.recent
  const agent = onlySelected ? selected : null
  const rows = useMemo(() => {
    const list = filter === 'news' ? log.headlines : log.recent
    return selectLines(list, filter, query, agent, (i) => lineOf(list, i, names, electorate))
  }, [log, filter, query, agent, names, electorate])
  if (chain) return <WhyChain chain={chain} onBack={() => setChain(null)} />
  return (
    <div className="panel-body panel-list">
      <div className="filters">
        <Select
          label="Which events"
          value={filter}
          options={LOG_FILTERS.map((f) => ({ value: f, label: FILTER_NAMES[f] }))}
          onChange={(f) => setFilter(f)}
        />
        <input
          className="field"
          type="search"
          aria-label="Find in the log"
          placeholder="Find"
          value={query}
          onChange={(e) => setQuery(e.currentTarget.value)}
        />
      </div>
      {selected !== null && (
        <label className="check-line">
          <input type="checkbox" checked={onlySelected} onChange={(e) => setOnlySelected(e.currentTarget.checked)} />
          only {names.agent(selected)}
        </label>
      )}
      {rows.length === 0 && <p className="quiet">Nothing of this kind has happened yet.</p>}
      <VirtualList
        label="Event log"
        count={rows.length}
        rowHeight={46}
        follow
        row={(r) => {
          const i = rows[r]!
          const mark = marks[i]!
          const line = lineOf(marks, i, names, electorate)
          const ask = async (): Promise<void> => setChain({ title: line, links: await why(mark.key) })
          return (
            <div key={`${keyText(mark.key)}/${mark.index}`} role="listitem" className="log-row">
              <button type="button" className="row-button log-line" title={line} onClick={() => void jumpTo(mark.key)}>
                <span className="mono quiet">{clockText(mark.key.time)}</span>
                <span className="log-text">{line}</span>
              </button>
              <Button small look="quiet" aria-label={`Why: ${line}`} onClick={() => void ask()}>
                why
              </Button>
            </div>
          )
        }}
      />
    </div>
  )
}

/** The causes of one event, newest first; each link leads to its moment. */
function WhyChain({ chain, onBack }: { chain: Chain; onBack(): void }) {
  return (
    <div className="panel-body">
      <Button small look="quiet" className="back-link" onClick={onBack}>
        ‹ All events
      </Button>
      <h3 className="why-title">Why: {chain.title}</h3>
      {chain.links.length === 0 && <p className="quiet">Its causes are older than what is kept.</p>}
      <ol className="why">
        {chain.links.map((link) => (
          <li key={keyText(link.key)}>
            <CauseRow at={link.key} what={link.what} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function CauseRow({ at, what }: { at: Key; what: string }) {
  return (
    <button type="button" className="row-button log-line" onClick={() => void jumpTo(at)}>
      <span className="mono quiet">{clockText(at.time)}</span>
      <span className="log-text">{what}</span>
    </button>
  )
}
