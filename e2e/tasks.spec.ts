import { existsSync, readFileSync } from 'node:fs'
import type { Locator } from '@playwright/test'
import { AXE } from '../workers/setup/installAxe.mjs'
import { expect, test, type Lab } from './lab.ts'

/** A swarm at work: what the stage, the Gantt chart and the Tasks panel say of it, and what can be changed. */

// The stage is drawn in software: a camera that does not glide.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

const T = 4_000_000
const LATER = 5_500_000

/** Different colours in the chart's picture; a blank one has at most that of its ground. */
const colours = (chart: Locator): Promise<number> =>
  chart.locator('canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    const seen = new Set<number>()
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3]! > 200) seen.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!)
    return seen.size
  })

async function openGantt(lab: Lab): Promise<Locator> {
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  const chart = lab.page.getByRole('group', { name: 'Gantt chart' })
  await expect(chart).toBeVisible()
  return chart
}

const histogram = (panel: Locator, title: string): Locator => panel.getByRole('img', { name: new RegExp(`^${title}`) })

test('the Gantt chart has bars, and a click on one shows the life of its task and its way', async ({ lab }) => {
  await lab.open('predictive', { timeUs: T })
  const chart = await openGantt(lab)
  await lab.renderAt(T)
  expect(await lab.isBlank()).toBe(false)
  await expect.poll(() => colours(chart)).toBeGreaterThan(4)
  await expect(chart.getByRole('img', { name: /^Who works on what: \d+ workers/ })).toBeVisible()

  const panel = await lab.panel('Tasks')
  await panel.getByRole('button', { name: 'Tasks as a list' }).click()
  const rows = panel.getByRole('list', { name: 'Tasks, newest first' })
  await rows.getByRole('button').filter({ hasText: 'done' }).first().click()
  const life = panel.getByRole('region', { name: /^Task / })
  await expect(life).toContainText('handed in at')
  await expect(life).toContainText('gave it to')
  await expect(life).toContainText('knows that it is done')
  await expect(lab.page.locator('.legend')).toContainText('way of the chosen task')
  await life.getByRole('button', { name: 'Choose no task' }).click()
  await expect(lab.page.locator('.legend')).not.toContainText('way of the chosen task')

  // Somewhere along the first rows there is a bar under the pointer, and a click chooses its task.
  const box = (await chart.locator('.gantt-scroll').boundingBox())!
  for (let x = 120; x < box.width * 0.85 && !(await life.isVisible()); x += 60)
    await lab.page.mouse.click(box.x + x, box.y + 8)
  await expect(life).toBeVisible()
})

test('the swarm makes room for the chart, also where nothing moves', async ({ lab }) => {
  await lab.open('rush-hour', { timeUs: T })
  await lab.renderAt(T)
  const foot = async (): Promise<number> => {
    const labels = await lab.page.locator('.stage-label:visible').all()
    return Math.max(...(await Promise.all(labels.map(async (label) => (await label.boundingBox())!.y))))
  }
  const before = await foot()
  await openGantt(lab)
  await expect.poll(foot).toBeLessThan(before)
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  await expect.poll(foot).toBe(before)
})

test('work is shared out another way in mid-run, by a command that is in the log', async ({ lab }) => {
  await lab.open('predictive', { timeUs: T })
  const panel = await lab.panel('Tasks')
  await panel.getByRole('combobox', { name: 'Who gets the next task' }).click()
  await lab.page.getByRole('option', { name: 'work stealing' }).click()
  await expect
    .poll(async () => (await lab.state()).log)
    .toContainEqual(expect.objectContaining({ op: 'set', param: 'strategy', value: 'work-stealing' }))
  await lab.renderAt(LATER)
  await expect(panel.getByRole('combobox', { name: 'Who gets the next task' })).toContainText('work stealing')
})

test('a worker crashes, and the histograms are no longer what they would have been', async ({ lab }) => {
  await lab.open('predictive', { timeUs: T })
  const panel = await lab.panel('Tasks')
  await lab.renderAt(LATER)
  const response = histogram(panel, 'Response')
  const whole = await response.getAttribute('aria-label')
  expect(whole).toMatch(/\d+ from/)
  await lab.open('predictive', { timeUs: T })
  await (
    await lab.panel('Agents')
  )
    .getByRole('button', { name: /agent 2\b/ })
    .first()
    .click()
  await (await lab.panel('Faults')).getByRole('button', { name: 'Crash now' }).click()
  await expect.poll(async () => (await lab.state()).log).toContainEqual({ at: T, op: 'crash', agent: 2 })
  await lab.panel('Tasks')
  await lab.renderAt(LATER)
  await expect(response).not.toHaveAttribute('aria-label', whole!)
})

test('one click sets the same run beside another way to share out', async ({ lab }) => {
  test.slow() // two stages
  await lab.page.setViewportSize({ width: 1_000, height: 640 })
  await lab.open('predictive', { timeUs: 1_000_000 })
  const panel = await lab.panel('Tasks')
  await panel.getByRole('button', { name: 'auction' }).click()
  const dialog = lab.page.getByRole('dialog', { name: 'Compare' })
  await expect(dialog.getByRole('region', { name: /^A: .*predictive/i })).toBeVisible()
  await expect(dialog.getByRole('region', { name: /^B: .*auction/i })).toBeVisible()
})

test('on a narrow screen the chart and the panel have room', async ({ lab }) => {
  await lab.page.setViewportSize({ width: 360, height: 780 })
  await lab.open('predictive', { timeUs: T })
  const chart = await openGantt(lab)
  await lab.renderAt(T)
  await expect.poll(() => colours(chart)).toBeGreaterThan(4)
  const panel = await lab.panel('Tasks')
  await expect(panel.getByText('submitted')).toBeVisible()
  const wide = await lab.page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(360)
})

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

for (const colorScheme of ['dark', 'light'] as const)
  test(`nobody is shut out, in the ${colorScheme} theme`, async ({ lab }) => {
    test.skip(!existsSync(AXE), 'The accessibility checker is not here: npm test fetches it.')
    await lab.page.emulateMedia({ colorScheme })
    await lab.open('predictive', { timeUs: T })
    await openGantt(lab)
    const panel = await lab.panel('Tasks')
    await panel.getByRole('button', { name: 'Tasks as a list' }).click()
    await panel.getByRole('list', { name: 'Tasks, newest first' }).getByRole('button').first().click()
    await lab.page.evaluate(readFileSync(AXE, 'utf8'))
    const found = await lab.page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(root: Document): Promise<{ violations: Violation[] }> } }
      return (await axe.run(document)).violations
    })
    expect(found.map(({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.target} ${n.failureSummary}`)}`)).toEqual([])
  })
