import { expect, test, type Lab } from './lab.ts'

/** A body of the list, so that none has to be hit on the canvas; then what the stage and the panels make of it. */
async function select(lab: Lab, row: number): Promise<void> {
  await lab.panel('Inspect')
  await lab.page.locator('.agent-row').nth(row).click()
  await expect(lab.page.getByRole('heading', { name: 'Body' })).toBeVisible()
}
const figureOf = (lab: Lab, name: string) =>
  lab.page
    .locator('.pair')
    .filter({ has: lab.page.getByText(name, { exact: true }) })
    .locator('dd')

test('bodies: one is inspected and followed, and stays where it is on the stage while it moves', async ({ lab }) => {
  await lab.open('vicsek')
  await lab.renderAt(10_000_000)
  await select(lab, 7)
  await expect(figureOf(lab, 'place')).toHaveText(/^[\d.]+, [\d.]+$/)
  await expect(figureOf(lab, 'heading')).toHaveText(/^\d+°$/)
  const label = lab.page.locator('.stage-label b').filter({ hasText: 'Agent 7' })
  await expect(label).toBeVisible()
  const follow = lab.page.getByRole('button', { name: 'Follow', exact: true })
  await follow.click()
  await expect(follow).toHaveAttribute('aria-pressed', 'true')
  await lab.renderAt(10_050_000)
  const before = (await label.boundingBox())!
  await lab.renderAt(12_000_000)
  const after = (await label.boundingBox())!
  expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(4)
  await follow.click()
  await expect(follow).toHaveAttribute('aria-pressed', 'false')
})

test('bodies: a click on the stage selects the body under it', async ({ lab }) => {
  await lab.open('vicsek')
  await lab.renderAt(10_000_000)
  const box = (await lab.canvas.boundingBox())!
  // Some of these points are near a body: there are 1,000 in the world.
  for (const share of [0.4, 0.45, 0.5, 0.55, 0.6]) {
    await lab.page.mouse.click(box.x + share * box.width, box.y + 0.45 * box.height)
    if ((await lab.state()).selected !== null) break
  }
  const { selected } = await lab.state()
  expect(selected).not.toBeNull()
  await lab.renderAt(10_000_000)
  await expect(lab.page.locator('.stage-label b').filter({ hasText: `Agent ${selected}` })).toBeVisible()
})

test('bodies: colours and ground are chosen in the legend, and the picture follows', async ({ lab }) => {
  await lab.open('ants')
  await lab.renderAt(24_000_000)
  const picture = async (): Promise<string> => (await lab.canvas.screenshot()).toString('base64')
  const legend = lab.page.locator('.legend-space')
  await expect(legend.getByText('Carrying food home')).toBeVisible()
  const states = await picture()
  await legend.getByLabel('Colour:').selectOption('direction')
  await expect.poll(picture).not.toBe(states)
  const relief = await picture()
  await legend.getByRole('button', { name: 'height' }).click()
  await expect.poll(picture).not.toBe(relief)
  await legend.getByLabel('Ground:').selectOption('plain')
  await expect(legend.getByRole('button', { name: 'height' })).toHaveCount(0)
  // The choice is the page's: everything back for the next scenario.
  await legend.getByLabel('Ground:').selectOption({ index: 0 })
})

test('bodies: the table is in step with the picture and sorts by their figures', async ({ lab }) => {
  await lab.open('boids')
  await lab.renderAt(6_000_000)
  await lab.panel('Agents')
  const rows = lab.page.locator('.agent-table .virtual .agent-table-row')
  await expect(rows.first()).toContainText('flock')
  await lab.page.getByRole('columnheader', { name: 'Speed' }).getByRole('button').click()
  const speedOf = async (row: number): Promise<number> =>
    Number(await rows.nth(row).locator('[role=cell]').nth(2).textContent())
  await expect.poll(async () => (await speedOf(0)) >= (await speedOf(8)) && (await speedOf(0)) > 0).toBe(true)
})

test('bodies: whoever listens hears how many are alive, and in which groups', async ({ lab }) => {
  await lab.open('boids')
  await lab.renderAt(6_000_000)
  await expect(lab.page.locator('#summary')).toContainText(/[\d,]+ of [\d,]+ bodies are alive/)
})
