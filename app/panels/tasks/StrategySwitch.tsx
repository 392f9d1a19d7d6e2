import { useMemo } from 'react'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { command } from '../../bridge/actions.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { isLive, scenarioAt, setOps } from '../liveParameters.ts'
import { MAIN_STRATEGIES, strategyOf } from './strategies.ts'
import { strategyWords } from './strategyWords.ts'

/** How work is shared out: changed while the run goes on, or set beside another way from the start. */
export function StrategySwitch({ scenario }: { scenario: Scenario }) {
  const log = useLab((s) => s.facts.log)
  const timeUs = useLab((s) => s.facts.timeUs)
  const parameter = useMemo(() => strategyOf(scenario), [scenario])
  if (parameter === null) return null
  const now = parameter.get(scenarioAt(scenario, log, timeUs))
  const change = async (strategy: string): Promise<void> => {
    for (const op of setOps(parameter.sets(scenario, strategy)) ?? []) if (!(await command(op))) return
  }
  const options = parameter.options.map(({ value }) => ({ value, label: strategyWords(value) }))
  const others = MAIN_STRATEGIES.filter((s) => s !== now && options.some(({ value }) => value === s))
  return (
    <section className="group" aria-label="How work is shared out">
      <h3>Who gets the next task</h3>
      {isLive(parameter) && (
        <Select label="Who gets the next task" value={now} options={options} onChange={(s) => void change(s)} />
      )}
      <div className="compare-chips" role="group" aria-label="Compare with">
        <span className="quiet small">Set beside</span>
        {others.map((strategy) => (
          <Button key={strategy} small onClick={() => void beside(parameter.sets(scenario, strategy))}>
            {strategyWords(strategy)}
          </Button>
        ))}
      </div>
    </section>
  )
}

async function beside(settings: readonly (readonly [string, unknown])[]): Promise<void> {
  const { wishFor } = await import('../../bridge/compareWork.ts')
  wishFor(settings)
  useLab.getState().openDialog('compare')
}
