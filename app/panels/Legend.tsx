import { lazy, Suspense, useMemo } from 'react'
import { kindColour, kindFamily } from '../scene/palette.ts'
import { heightWords, roleWords } from '../scene/roleWords.ts'
import { useMedia } from '../bridge/media.ts'
import { hasTasks } from '../state/hasTasks.ts'
import { useLab } from '../state/lab.ts'
import { RoleShape } from './RoleShape.tsx'

const TaskLegend = lazy(() => import('./tasks/TaskLegend.tsx'))
const BodyLegend = lazy(() => import('./space/BodyLegend.tsx'))

const FAMILY_NAMES = {
  vote: 'votes',
  order: 'orders',
  answer: 'answers',
  client: 'requests',
  other: 'other messages',
} as const

/** Colour and shape of each role, the colours of messages, and what the third axis means. */
export function Legend() {
  const height = useLab((s) => s.scenario?.height)
  const space = useLab((s) => s.scenario?.space)
  const tasks = useLab((s) => hasTasks(s.scenario))
  const stage = useLab((s) => s.stage)
  const theme = useLab((s) => s.theme)
  const light = useMedia('(prefers-color-scheme: light)')
  const families = useMemo(() => familiesOf(stage?.messageKinds ?? []), [stage])
  if (height === undefined || !stage) return null
  if (stage.space && space)
    return (
      <Suspense>
        <BodyLegend info={stage} space={space} />
      </Suspense>
    )
  const colours = theme === 'system' ? (light ? 'light' : 'dark') : theme
  const roles = roleWords(stage.programKinds)
  const meaning = heightWords(height, stage.programKinds)
  return (
    <div className="legend quiet">
      {[...roles, ['crashed', 'crashed'] as const].map(([role, word]) => (
        <span key={role} className="legend-item">
          <RoleShape role={role} />
          {word}
        </span>
      ))}
      {families.map(([family, kind]) => (
        <span key={family} className="legend-item legend-message">
          <svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
            <path d="M0 4 13 1.6v4.8Z" fill={kindColour(kind, colours)} opacity="0.45" />
            <circle cx="14" cy="4" r="3" fill={kindColour(kind, colours)} />
          </svg>
          {FAMILY_NAMES[family]}
        </span>
      ))}
      {tasks ? (
        <Suspense>
          <TaskLegend />
        </Suspense>
      ) : (
        meaning && <span className="legend-height">{meaning}</span>
      )}
    </div>
  )
}

/** Each family of kinds once, with one of its kinds; in the order the kinds come. */
function familiesOf(kinds: readonly string[]): readonly (readonly [ReturnType<typeof kindFamily>, string])[] {
  const first = new Map<ReturnType<typeof kindFamily>, string>()
  for (const kind of kinds) if (!first.has(kindFamily(kind))) first.set(kindFamily(kind), kind)
  return [...first]
}
