import { mkdir, writeFile } from 'node:fs/promises'
import { parseScenario } from '../engine/scenario/parse.ts'
import { encodeLink } from '../engine/scenario/link.ts'
import { RULES_VERSION } from '../engine/rulesVersion.ts'
import { deflateRaw } from '../workers/shared/compress.ts'
import { median, significant, type BenchRow } from '../workers/bench/Bench.ts'
import { expect, test, type Lab } from './lab.ts'

const REPORT = new URL('../.cache/page-speed.json', import.meta.url)
const DRAW_CALLS_MAX = 8

/**
 * Trees whose heads form a mesh: n − g + g·(g − 1)/2 links. The second is as large as programs may be; there fewer
 * frames are waited for.
 */
const SWARMS = [
  { groups: 144, size: 70, suffix: '', samples: 6 },
  { groups: 200, size: 100, suffix: '-20k', samples: 3 },
]
let rows: BenchRow[] = []

// What is measured does not depend on the number of pixels; software rendering does.
test.use({ viewport: { width: 800, height: 600 } })

for (const { groups, size, suffix, samples } of SWARMS) {
  const agents = groups * size
  const links = agents - groups + (groups * (groups - 1)) / 2
  test(`a swarm of ${agents} agents and ${links} links: at most ${DRAW_CALLS_MAX} draw calls; times are recorded`, async ({
    lab,
  }) => {
    const scenario = parseScenario({
      name: 'page-speed',
      title: `${agents} agents`,
      swarm: { agents },
      pace: 0.1,
      topology: { kind: 'mesh-of-trees', groups, branching: 3 },
      network: { latency: { kind: 'uniform', minUs: 20_000, maxUs: 100_000 } },
      programs: [{ kind: 'tree-sync' }],
      height: 'level',
      layout: 'regions',
    })
    if (!scenario.ok) throw new Error(scenario.error)
    const state = {
      scenario: scenario.value,
      log: [],
      timeUs: 0,
      camera: [],
      rulesVersion: RULES_VERSION,
      digest: null,
    }
    const link = await encodeLink(state, deflateRaw)
    if (!link.ok) throw new Error(link.error)
    await lab.load({ code: link.value.code })
    await lab.opened()
    expect((await lab.state()).scenario).toBe('page-speed')
    await lab.go()
    await lab.runs()

    const measured = await measure(lab, samples, suffix, `${agents} agents, ${links} links`)
    await record(measured)
  })
}

test(`100,000 bodies that move: at most ${DRAW_CALLS_MAX} draw calls; times are recorded`, async ({ lab }) => {
  await lab.open('boids-100k')
  await lab.go()
  await lab.runs()
  const bodies = '100000 bodies in two dimensions'
  await record(await measure(lab, 3, '-100k-bodies', bodies))
})

/** Figures of some frames while the run plays, with the time between them left to it. */
async function measure(lab: Lab, samples: number, suffix: string, what: string): Promise<BenchRow[]> {
  const times: number[] = []
  const bytes: number[] = []
  const calls: number[] = []
  for (let i = 0; i < samples; i++) {
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
    name: name + suffix,
    value: significant(value),
    unit,
    runs: samples,
    peers: [],
    note: `${what}, playing; ${note}`,
  })
  const frame = 'main thread a frame without the graphics driver, median of 60 frames; target 2'
  return [
    row('page-frame', median(times), 'ms', frame),
    row('page-draw-calls', Math.max(...calls), 'draw calls', `a frame; bound ${DRAW_CALLS_MAX}`),
    row('page-upload', median(bytes), 'bytes', 'sent to the graphics card a frame'),
  ]
}

async function record(measured: readonly BenchRow[]): Promise<void> {
  rows = [...rows, ...measured]
  await mkdir(new URL('.', REPORT), { recursive: true })
  await writeFile(REPORT, `${JSON.stringify(rows, null, 2)}\n`)
  for (const { name, value, unit } of measured) console.log(`${name}: ${value} ${unit}`)
}
