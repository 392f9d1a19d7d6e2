import { expect, test, type Lab } from './lab.ts'

/** What can be done to bodies and to their world: from the palette, by clicks on the stage, by parameters. */

/** Where the canvas shows the middle of the world. */
async function middle(lab: Lab): Promise<{ x: number; y: number }> {
  const box = (await lab.canvas.boundingBox())!
  const panel = (await lab.page.getByRole('region', { name: 'Faults', exact: true }).boundingBox())!
  return { x: (box.x + panel.x) / 2, y: box.y + 0.52 * box.height }
}

test('an obstacle drops where the ground is clicked, and is a command like any other', async ({ lab }) => {
  await lab.open('double-bridge', { timeUs: 100_000_000 })
  const panel = await lab.panel('Faults')
  await expect(panel.getByRole('radiogroup', { name: 'Fault' }).getByRole('radio')).toHaveText([
    ...['Harm', 'Obstacle', 'Wind', 'Crash', 'Restart', 'Pause', 'Resume', 'Join', 'Leave'],
  ])
  await panel.getByRole('radio', { name: 'Obstacle' }).click()
  await lab.renderAt(100_000_000)
  await panel.getByRole('button', { name: 'Place it by a click' }).click()
  const armed = panel.getByRole('button', { name: 'Click the ground' })
  await expect(armed).toHaveAttribute('aria-pressed', 'true')
  await lab.page.keyboard.press('Escape')
  await expect(armed).toBeHidden()
  await panel.getByRole('button', { name: 'Place it by a click' }).click()
  const { x, y } = await middle(lab)
  await lab.page.mouse.click(x, y)
  await expect(panel).toContainText('2 commands are in the log')
  await expect(armed).toBeHidden()
  await lab.renderAt(100_500_000)
  await expect(lab.caption).toContainText(/An obstacle of radius 4.7 drops at \(\d/)
  expect(lab.errors).toEqual([])
})

test('a share of the bodies is harmed, and a wind blows, by figures', async ({ lab }) => {
  await lab.open('double-bridge', { timeUs: 100_000_000 })
  const panel = await lab.panel('Faults')
  await panel.getByRole('combobox', { name: 'They' }).click()
  await lab.page.getByRole('option', { name: 'go blind' }).click()
  await expect(panel).toContainText('They sense nothing around them.')
  await panel.getByRole('button', { name: 'Harm now' }).click()
  await lab.renderAt(100_500_000)
  await expect(lab.caption).toContainText('20 % of the bodies sense nothing')
  await panel.getByRole('radio', { name: 'Wind' }).click()
  await panel.getByRole('button', { name: 'Wind now' }).click()
  await expect(panel).toContainText('3 commands are in the log')
  expect(lab.errors).toEqual([])
})

test('a parameter of the model is set while it runs, and shows what holds from then on', async ({ lab }) => {
  await lab.open('double-bridge', { timeUs: 100_000_000 })
  const panel = await lab.panel('Parameters')
  await expect(panel.getByRole('heading', { name: 'World' })).toBeVisible()
  await panel.getByRole('radio', { name: 'from now on' }).click()
  await expect(panel.getByRole('heading', { name: 'World' })).toBeHidden()
  const strength = panel.getByRole('slider', { name: 'How strongly a lead counts (n)' })
  await expect(strength).toHaveValue('2')
  await strength.focus()
  await strength.press('ArrowRight')
  await lab.renderAt(100_500_000)
  await expect(strength).toHaveValue('3')
  await expect(lab.caption).toContainText('“How strongly a lead counts (n)” becomes 3')
  expect(lab.errors).toEqual([])
})

test('an obstacle of the timeline gets another place from the stage, and its form stays open meanwhile', async ({
  lab,
}) => {
  await lab.open('double-bridge', { timeUs: 320_000_000 })
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  await lab.page.getByRole('button', { name: /^An obstacle of radius 4 drops/ }).click()
  const form = lab.page.getByRole('form', { name: /^Edit: An obstacle/ })
  await lab.renderAt(320_000_000)
  await form.getByRole('button', { name: 'Choose on the stage' }).click()
  const box = (await lab.canvas.boundingBox())!
  await lab.page.mouse.click(box.x + 0.36 * box.width, box.y + 0.3 * box.height)
  await expect(form.getByRole('button', { name: 'Choose on the stage' })).toBeVisible()
  await form.getByRole('button', { name: 'Change' }).click()
  await lab.renderAt(321_000_000)
  await expect(lab.page.getByRole('button', { name: /^An obstacle of radius 4 drops at \(50, 5/ })).toBeHidden()
  await expect(lab.page.getByRole('button', { name: /^An obstacle of radius 4 drops at/ })).toBeVisible()
  expect(lab.errors).toEqual([])
})
