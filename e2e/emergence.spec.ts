import { couzin } from '../engine/scenario/presets/couzin.ts'
import { paramText } from '../engine/scenario/spaceTexts.ts'
import { expect, test } from './lab.ts'

/** What emerges is told everywhere that it should be: caption, log, timeline, charts, a safety condition. */

/** The scheduled change of the orientation width has made the swarm circle by then, and later made it march. */
const MILLS_US = 80_000_000
const MARCHES_US = 200_000_000

test('a mill is noticed, said, and marked on the timeline; figures are drawn and not listed', async ({ lab }) => {
  await lab.open('couzin')
  await lab.renderAt(MILLS_US)
  await expect(lab.caption).toContainText(/^A mill has formed: \d+ % circle about one centre/)

  await lab.renderAt(MARCHES_US)
  const log = await lab.panel('Log')
  const lines = log.getByRole('listitem')
  await expect(lines.filter({ hasText: /A mill has formed/ })).toHaveCount(1)
  await expect(lines.filter({ hasText: /The mill has broken up, after/ })).toHaveCount(1)
  await expect(lines.filter({ hasText: /A flock has formed/ })).toHaveCount(1)
  await expect(lines.filter({ hasText: /becomes \d/ })).not.toHaveCount(0)
  await log.getByRole('combobox', { name: 'Which events' }).click()
  await lab.page.getByRole('option', { name: 'Everything' }).click()
  await expect(lines.filter({ hasText: /measure/i })).toHaveCount(0)

  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  const timeline = lab.page.locator('.timeline')
  await expect(timeline.getByTitle(/^A mill has formed/)).toHaveCount(1)
  await expect(timeline.getByTitle(/^mill, .* to /)).toHaveText('mill')
  await expect(timeline.locator('.chart-label')).toHaveText([/^Polarisation 0\.\d+$/, /^Milling 0\.\d+$/])

  const checks = await lab.panel('Checks')
  await expect(checks).toContainText('Every body stays inside the world')
  await expect(checks).toContainText('Polarisation, mean')
  expect(lab.errors).toEqual([])
})

test('the sweep form begins with a parameter of the model, and charts the figures of what moves', async ({ lab }) => {
  await lab.open('couzin')
  const panel = await lab.panel('Sweep')
  const [label] = paramText('couzin', 'orientationWidth')
  await expect(panel.getByRole('combobox', { name: 'Parameter' }).first()).toContainText(label)
  await panel.getByLabel('Values, with commas between').fill('0, 4')
  await panel.getByLabel('Seeds for each').fill('1')
  await panel.getByLabel('Length, virtual s').fill('10')
  await panel.getByRole('button', { name: 'Start' }).click()
  await expect(panel).toContainText('runs, all done', { timeout: 60_000 })
  await expect(panel).toContainText('Polarisation, mean of the later half')
  await expect(panel).toContainText('Milling, mean of the later half')
  expect(couzin.scenario.space!.params['orientationWidth'], 'sweeping leaves the scenario as it is').toBe(0)
  expect(lab.errors).toEqual([])
})
