import { useEffect, useMemo, useState } from 'react'
import { openRun } from '../bridge/actions.ts'
import { presets, type Preset } from '../bridge/catalog.ts'
import { useLab } from '../state/lab.ts'
import { FileButtons } from './files/FileButtons.tsx'
import './files/files.css'
import { OwnList } from './files/OwnList.tsx'
import { RecentList } from './files/RecentList.tsx'
import { useLibrary } from './files/useLibrary.ts'

const GROUPS: { readonly [group: string]: string } = {
  agreement: 'Agreement',
  coordination: 'Coordination',
  network: 'Network',
  movement: 'Movement',
  work: 'Work',
  custom: 'Your own',
}

const wordsOf = (query: string): readonly string[] => query.toLowerCase().split(/\s+/).filter(Boolean)
const hasAll = (words: readonly string[], text: string): boolean => words.every((w) => text.toLowerCase().includes(w))

/** Groups in their fixed order, each with the presets whose title, name or description has every word of `query`. */
export function findScenarios(
  all: readonly Preset[],
  query: string,
): readonly (readonly [string, readonly Preset[]])[] {
  const words = wordsOf(query)
  const hits = all.filter((p) => {
    return hasAll(words, `${p.scenario.title} ${p.scenario.name} ${p.scenario.group} ${p.info.what}`)
  })
  return Object.keys(GROUPS)
    .map((group) => [GROUPS[group]!, hits.filter((p) => p.scenario.group === group)] as const)
    .filter(([, list]) => list.length > 0)
}

export function usePresets(): readonly Preset[] {
  const [all, setAll] = useState<readonly Preset[]>([])
  useEffect(() => {
    let here = true
    void presets().then((list) => here && setAll(list))
    return () => {
      here = false
    }
  }, [])
  return all
}

export default function Gallery() {
  const all = usePresets()
  const [query, setQuery] = useState('')
  const current = useLab((s) => s.scenario?.name)
  const groups = useMemo(() => findScenarios(all, query), [all, query])
  const { own, recent, readAt } = useLibrary()
  const taken = useMemo(() => all.map((p) => p.scenario.name), [all])
  const words = wordsOf(query)
  const mine = own.filter(({ title, scenario }) => hasAll(words, `${title} ${scenario.name}`))
  const before = recent.filter(({ run }) => hasAll(words, `${run.scenario.title} ${run.scenario.seed}`))
  return (
    <>
      <div className="panel-body">
        <input
          className="field"
          type="search"
          aria-label="Search scenarios"
          placeholder={`Search ${all.length} scenarios`}
          value={query}
          onChange={(e) => setQuery(e.currentTarget.value)}
        />
        {before.length > 0 && (
          <details className="group recent" open={words.length > 0 || undefined}>
            <summary>Recent runs</summary>
            <RecentList recent={before} now={readAt} />
          </details>
        )}
        {own.length > 0 && (
          <section className="group">
            <h3>{GROUPS['custom']}</h3>
            <OwnList own={mine} taken={taken} current={current} />
          </section>
        )}
        {groups.map(([title, list]) => (
          <section key={title} className="group">
            <h3>{title}</h3>
            <ul>
              {list.map((p) => (
                <li key={p.scenario.name}>
                  <button
                    type="button"
                    className="row-button scenario-row"
                    aria-current={p.scenario.name === current}
                    onClick={() => void openRun(p.scenario, { timeUs: p.openAtUs ?? 0, play: true })}
                  >
                    <span className={`scenario-dot dot-${p.scenario.group}`} aria-hidden="true" />
                    <span className="row-main">{p.scenario.title}</span>
                    {all.indexOf(p) < 9 && (
                      <kbd className="mono quiet" title={`Key ${all.indexOf(p) + 1}`}>
                        {all.indexOf(p) + 1}
                      </kbd>
                    )}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {all.length > 0 && groups.length + mine.length + before.length === 0 && (
          <p className="quiet">No scenario has all of these words.</p>
        )}
        <p className="quiet small hint">Drop a scenario file on the page, or paste a link or a code anywhere.</p>
      </div>
      <FileButtons taken={taken} />
    </>
  )
}
