import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Scenario } from '../../../engine/scenario/Scenario.ts'
import { Stage, type StageApi, type StageProps, type Theme } from '../Stage.tsx'
import { fakeWorldFrames, fakeWorldInfo, fakeWorldScenario, type FakeWorld } from './fakeWorld.ts'
import { fakeDistance, fakeFrames, fakeInfo, type FakeShape } from './fakeFrames.ts'
import { fakeTasks, fakeTaskInfo } from './fakeTasks.ts'
import { showTasks } from '../tasks/taskView.ts'

/**
 * Query: groups, size, branching, layout, height, theme, mode, extra, live, selected, panels, crashed; for a world:
 * bodies, dimensions, cells, crew; for a swarm at work: tasks (how many an agent holds at most).
 */
const query = new URLSearchParams(location.search)
const number = (name: string, fallback: number): number => Number(query.get(name) ?? fallback)
const shape: FakeShape = {
  groups: number('groups', 5),
  size: number('size', 40),
  branching: number('branching', 3),
  layout: (query.get('layout') ?? 'regions') as Scenario['layout'],
  height: (query.get('height') ?? 'log') as Scenario['height'],
  mode: (query.get('mode') ?? 'steady') as FakeShape['mode'],
  crashed: query.get('crashed') !== '0',
  extraLinks: number('extra', 0),
}
const theme = (query.get('theme') ?? 'dark') as Theme
const timeUs = 5_412_000
const world: FakeWorld | null = query.has('bodies')
  ? {
      bodies: number('bodies', 300),
      dimensions: number('dimensions', 2) === 3 ? 3 : 2,
      cells: number('cells', 0),
      crew: number('crew', 0),
    }
  : null
const plain = fakeInfo(shape)
const tasks = number('tasks', 0)
const info = world ? fakeWorldInfo(plain, world) : tasks > 0 ? fakeTaskInfo(plain) : plain
const frames = world
  ? fakeWorldFrames(world, info, timeUs)
  : tasks > 0
    ? fakeTasks(info, timeUs, tasks)
    : fakeFrames(shape, info, timeUs)
if (tasks > 0)
  showTasks(info, {
    credits: 12,
    path: [0, 2, 5],
    breakers: [
      { owner: 0, server: 3, half: false },
      { owner: 0, server: 4, half: true },
    ],
  })
const scenario = {
  name: 'dev',
  pace: 0.2,
  programs: [],
  tasks: tasks > 0 ? { workload: {} } : null,
  layout: shape.layout,
  height: shape.height,
  topology: { kind: query.get('topology') ?? 'mesh', weights: [{ a: 0, b: shape.size, weight: 4 }] },
  ...(world ? fakeWorldScenario(world) : {}),
} as unknown as Scenario
const panels = query.get('panels') === '1'
const insets = panels ? { left: 268, right: 300, top: 56, bottom: 210 } : { left: 16, right: 16, top: 56, bottom: 64 }
const started = performance.now()
const events: string[] = []

declare global {
  interface Window {
    stage?: StageApi
    stageEvents: string[]
    stageShow: (change: Partial<StageProps>) => void
    stageFake: { fakeInfo: typeof fakeInfo; fakeFrames: typeof fakeFrames; shape: FakeShape }
    stageHeader: Float64Array
  }
}
window.stageEvents = events
window.stageHeader = frames.acquire()!.header
document.documentElement.style.background = theme === 'dark' ? '#0a0d13' : '#f4f6f9'
const root = createRoot(document.getElementById('root')!)
/** Draws the stage with some props changed, as the shell does. */
function show(change: Partial<StageProps>): void {
  root.render(
    <StrictMode>
      <Stage
        frames={frames}
        info={info}
        scenario={scenario}
        clock={() => (query.get('live') ? timeUs + (((performance.now() - started) * 200) % 300_000) : timeUs)}
        selected={query.has('selected') ? number('selected', 0) : null}
        theme={theme}
        reducedMotion={query.get('still') === '1'}
        explicit={!query.get('live')}
        insets={insets}
        groupDistance={fakeDistance}
        onSelect={(agent) => events.push(`select ${agent}`)}
        onAgentMenu={(agent) => events.push(`menu ${agent}`)}
        onMessage={({ src, seq }) => events.push(`message ${src} ${seq}`)}
        onSlow={(near) => events.push(`slow ${near}`)}
        onDegrade={(sentence) => events.push(sentence)}
        onReady={(api) => {
          window.stage = api
        }}
        {...change}
      />
    </StrictMode>,
  )
}
window.stageShow = show
window.stageFake = { fakeInfo, fakeFrames, shape }
show({})
