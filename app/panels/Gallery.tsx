import { useEffect, useMemo, useState } from 'react'
import { openRun } from '../bridge/actions.ts'
import { presets, type Preset } from '../bridge/catalog.ts'
import { useLab } from '../state/lab.ts'

const GROUPS: { readonly [group: string]: string } = {
  agreement: 'Agreement',
  coordination: 'Coordination',
  network: 'Network',
  movement: 'Movement',
  work: 'Work',
  custom: 'Your own',
}

/** Groups in their fixed order, each with the presets whose title, name or description has every word of `query`. */
export function findScenarios(
  all: readonly Preset[],
  query: string,
): readonly (readonly [string, readonly Preset[]])[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const hits = all.filter((p) => {
    const text = `${p.scenario.title} ${p.scenario.name} ${p.scenario.group} ${p.info.what}`.toLowerCase()
    return words.every((w) => text.includes(w))
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
  return (
    <div className="panel-body">
      <input
        className="field"
        type="search"
        aria-label="Search scenarios"
        placeholder={`Search ${all.length} scenarios`}
        value={query}
        onChange={(e) => setQuery(e.currentTarget.value)}
      />
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
                  <kbd className="mono quiet" title={`Key ${all.indexOf(p) + 1}`}>
                    {all.indexOf(p) + 1}
                  </kbd>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {all.length > 0 && groups.length === 0 && <p className="quiet">No scenario has all of these words.</p>}
      <p className="quiet small hint">Drop a scenario file on the page, or paste a link or a code anywhere.</p>
    </div>
  )
}
