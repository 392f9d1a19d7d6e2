import { useEffect, useState } from 'react'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { assignFields } from '../../engine/scenario/set.ts'
import { openRun } from '../bridge/actions.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { Slider } from '../ui/Slider.tsx'
import { countText } from './format.ts'
import { usePresets } from './Gallery.tsx'
import { SeedField } from './Header.tsx'
import { PARAMETERS, type Setting, type SliderParameter } from './parameters.ts'

/** Another set-up, same seed: the run starts again at the time the scenario opens at. */
async function reopen(scenario: Scenario): Promise<void> {
  await openRun(scenario, { play: true })
}

function apply(scenario: Scenario, settings: readonly Setting[]): void {
  const set = assignFields(scenario, settings)
  if (set.ok) void reopen(set.value)
  else useLab.getState().toast('error', set.error)
}

/** What a scenario of one’s own may be dragged to; beyond that its file says the number. */
const CUSTOM_SIZES = { min: 1, max: 200 }

export default function Parameters() {
  const scenario = useLab((s) => s.scenario)
  const all = usePresets()
  if (!scenario) return null
  const preset = all.find((p) => p.scenario.name === scenario.name)
  const sizes = all.length === 0 ? null : (preset?.sizes ?? CUSTOM_SIZES)
  return (
    <div className="panel-body">
      <p className="quiet small">A change starts the run again with the same seed.</p>
      <SeedField id="seed-panel" />
      {sizes && (
        <SliderRow
          key={`agents/${scenario.swarm.agents}`}
          label="Agents"
          value={scenario.swarm.agents}
          min={sizes.min}
          max={sizes.max}
          step={1}
          log={sizes.max > 40 * sizes.min}
          text={countText}
          onCommit={(agents) => apply(scenario, [['swarm.agents', preset?.withAgents(agents).swarm.agents ?? agents]])}
        />
      )}
      {PARAMETERS.filter((p) => p.applies(scenario)).map((p) =>
        p.type === 'slider' ? (
          <SliderRow
            key={`${p.id}/${p.get(scenario)}`}
            {...p}
            value={p.get(scenario)}
            onCommit={(value) => apply(scenario, p.sets(scenario, value))}
          />
        ) : (
          <div key={p.id} className="parameter">
            <span className="quiet">{p.label}</span>
            <Choices
              label={p.label}
              value={p.get(scenario)}
              options={p.options}
              onChange={(value) => apply(scenario, p.sets(scenario, value))}
            />
          </div>
        ),
      )}
      {preset && (
        <Button className="wide" onClick={() => void reopen({ ...preset.scenario, seed: scenario.seed })}>
          As the scenario came
        </Button>
      )}
    </div>
  )
}

type RowProps = Pick<SliderParameter, 'label' | 'min' | 'max' | 'step' | 'text'> & {
  log?: boolean
  value: number
  onCommit(value: number): void
}

/** Moves freely; the run starts again only when the person lets go. */
function SliderRow({ label, min, max, step, log, value, text, onCommit }: RowProps) {
  const [now, setNow] = useState(value)
  useEffect(() => setNow(value), [value])
  const scale = log ? Math.log : (x: number) => x
  const back = log ? (x: number) => Math.round(Math.exp(x)) : (x: number) => x
  const clamp = (x: number): number => Math.min(max, Math.max(min, x))
  return (
    <div className="parameter">
      <div className="parameter-head">
        <span className="quiet">{label}</span>
        <output className="mono">{text(now)}</output>
      </div>
      <Slider
        label={label}
        min={scale(min)}
        max={scale(max)}
        step={log ? 0.01 : step}
        value={scale(clamp(now))}
        valueText={text(now)}
        onChange={(x) => setNow(clamp(back(x)))}
        onCommit={(x) => {
          const wanted = clamp(back(x))
          if (wanted !== value) onCommit(wanted)
        }}
      />
    </div>
  )
}
