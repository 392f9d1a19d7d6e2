import './space.css'
import { useEffect, useState } from 'react'
import { engine } from '../../bridge/engine.ts'
import { useMedia } from '../../bridge/media.ts'
import type { Command, SpaceSpec } from '../../../engine/scenario/Scenario.ts'
import type { SpaceInfo, StageInfo } from '../../../workers/protocol.ts'
import { coloursOf, colourOf, layerOf, showsBodies, useLook, type BodyColour } from '../../scene/bodies/look.ts'
import { CATEGORIES, DIRECTIONS, fieldRamp, gradient, ON_FIELD, valueAt, VIRIDIS } from '../../scene/bodies/ramp.ts'
import { AFFLICTIONS, figure } from '../../scene/bodies/words.ts'
import { gridCell } from '../../scene/bodies/world.ts'
import { roleWords } from '../../scene/roleWords.ts'
import { useLab } from '../../state/lab.ts'
import { RoleShape } from '../RoleShape.tsx'
import { AfflictionShape, DEAD, DartShape } from './BodyShapes.tsx'

const COLOUR_WORDS: { readonly [C in BodyColour]: string } = {
  state: 'what they do',
  group: 'group',
  heading: 'direction',
  speed: 'speed',
  role: 'role',
  none: 'all alike',
}
const EVERY_MS = 250

/** What the colours of bodies and fields mean, and what else they could mean. */
export default function BodyLegend({ info, space }: { info: StageInfo; space: SpaceSpec }) {
  const theme = useLab((s) => s.theme)
  const light = useMedia('(prefers-color-scheme: light)')
  const look = useLook()
  const log = useLab((s) => s.facts.log)
  const shade = theme === 'system' ? (light ? 'light' : 'dark') : theme
  const words = info.space!
  return (
    <div className="legend legend-space quiet">
      <Colours info={info} colour={colourOf(info, space.kind, look.colour)} shade={shade} />
      {afflictionsIn(log).map((shape) => (
        <span key={shape.word} className="legend-item">
          <AfflictionShape shape={shape.shape} />
          {shape.word}
        </span>
      ))}
      {words.layers.length > 0 && <Field words={words} layer={layerOf(info, look.layer)} shade={shade} />}
      <span className="legend-item legend-world">{worldText(space)}</span>
    </div>
  )
}

type Shade = 'dark' | 'light'

function Colours({ info, colour, shade }: { info: StageInfo; colour: BodyColour; shade: Shade }) {
  const bodies = useLook((s) => showsBodies(info, s))
  const { groups, states, layers } = info.space!
  const palette = (layers.length > 0 ? ON_FIELD : CATEGORIES)[shade]
  const names = colour === 'state' ? states : colour === 'group' ? groups : []
  return (
    <>
      <label className="legend-item legend-choice">
        Colour:
        <select
          className="legend-select"
          value={bodies ? colour : 'hidden'}
          onChange={(e) => {
            const { value } = e.currentTarget
            useLook.setState(value === 'hidden' ? { bodies: false } : { bodies: true, colour: value as BodyColour })
          }}
        >
          {coloursOf(info).map((c) => (
            <option key={c} value={c}>
              {COLOUR_WORDS[c]}
            </option>
          ))}
          <option value="hidden">bodies hidden</option>
        </select>
      </label>
      {bodies && names.map((name, k) => <Entry key={name} name={name} colour={palette[k % palette.length]!} />)}
      {bodies && colour === 'heading' && <Compass shade={shade} />}
      {bodies && colour === 'speed' && (
        <span className="legend-item">
          slow
          <span className="legend-bar" style={{ background: gradient(VIRIDIS) }} />
          fast
        </span>
      )}
      {bodies &&
        colour === 'role' &&
        [...roleWords(info.programKinds)].map(([role, word]) => (
          <span key={role} className="legend-item">
            <RoleShape role={role} />
            {word}
          </span>
        ))}
    </>
  )
}

const Entry = ({ name, colour }: { name: string; colour: string }) => (
  <span className="legend-item">
    <DartShape colour={colour} />
    {name}
  </span>
)

/** Four darts, each in the colour of its direction. */
function Compass({ shade }: { shade: Shade }) {
  const [east, north, west, south] = DIRECTIONS[shade]
  return (
    <span className="legend-item">
      <DartShape colour={east} turn={0} />
      <DartShape colour={north} turn={-90} />
      <DartShape colour={west} turn={180} />
      <DartShape colour={south} turn={90} />
      where it heads
    </span>
  )
}

function Field({ words, layer, shade }: { words: SpaceInfo; layer: number; shade: Shade }) {
  const { relief, contours } = useLook()
  const max = useFieldMax()
  const shown = words.layers[layer]
  return (
    <>
      <label className="legend-item legend-choice">
        Ground:
        <select
          className="legend-select"
          value={layer}
          onChange={(e) => useLook.setState({ layer: Number(e.currentTarget.value) })}
        >
          {words.layers.map(({ name }, k) => (
            <option key={name} value={k}>
              {name}
            </option>
          ))}
          <option value={-1}>plain</option>
        </select>
      </label>
      {shown && max !== null && (
        <span className="legend-item legend-scale">
          <span className="mono">0</span>
          <span className="legend-bar" style={{ background: gradient(fieldRamp(shade)) }}>
            <span className="mono legend-middle">{figure(valueAt(0.5, max))}</span>
          </span>
          <span className="mono">{figure(max)}</span>
          {shown.unit}
        </span>
      )}
      {shown && (
        <span className="legend-item legend-choice">
          <Toggle on={relief} word="height" onClick={() => useLook.setState({ relief: !relief })} />
          <Toggle on={contours} word="contours" onClick={() => useLook.setState({ contours: !contours })} />
        </span>
      )}
    </>
  )
}

const Toggle = ({ on, word, onClick }: { on: boolean; word: string; onClick(): void }) => (
  <button type="button" className="legend-toggle" aria-pressed={on} onClick={onClick}>
    {word}
  </button>
)

/** The largest value on the stage, read a few times a second. */
function useFieldMax(): number | null {
  const [max, setMax] = useState<number | null>(null)
  useEffect(() => {
    const read = (): void => setMax(engine.stage?.fieldMax() ?? null)
    read()
    const timer = setInterval(read, EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return max
}

/** The marks that this run's commands can give a body, each once. */
function afflictionsIn(log: readonly Command[]): readonly { readonly word: string; readonly shape: string }[] {
  const has = (word: string): boolean => log.some((c) => c.op === 'afflict' && c.effect === word)
  const dead = log.some((c) => c.op === 'crash' || (c.op === 'afflict' && c.effect === 'kill'))
  return [...AFFLICTIONS.filter(({ word }) => has(word)), ...(dead ? [{ word: 'dead', shape: DEAD }] : [])]
}

function worldText(space: SpaceSpec): string {
  const { width, height, depth, dimensions, edges } = space
  const size = [width, height, ...(dimensions === 3 ? [depth] : [])].map(figure).join(' × ')
  return `world ${size}, squares of ${figure(gridCell(space))}, ${edges === 'wrap' ? 'sides meet' : 'walls'}`
}
