import { readFileSync } from 'node:fs'
import { parquetReadObjects } from 'hyparquet'
import { presetNamed } from '../engine/scenario/presets/index.ts'
import { columnsOf } from '../workers/sweep/columns.ts'
import { csvHeader, csvLine } from '../workers/sweep/csv.ts'
import { rowOf } from '../workers/sweep/rowOf.ts'
import { SweepPlan } from '../workers/sweep/SweepPlan.ts'
import type { Locator } from '@playwright/test'
import { expect, test, type Lab } from './lab.ts'

/** A sweep in the page: its rows are the headless command's, it survives a reload, and it leaves the stage in peace. */

const plan = new SweepPlan({
  scenario: presetNamed('raft-lan')!.scenario,
  axes: [
    { path: 'network.loss', values: [0, 0.1, 0.2] },
    { path: 'swarm.agents', values: [3, 5] },
  ],
  repeat: 3,
  untilUs: 1_200_000,
  stop: null,
})

/** The form filled in as `plan` says. */
async function filled(lab: Lab, seeds = 3): Promise<Locator> {
  await lab.open('raft-lan', { timeUs: 1_500_000 })
  const panel = await lab.panel('Sweep')
  await panel.getByLabel('To', { exact: true }).fill('0.2')
  await panel.getByLabel('Step', { exact: true }).fill('0.1')
  await panel.getByRole('button', { name: 'Change another parameter as well' }).click()
  await panel.getByLabel('Values, with commas between').fill('3, 5')
  await panel.getByLabel('Seeds for each').fill(`${seeds}`)
  await panel.getByLabel('Length, virtual s').fill('1.2')
  await expect(panel).toContainText(`= ${(6 * seeds).toLocaleString('en')} runs`)
  return panel
}

async function saved(lab: Lab, panel: Locator, what: 'CSV' | 'Parquet'): Promise<Buffer> {
  const [download] = await Promise.all([
    lab.page.waitForEvent('download'),
    panel.getByRole('button', { name: `Save as ${what}` }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`raft-lan-sweep.${what.toLowerCase()}`)
  return readFileSync(await download.path())
}

const done = (panel: Locator): Promise<void> => expect(panel).toContainText('runs, all done', { timeout: 60_000 })

test('the rows of a sweep are those of the headless command, byte for byte, as CSV and as Parquet', async ({ lab }) => {
  const panel = await filled(lab)
  await panel.getByRole('button', { name: 'Start' }).click()
  await done(panel)
  const rows = Array.from({ length: plan.runs }, (_, run) => rowOf(plan, run))
  const columns = columnsOf(plan.spec)
  const csv = await saved(lab, panel, 'CSV')
  expect(csv.toString('utf8')).toBe(csvHeader(columns) + rows.map(csvLine).join(''))

  const parquet = await saved(lab, panel, 'Parquet')
  const read = await parquetReadObjects({ file: new Uint8Array(parquet).buffer })
  const digest = columns.findIndex(({ name }) => name === 'digest')
  expect(read.map((row) => row['digest'])).toEqual(rows.map((row) => row[digest]))

  await expect(panel.locator('.sweep-chart'), 'one small chart for each number of agents').toHaveCount(2)
  const point = panel.getByRole('button', { name: /^20 %, agents 5: .+, 3 runs$/ })
  await point.press('Enter')
  await expect(panel.getByRole('heading', { name: '3 runs: 20 % · 5' })).toBeVisible()
  await panel.getByRole('button', { name: 'Open run 16' }).click()
  await expect.poll(async () => (await lab.state()).seed).toBe(plan.seedOf(15))
  expect((await lab.state()).scenario).toBe('raft-lan')
  await lab.page.evaluate(() => window.__lab!.renderAt(1_200_000))
  expect(await lab.digest(), 'the run that is opened is the run of the row').toBe(rows[15]![digest])
})

test('a reload in the middle loses nothing and runs nothing twice; stop and go on', async ({ lab }) => {
  const panel = await filled(lab, 12)
  await panel.getByRole('button', { name: 'Start' }).click()
  const state = panel.getByRole('region', { name: 'Progress' })
  await expect(state).toContainText(/[1-9]\d* of 72/)
  await panel.getByRole('button', { name: 'Stop' }).press('Enter')
  await expect(state).toContainText('runs, paused')
  const before = Number(/(\d+) of 72/.exec((await state.textContent())!)![1])
  expect(before).toBeLessThan(72)
  await lab.page.reload()
  await expect(state).toContainText(`${before} of 72 runs, paused`)
  await lab.opened()
  await panel.getByRole('button', { name: 'Go on' }).click()
  await done(panel)
  const csv = (await saved(lab, panel, 'CSV')).toString('utf8')
  const rows = csv.trimEnd().split('\r\n').slice(1)
  expect(rows.map((row) => Number(row.split(',')[0]))).toEqual(Array.from({ length: 72 }, (_, run) => run))
})

test('a sweep waits while the stage plays, and says so', async ({ lab }) => {
  const panel = await filled(lab, 1000)
  await lab.go()
  await lab.runs()
  await panel.getByRole('button', { name: 'Start' }).click()
  await expect.poll(async () => (await lab.state()).playing, 'the stage is stilled for it').toBe(false)
  await lab.go()
  await expect(panel).toContainText('waits while the stage plays')
  await lab.runs()
  const waiting = await panel.getByRole('region', { name: 'Progress' }).textContent()
  await panel.getByRole('button', { name: 'Pause the stage instead' }).click()
  await expect(panel).toContainText('left') // it goes on, and says how long it takes
  expect(await panel.getByRole('region', { name: 'Progress' }).textContent()).not.toBe(waiting)
  await panel.getByRole('button', { name: 'Stop' }).press('Enter')
  await expect(panel).toContainText('runs, paused')
})

test('what cannot be swept is one sentence, before anything runs', async ({ lab }) => {
  const panel = await filled(lab)
  const status = panel.getByRole('status')
  await panel.getByLabel('Step', { exact: true }).fill('0')
  await expect(status).toHaveText('network.loss: the step of "0:0.2:0" is not above 0')
  await panel.getByLabel('Step', { exact: true }).fill('0.1')
  await panel.getByLabel('Values, with commas between').fill('3, 0')
  await expect(status).toHaveText(/^point 2 of 6, network\.loss=0, swarm\.agents=0: swarm\.agents: 0 is outside/)
  await panel.getByLabel('Values, with commas between').fill('3, 5')
  await panel.getByLabel('Seeds for each').fill('1000000')
  await expect(status).toHaveText(/^6,000,000 runs are above the 20,000 that the page holds/)
  await panel.getByRole('button', { name: 'Start' }).click()
  await expect(panel.getByRole('region', { name: 'Progress' })).toHaveCount(0)
})

test('a storage that is full stops no sweep: it is said once, and every row is there', async ({ lab }) => {
  const panel = await filled(lab, 1)
  await lab.page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('', 'QuotaExceededError')
    }
  })
  await panel.getByRole('button', { name: 'Start' }).click()
  await done(panel)
  await expect(lab.alerts).toHaveText(/^sweep: this browser stores no more/)
  const rows = (await saved(lab, panel, 'CSV')).toString('utf8').trimEnd().split('\r\n')
  expect(rows).toHaveLength(1 + 6)
})
