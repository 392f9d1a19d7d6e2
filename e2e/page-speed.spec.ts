import { mkdir, writeFile } from 'node:fs/promises'
import { parseScenario } from '../engine/scenario/parse.ts'
import { encodeLink } from '../engine/scenario/link.ts'
import { RULES_VERSION } from '../engine/rulesVersion.ts'
import { deflateRaw } from '../workers/shared/compress.ts'
import { median, significant, type BenchRow } from '../workers/bench/Bench.ts'
import { expect, test } from './lab.ts'

const REPORT = new URL('../.cache/page-speed.json', import.meta.url)
const DRAW_CALLS_MAX = 8
const SAMPLES = 6

/** 144 trees of 70 whose heads form a mesh: n − 144 + 144·143/2 links. */
const GROUPS = 144
const AGENTS = GROUPS * 70
const LINKS = AGENTS - GROUPS + (GROUPS * (GROUPS - 1)) / 2

// What is measured does not depend on the number of pixels; software rendering does.
test.use({ viewport: { width: 800, height: 600 } })

test(`a swarm of ${AGENTS} agents and ${LINKS} links: at most ${DRAW_CALLS_MAX} draw calls; times are recorded`, async ({
  lab,
}) => {
  const scenario = parseScenario({
    name: 'page-speed',
    title: 'Ten thousand agents',
    swarm: { agents: AGENTS },
    pace: 0.1,
    topology: { kind: 'mesh-of-trees', groups: GROUPS, branching: 3 },
    network: { latency: { kind: 'uniform', minUs: 20_000, maxUs: 100_000 } },
    programs: [{ kind: 'tree-sync' }],
    height: 'level',
    layout: 'regions',
  })
  if (!scenario.ok) throw new Error(scenario.error)
  const state = { scenario: scenario.value, log: [], timeUs: 0, camera: [], rulesVersion: RULES_VERSION, digest: null }
  const link = await encodeLink(state, deflateRaw)
  if (!link.ok) throw new Error(link.error)
  await lab.load({ code: link.value.code })
  await lab.opened()
  expect((await lab.state()).scenario).toBe('page-speed')
  await lab.go()
  await lab.runs()

  const times: number[] = []
  const bytes: number[] = []
  const calls: number[] = []
  for (let i = 0; i < SAMPLES; i++) {
    await lab.page.evaluate(
      (frames) =>
        new Promise<void>((done) => {
          const wait = (left: number): unknown => (left === 0 ? done() : requestAnimationFrame(() => wait(left - 1)))
          wait(frames)
        }),
      4,
    )
    const stats = (await lab.stats())!
    times.push(stats.mainThreadMs)
    bytes.push(stats.uploadedBytes)
    calls.push(stats.drawCalls)
  }
  expect(Math.max(...calls)).toBeLessThanOrEqual(DRAW_CALLS_MAX)
  expect(Math.max(...calls), 'something is drawn').toBeGreaterThan(1)
  expect(await lab.isBlank()).toBe(false)

  const row = (name: string, value: number, unit: string, note: string): BenchRow => ({
    name,
    value: significant(value),
    unit,
    runs: SAMPLES,
    peers: [],
    note: `${AGENTS} agents, ${LINKS} links, playing; ${note}`,
  })
  const rows = [
    row(
      'page-frame',
      median(times),
      'ms',
      'main thread a frame without the graphics driver, median of 60 frames; target 2',
    ),
    row('page-draw-calls', Math.max(...calls), 'draw calls', `a frame; bound ${DRAW_CALLS_MAX}`),
    row('page-upload', median(bytes), 'bytes', 'sent to the graphics card a frame'),
  ]
  await mkdir(new URL('.', REPORT), { recursive: true })
  await writeFile(REPORT, `${JSON.stringify(rows, null, 2)}\n`)
  for (const { name, value, unit } of rows) console.log(`${name}: ${value} ${unit}`)
})
