import type { Locator } from '@playwright/test'
import { raftPartition } from '../engine/scenario/presets/raftPartition.ts'
import { expect, test, type Lab } from './lab.ts'

/** Fault bands: dragged, resized, edited and removed; each change forks and can be undone. */

const [first, second] = raftPartition.scenario.faults.map(({ at }) => at) as [number, number]

async function openTimeline(lab: Lab): Promise<Locator> {
  await lab.open('raft-partition', { timeUs: 9_000_000 })
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  const bands = lab.page.getByRole('button', { name: /Enter edits, arrows move, delete removes\.$/ })
  await expect(bands).toHaveCount(2)
  return bands
}

const times = async (lab: Lab): Promise<number[]> => (await lab.state()).log.map((c) => c.at)

async function drag(lab: Lab, from: Locator, byPx: number): Promise<void> {
  const box = (await from.boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await lab.page.mouse.move(x, y)
  await lab.page.mouse.down()
  await lab.page.mouse.move(x + byPx / 2, y)
  await lab.page.mouse.move(x + byPx, y)
  await lab.page.mouse.up()
}

test('dragging a band moves the fault, the run follows, and undo brings both back', async ({ lab }) => {
  const bands = await openTimeline(lab)
  const before = await lab.digest()
  await drag(lab, bands.first(), 60)
  await expect.poll(() => times(lab)).not.toEqual([first, second])
  const [moved] = await times(lab)
  expect(moved).toBeGreaterThan(first)
  expect(moved! % 1_000, 'to a whole millisecond').toBe(0)
  await lab.renderAt(9_000_000)
  expect(await lab.digest()).not.toBe(before)
  await lab.page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => times(lab)).toEqual([first, second])
  await lab.renderAt(9_000_000)
  expect(await lab.digest()).toBe(before)
})

test('dragging the end of a band changes how long the fault lasts', async ({ lab }) => {
  await openTimeline(lab)
  await drag(lab, lab.page.locator('.band-edge').first(), -40)
  await expect
    .poll(async () => {
      const [fault] = (await lab.state()).log
      return fault !== undefined && 'forUs' in fault ? fault.forUs! : 0
    })
    .toBeLessThan(2_000_000)
  expect(await times(lab)).toEqual([first, second])
})

test('a click on a band edits it: another time is typed', async ({ lab }) => {
  const bands = await openTimeline(lab)
  await bands.first().click()
  const editor = lab.page.getByRole('form', { name: /^Edit: / })
  await editor.getByRole('textbox', { name: 'At' }).fill('2500')
  await editor.getByRole('button', { name: 'Change' }).click()
  await expect.poll(() => times(lab)).toEqual([2_500_000, second])
  await expect(editor).toBeHidden()
})

test('a band moves and goes by keys alone', async ({ lab }) => {
  const bands = await openTimeline(lab)
  await bands.first().focus()
  await lab.page.keyboard.press('ArrowRight')
  await expect.poll(() => times(lab)).toEqual([first + 10_000, second])
  await bands.first().focus()
  await lab.page.keyboard.press('Delete')
  await expect.poll(() => times(lab)).toEqual([second])
  await expect(bands).toHaveCount(1)
})
