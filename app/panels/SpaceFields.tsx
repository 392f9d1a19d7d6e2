import { useEffect, useRef } from 'react'
import type { FaultArg } from '../../engine/faults/index.ts'
import type { Disc, Whom } from '../../engine/scenario/Scenario.ts'
import { useLab } from '../state/lab.ts'
import type { Placing } from '../state/placing.ts'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { Select } from '../ui/Select.tsx'
import { Slider } from '../ui/Slider.tsx'
import type { Scale } from './scales.ts'
import {
  lengthText,
  modeOf,
  radiusScale,
  sideScale,
  whomOf,
  windScale,
  type Vector,
  type WhomMode,
  type World,
} from './spaceForm.ts'

type WordArg = Extract<FaultArg, { kind: 'word' }>

export function WordField({ arg, value, onChange }: { arg: WordArg; value: string; onChange(value: string): void }) {
  return (
    <div className="parameter">
      <span className="quiet">{arg.label}</span>
      <Select label={arg.label} value={value} options={arg.of} onChange={onChange} />
      <p className="quiet small">{arg.of.find((word) => word.value === value)?.help}</p>
    </div>
  )
}

interface RowProps {
  label: string
  value: number
  scale: Scale
  unit?: string
  centred?: boolean
  text?: string
  onChange(value: number): void
}

function Row({ label, value, scale, unit = '', centred = false, text, onChange }: RowProps) {
  const said = text ?? `${lengthText(value)}${unit}`
  return (
    <div className="parameter">
      <div className="parameter-head">
        <span className="quiet">{label}</span>
        <output className="mono">{said}</output>
      </div>
      <Slider
        label={label}
        min={0}
        max={1}
        step={0.005}
        value={scale.position(value)}
        valueText={said}
        centred={centred}
        onChange={(x) => onChange(scale.value(x))}
      />
    </div>
  )
}

export interface PlaceFieldProps {
  /** What is put there. */
  what: string
  /** What a click on the stage does, for the button. */
  deed: string
  disc: Disc
  world: World
  onChange(disc: Disc): void
  /** A click on the stage does more than to fill in the place. */
  onPlaced?: ((disc: Disc) => void) | undefined
}

/** A disc by a click on the stage, or by its figures. */
export function PlaceField({ what, deed, disc, world, onChange, onPlaced }: PlaceFieldProps) {
  const [isArmed, toggle] = usePlacing(what, disc.radius, (x, y) => {
    const placed = { ...disc, x: Number(x.toPrecision(4)), y: Number(y.toPrecision(4)) }
    onChange(placed)
    onPlaced?.(placed)
  })
  return (
    <>
      <Button className={isArmed ? 'place-button chosen' : 'place-button'} aria-pressed={isArmed} onClick={toggle}>
        {isArmed ? 'Click the ground, or Escape' : onPlaced ? deed : 'Choose on the stage'}
      </Button>
      <Row label="x" value={disc.x} scale={sideScale(world.width)} onChange={(x) => onChange({ ...disc, x })} />
      <Row label="y" value={disc.y} scale={sideScale(world.height)} onChange={(y) => onChange({ ...disc, y })} />
      {disc.z !== undefined && (
        <Row label="z" value={disc.z} scale={sideScale(world.depth)} onChange={(z) => onChange({ ...disc, z })} />
      )}
      <Row
        label="Radius"
        value={disc.radius}
        scale={radiusScale(world)}
        onChange={(radius) => onChange({ ...disc, radius })}
      />
    </>
  )
}

/** Whether the next click on the ground is ours, and a way to ask for it or not. */
function usePlacing(what: string, radius: number, onPlace: Placing['onPlace']): readonly [boolean, () => void] {
  const placing = useLab((s) => s.placing)
  const { startPlacing } = useLab.getState()
  const ours = useRef<Placing | null>(null)
  const latest = useRef(onPlace)
  latest.current = onPlace
  const isArmed = placing !== null && placing === ours.current
  const arm = (): void => {
    ours.current = { what, radius, onPlace: (x, y) => latest.current(x, y) }
    startPlacing(ours.current)
  }
  // What the pointer shows has the size that the form says.
  useEffect(() => {
    if (isArmed && ours.current?.radius !== radius) arm()
  })
  useEffect(() => {
    if (!isArmed) return
    const onKey = (e: KeyboardEvent): void => {
      if (e.key === 'Escape') startPlacing(null)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [isArmed, startPlacing])
  const toggle = (): void => {
    if (isArmed) return startPlacing(null)
    arm()
    // On a small screen the panel lies over the ground.
    if (!matchMedia('(max-width: 760px)').matches) return
    useLab.getState().closePanels()
    useLab.getState().toast('note', 'Tap the ground where it goes.', 'placing')
  }
  return [isArmed, toggle]
}

export interface WhomFieldProps {
  label: string
  whom: Whom
  world: World
  selected: number | null
  onChange(whom: Whom): void
  onPlaced?: ((whom: Whom) => void) | undefined
}

const SHARE: Scale = { position: (v) => v, value: (x) => Math.round(100 * x) / 100 }

/** Bodies around a place, a share of all, or the selected one. */
export function WhomField({ label, whom, world, selected, onChange, onPlaced }: WhomFieldProps) {
  const names = useLab((s) => s.names)
  const mode = modeOf(whom)
  const agent = 'agents' in whom ? whom.agents[0]! : selected
  const options: { value: WhomMode; label: string }[] = [
    { value: 'place', label: 'around a place' },
    { value: 'share', label: 'a share' },
  ]
  if (agent !== null)
    options.push({
      value: 'agents',
      label: 'agents' in whom && whom.agents.length > 1 ? `${whom.agents.length} agents` : names.agent(agent),
    })
  return (
    <>
      <div className="parameter">
        <span className="quiet">{label}</span>
        <Choices<WhomMode>
          label={label}
          value={mode}
          options={options}
          onChange={(next) => next !== mode && onChange(whomOf(next, world, agent))}
        />
      </div>
      {'disc' in whom && (
        <PlaceField
          what="Harm"
          deed="Harm by a click on the stage"
          disc={whom.disc}
          world={world}
          onChange={(disc) => onChange({ disc })}
          onPlaced={onPlaced && ((disc) => onPlaced({ disc }))}
        />
      )}
      {'share' in whom && (
        <Row
          label="Share of all"
          value={whom.share}
          scale={SHARE}
          text={`${Math.round(100 * whom.share)} %`}
          onChange={(share) => onChange({ share })}
        />
      )}
    </>
  )
}

/** A wind: how fast it carries along each axis, both ways. */
export function VectorField({ vector, world, onChange }: { vector: Vector; world: World; onChange(v: Vector): void }) {
  const row = (axis: 'x' | 'y' | 'z') => (
    <Row
      label={`Along ${axis}`}
      value={vector[axis] ?? 0}
      scale={windScale(world)}
      unit=" units/s"
      centred
      onChange={(value) => onChange({ ...vector, [axis]: value })}
    />
  )
  return (
    <>
      {row('x')}
      {row('y')}
      {vector.z !== undefined && row('z')}
    </>
  )
}
