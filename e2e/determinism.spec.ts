import { rolldown } from 'rolldown'
import '../engine/programs.ts'
import '../engine/spaceModels.ts'
import { LocalRun } from '../engine/LocalRun.ts'
import { micros } from '../engine/kernel/units.ts'
import { PRESETS } from '../engine/scenario/presets/index.ts'
import { mathDigest } from './mathDigest.ts'
import { expect, test, type Address } from './lab.ts'

/** What Node makes of each scenario at its proof horizon, on one thread. A scenario joins by being listed. */
const inNode: Readonly<Record<string, string>> = Object.fromEntries(
  PRESETS.map(({ scenario, proofUs }) => {
    const run = new LocalRun(scenario)
    run.runTo(micros(proofUs))
    return [scenario.name, run.digestText()]
  }),
)

interface Layout {
  readonly title: string
  readonly address: Address
  readonly workers: number
  readonly sharedMemory: boolean
}
const LAYOUTS: readonly Layout[] = [
  { title: 'on one worker', address: { workers: 1 }, workers: 1, sharedMemory: true },
  { title: 'on two workers', address: { workers: 2 }, workers: 2, sharedMemory: true },
  { title: 'on four workers', address: { workers: 4 }, workers: 4, sharedMemory: true },
  { title: 'without shared memory', address: { compat: true }, workers: 1, sharedMemory: false },
]

for (const { title, address, workers, sharedMemory } of LAYOUTS)
  test(`every scenario has the digest of Node in Chromium, ${title} (DESIGN 1)`, async ({ lab }) => {
    await lab.load(address)
    const inPage: Record<string, string> = {}
    for (const { scenario, proofUs } of PRESETS)
      await test.step(scenario.name, async () => {
        await lab.open(scenario.name, { timeUs: proofUs })
        const state = await lab.state()
        expect([state.workers, state.sharedMemory], 'the layout is the one asked for').toEqual([workers, sharedMemory])
        inPage[scenario.name] = await lab.digest()
      })
    expect(inPage).toEqual(inNode)
  })

test('another seed gives another digest, so that the comparison can fail', async ({ lab }) => {
  const { scenario, proofUs } = PRESETS[0]!
  await lab.open(scenario.name, { timeUs: proofUs, seed: scenario.seed + 1 })
  expect(await lab.digest()).not.toBe(inNode[scenario.name])
})

test('the elementary functions give the same bits in Chromium as in Node', async ({ lab }) => {
  const bundle = await rolldown({ input: new URL('./mathDigest.ts', import.meta.url).pathname })
  const { output } = await bundle.generate({ format: 'iife', name: 'bits' })
  await lab.page.route('**/bits.js', (route) => route.fulfill({ contentType: 'text/javascript', body: output[0].code }))
  await lab.load()
  await lab.page.addScriptTag({ url: './bits.js' })
  const inPage = await lab.page.evaluate(() =>
    (globalThis as unknown as { bits: typeof import('./mathDigest.ts') }).bits.mathDigest(),
  )
  expect(inPage).toEqual(mathDigest())
})
