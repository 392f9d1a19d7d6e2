import type { Locator } from '@playwright/test'
import { expect, test, type Lab } from './lab.ts'

/** What a pointer and the keys can do on the stage. */

const LED_US = 3_300_000 // first-swarm: messages travel between the regions

/** Middle of the shape that a label stands on, page px. */
async function below(label: Locator): Promise<{ x: number; y: number }> {
  const box = (await label.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height + 22 }
}

const labelOf = (lab: Lab, name: string): Locator =>
  lab.page.locator('.stage-label', { has: lab.page.locator('b', { hasText: new RegExp(`^${name}$`) }) })

/**
 * A place where a click catches a message, page px: tried on a grid, since where messages are is the picture's
 * business.
 */
function findMessage(lab: Lab): Promise<{ x: number; y: number } | null> {
  return lab.canvas.evaluate(async (canvas) => {
    const box = canvas.getBoundingClientRect()
    const press = (type: string, clientX: number, clientY: number): unknown =>
      canvas.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientX, clientY, bubbles: true }))
    for (let y = box.top + 120; y < box.bottom - 200; y += 20)
      for (let x = box.left + 120; x < box.right - 120; x += 20) {
        press('pointerdown', x, y)
        press('pointerup', x, y)
        if (window.__lab!.state().message !== null) return { x, y }
      }
    return null
  })
}

test('a click on an agent selects it and shows what it knows; a click beside it lets go', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: LED_US })
  const tokyo = labelOf(lab, 'Tokyo')
  await expect(tokyo).toBeVisible()
  const at = await below(tokyo)
  await lab.page.mouse.click(at.x, at.y)
  await expect.poll(async () => (await lab.state()).selected).toBe(120)
  const panel = await lab.panel('Inspect')
  await expect(panel.getByRole('heading', { name: 'Tokyo' })).toBeVisible()
  await expect(panel).toContainText('follower')
  await expect(panel.getByText(/^election timer$/)).toBeVisible()
  await panel.getByRole('button', { name: 'All agents' }).click()
  await expect.poll(async () => (await lab.state()).selected).toBeNull()
  await expect(panel.getByRole('list', { name: 'Agents' }).getByRole('listitem').first()).toBeVisible()
})

test('a right click on an agent opens its faults; one more click crashes it', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: LED_US })
  const london = labelOf(lab, 'London')
  await expect(london).toBeVisible()
  const at = await below(london)
  await lab.page.mouse.click(at.x, at.y, { button: 'right' })
  const menu = lab.page.getByRole('menu', { name: 'Faults of London' })
  await menu.getByRole('menuitem', { name: 'Crash', exact: true }).click()
  await expect.poll(async () => (await lab.state()).log).toContainEqual({ at: LED_US, op: 'crash', agent: 40 })
  await expect(menu).toBeHidden()
})

test('a message is caught and dropped in two clicks', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: LED_US })
  await expect(labelOf(lab, 'Tokyo')).toBeVisible()
  const at = await findMessage(lab)
  expect(at, 'some message can be caught').not.toBeNull()
  const popup = lab.page.getByRole('dialog', { name: 'Message' })
  await expect(popup).toBeVisible()
  await lab.page.keyboard.press('Escape')
  await expect(popup).toBeHidden()

  await lab.page.mouse.click(at!.x, at!.y)
  await expect(popup).toContainText(/arrives in/)
  const { message } = await lab.state()
  await popup.getByRole('button', { name: 'Drop' }).click()
  await expect.poll(async () => (await lab.state()).log).toContainEqual({ at: LED_US, op: 'dropMessage', ...message })
  await expect(popup).toBeHidden()
})

test('time slows down while the pointer is near a moving message', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: LED_US })
  await expect(labelOf(lab, 'Tokyo')).toBeVisible()
  const at = await findMessage(lab)
  await lab.page.keyboard.press('Escape')
  await lab.page.mouse.move(at!.x, at!.y)
  await expect(lab.page.getByText('1 s here is 50 ms there')).toBeVisible()
  await lab.page.mouse.move(5, 5)
  await expect(lab.page.getByText('1 s here is 200 ms there')).toBeVisible()
})

test('with the stage in focus: space goes and pauses, . and , step, ? shows all keys', async ({ lab }) => {
  await lab.open('raft-partition', { timeUs: 1_700_000 })
  await lab.stage.focus()
  await lab.page.keyboard.press('Space')
  await lab.runs()
  await lab.page.keyboard.press('Space')
  await expect.poll(async () => (await lab.state()).playing).toBe(false)
  await lab.renderAt(1_700_000)
  await lab.page.keyboard.press('.')
  await expect.poll(async () => (await lab.state()).timeUs).toBeGreaterThan(1_700_000)
  const stepped = (await lab.state()).timeUs
  await lab.page.keyboard.press(',')
  await expect.poll(async () => (await lab.state()).timeUs).toBeLessThan(stepped)
  await lab.page.keyboard.press('?')
  const keys = lab.page.getByRole('dialog', { name: 'Keys' })
  await expect(keys.getByRole('button', { name: 'Go or pause: Space. Change' })).toBeVisible()
  await lab.page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
})

test('single letters do nothing while a field has focus (WCAG 2.1.4)', async ({ lab }) => {
  await lab.open('raft-partition', { timeUs: 1_700_000 })
  const log = (await lab.state()).log
  await lab.page.getByRole('textbox', { name: 'seed' }).focus()
  await lab.page.keyboard.press('x')
  await lab.page.keyboard.press('.')
  await lab.page.keyboard.press('f')
  expect(await lab.digest()).not.toBe('') // queued behind whatever a key might have asked for
  const state = await lab.state()
  expect([state.log, state.timeUs]).toEqual([log, 1_700_000])
  await expect(lab.page.getByRole('region', { name: 'Faults' })).toHaveCount(0)
})

test('arrow keys turn the picture', async ({ lab }) => {
  await lab.open('raft-partition', { timeUs: 1_700_000 })
  const agent = labelOf(lab, 'Agent 2')
  await expect(agent).toBeVisible()
  const before = (await agent.boundingBox())!
  await lab.stage.focus()
  await lab.page.keyboard.press('ArrowRight')
  await lab.page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await agent.boundingBox())?.x).not.toBe(before.x)
})
