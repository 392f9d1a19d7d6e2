import { existsSync, readFileSync } from 'node:fs'
import { AXE } from '../workers/setup/installAxe.mjs'
import { expect, test } from './lab.ts'

/** The Tasks panel by keyboard alone, and what it shows where single tasks are not told. */

// The stage is drawn in software: a camera that does not glide.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

test('a task is found, opened and left by keyboard alone, in the list and in the Gantt chart', async ({ lab }) => {
  const { keyboard } = lab.page
  await lab.open('rush-hour', { timeUs: 4_000_000 })
  const panel = await lab.panel('Tasks')
  const open = panel.getByRole('button', { name: 'Tasks as a list' })
  await open.focus()
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await expect(panel.getByRole('list', { name: 'Tasks, newest first' })).toBeFocused()
  const rows = panel.locator('.task-row')
  await keyboard.press('Tab')
  await expect(rows.first()).toBeFocused()
  const newest = (await rows.first().textContent())!
  await keyboard.press('End')
  const focused = panel.locator('.task-row:focus')
  await expect(focused).toHaveText(/^0\D/)
  await keyboard.press('Home')
  await expect(focused).toHaveText(newest)
  await keyboard.press('ArrowDown')
  await expect(focused).not.toHaveText(newest)
  await keyboard.press('Enter')
  const life = panel.getByRole('region', { name: /^Task / })
  await expect(life).toBeFocused()
  await keyboard.press('Escape')
  await expect(life).toBeHidden()
  await expect(focused).toHaveCount(1)

  await panel.getByRole('button', { name: 'Who works on what, when' }).press('Enter')
  const bars = lab.page.getByRole('application', { name: /^Bars of work/ })
  await bars.focus()
  await keyboard.press('ArrowDown')
  const tip = lab.page.locator('.gantt-tip')
  await expect(tip).toContainText('Task')
  const first = await tip.textContent()
  await keyboard.press('ArrowLeft')
  await expect(tip).not.toHaveText(first!)
  await keyboard.press('Enter')
  await expect(life).toBeFocused()
  await keyboard.press('Escape')
  await expect(bars).toBeFocused()

  await panel.getByRole('button', { name: 'Close Tasks' }).press('Enter')
  await expect(lab.page.getByRole('button', { name: 'Tasks', exact: true })).toBeFocused()
})

test('where tasks are only counted there are lines over time, until every task is told of', async ({ lab }) => {
  await lab.open('two-choices', { timeUs: 8_000_000 })
  const panel = await lab.panel('Tasks')
  await expect(lab.caption).toContainText('“Workers compared for each task” becomes 2')
  const waiting = panel.getByRole('img', { name: /^Waiting, until the start/ })
  await expect(waiting).toHaveAttribute('aria-label', /at first, at most .* now$/)
  await expect(panel.getByRole('img', { name: /^Under way: with workers .*; waiting / })).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Tasks as a list' })).toBeHidden()
  await panel.getByRole('button', { name: 'Tell of every task from now on' }).click()
  await expect.poll(async () => (await lab.state()).log.filter(({ op }) => op === 'set').length).toBe(4)
  await lab.renderAt(8_600_000)
  await expect(waiting).toHaveAttribute('aria-label', /\d+ from/)
  await expect(panel.getByRole('button', { name: 'Tasks as a list' })).toBeVisible()
  await expect(lab.caption).toContainText('“Tells every step of every task” is switched on')
})

test('nobody shares out the steps of work stealing, and the Gantt chart shows who is at it', async ({ lab }) => {
  await lab.open('work-stealing', { timeUs: 16_000_000 })
  const panel = await lab.panel('Tasks')
  await expect(panel.getByLabel('Work so far')).toContainText('steals')
  await panel.getByRole('button', { name: 'Who works on what, when' }).click()
  const chart = lab.page.getByRole('group', { name: 'Gantt chart' })
  await expect(chart.getByRole('img', { name: 'Who works on what: 16 workers.' })).toBeVisible()
})

test('nobody is shut out of lines and of bars', async ({ lab }) => {
  test.skip(!existsSync(AXE), 'The accessibility checker is not here: npm test fetches it.')
  await lab.open('two-choices', { timeUs: 3_000_000 })
  await lab.panel('Tasks')
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  await expect(lab.page.getByRole('group', { name: 'Gantt chart' })).toBeVisible()
  await lab.page.evaluate(readFileSync(AXE, 'utf8'))
  const found = await lab.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(root: Document): Promise<{ violations: { id: string }[] }> } }
    return (await axe.run(document)).violations.map(({ id }) => id)
  })
  expect(found).toEqual([])
})
