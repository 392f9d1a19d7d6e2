import type { Locator } from '@playwright/test'
import type { ComparedState } from '../app/panels/compare/compareWindow.ts'
import { raftLan } from '../engine/scenario/presets/raftLan.ts'
import { expect, test, type Lab } from './lab.ts'

/** Set-ups side by side: one clock, one camera, the first difference named and gone to. */

// Two stages are drawn in software: small ones, and a camera that does not glide.
test.use({ viewport: { width: 1000, height: 640 }, contextOptions: { reducedMotion: 'reduce' } })

const T = 800_000
const scheduled = raftLan.scenario.faults.length

const compared = (lab: Lab): Promise<ComparedState | null> => lab.page.evaluate(() => window.__compare?.state() ?? null)
const times = async (lab: Lab): Promise<readonly number[]> => {
  const state = await compared(lab)
  return state === null ? [] : state.sides.flatMap(({ timeUs, shownUs }) => [timeUs, shownUs])
}
/** Engines and pictures of `count` set-ups stand at `timeUs`, all of them. */
const standAt = (lab: Lab, timeUs: number, count = 2): Promise<void> =>
  expect.poll(() => times(lab)).toEqual(new Array(2 * count).fill(timeUs))

async function openBeside(lab: Lab): Promise<Locator> {
  await lab.open('raft-lan', { timeUs: T })
  await lab.page.getByRole('button', { name: 'Compare', exact: true }).click()
  const dialog = lab.page.getByRole('dialog', { name: 'Compare' })
  await standAt(lab, T, 1)
  await dialog.getByRole('radio', { name: 'A parameter' }).click()
  await dialog.getByRole('combobox', { name: 'Parameter' }).click()
  await lab.page.getByRole('option', { name: 'Message loss' }).click()
  await dialog.getByRole('button', { name: 'Set it beside' }).click()
  await standAt(lab, T)
  return dialog
}

test('two set-ups step, play and seek as one, and closing leaves the run as it was', async ({ lab }) => {
  const dialog = await openBeside(lab)
  await expect(dialog.getByRole('region', { name: /^A: Message loss: 0 %/ })).toBeVisible()
  await expect(dialog.getByRole('region', { name: /^B: Message loss: / })).toBeVisible()

  await dialog.getByRole('button', { name: 'Step', exact: true }).click()
  await expect.poll(async () => (await compared(lab))!.timeUs).toBeGreaterThan(T)
  await standAt(lab, (await compared(lab))!.timeUs)
  await dialog.getByRole('button', { name: 'Step back' }).click()
  await expect.poll(async () => (await compared(lab))!.timeUs).toBeLessThanOrEqual(T)
  await standAt(lab, (await compared(lab))!.timeUs)

  await dialog.getByRole('button', { name: 'Go', exact: true }).click()
  await expect.poll(async () => (await compared(lab))!.timeUs).toBeGreaterThan(T + 20_000)
  // In the midst of it: what is shown is one time, whoever is faster.
  const { sides, timeUs } = (await compared(lab))!
  expect(sides.map(({ shownUs }) => shownUs)).toEqual([timeUs, timeUs])
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click()
  await lab.page.evaluate(() => window.__compare!.renderAt(950_000))
  await standAt(lab, 950_000)

  await dialog.getByRole('button', { name: 'Close the comparison' }).click()
  await expect(dialog).toBeHidden()
  expect(await lab.state()).toMatchObject({ scenario: 'raft-lan', timeUs: T, branches: 1 })
  await lab.stage.press('.')
  await expect.poll(async () => (await lab.state()).timeUs).toBeGreaterThan(T)
})

test('one camera for both, one fault for all or only here, and the first difference to go to', async ({ lab }) => {
  const dialog = await openBeside(lab)
  const cameras = async (): Promise<readonly (readonly number[])[]> => (await compared(lab))!.sides.map((s) => s.camera)
  await expect.poll(async () => (await cameras()).every((camera) => camera.length === 6)).toBe(true)
  const before = (await cameras())[0]
  await dialog.getByRole('group', { name: /^Stage B/ }).press('ArrowLeft')
  await expect.poll(async () => (await cameras())[0]).not.toEqual(before)
  const apart = async (): Promise<number> => {
    const [a, b] = await cameras()
    return Math.max(...a!.map((x, i) => Math.abs(x - b![i]!)))
  }
  await expect.poll(apart).toBeLessThan(0.05) // the one glides, the other follows

  const commands = async (): Promise<readonly number[]> => (await compared(lab))!.sides.map((s) => s.commands)
  await dialog.getByRole('button', { name: 'Crash the leader in all' }).click()
  await expect.poll(commands).toEqual([scheduled + 1, scheduled + 1])
  await dialog.getByRole('button', { name: 'Crash the leader here, only in B' }).click()
  await expect.poll(commands).toEqual([scheduled + 1, scheduled + 2])

  await expect.poll(async () => (await compared(lab))!.partingUs, { timeout: 15_000 }).not.toBeNull()
  const { partingUs } = (await compared(lab))!
  await dialog.getByRole('region', { name: 'First difference' }).getByRole('button').first().click()
  await standAt(lab, partingUs! + 1)
})

test('stages have most of the room, and frame what they show in it until a person takes the camera', async ({
  lab,
}) => {
  await lab.page.setViewportSize({ width: 1_300, height: 800 })
  await lab.open('rush-hour', { timeUs: T })
  await lab.page.getByRole('button', { name: 'Compare', exact: true }).click()
  const dialog = lab.page.getByRole('dialog', { name: 'Compare' })
  await dialog.getByRole('button', { name: 'Set it beside' }).click()
  await standAt(lab, T)
  const figures = dialog.getByRole('region', { name: 'Figures' })
  await expect(figures.getByRole('row').nth(12)).toBeAttached() // many of them
  const height = async (part: Locator): Promise<number> => (await part.boundingBox())!.height
  const stage = dialog.getByRole('group', { name: /^Stage B/ })
  expect(await height(stage)).toBeGreaterThan(1.2 * (await height(figures)))
  await figures.getByRole('row').last().scrollIntoViewIfNeeded()
  await expect(figures.getByRole('columnheader', { name: 'B − A' })).toBeInViewport()

  const cameras = async (): Promise<string> => JSON.stringify((await compared(lab))!.sides.map((s) => s.camera))
  const resized = async (width: number, height: number): Promise<void> => {
    const before = (await stage.boundingBox())!.width
    await lab.page.setViewportSize({ width, height })
    await expect.poll(async () => (await stage.boundingBox())!.width).not.toBe(before)
  }
  const first = await cameras()
  await resized(1_200, 600)
  await expect.poll(cameras).not.toBe(first)
  await stage.press('ArrowLeft')
  await stage.press('+')
  let taken = first
  await expect.poll(async () => taken === (taken = await cameras())).toBe(true) // at rest
  await resized(1_400, 800)
  expect(await cameras()).toBe(taken)
})

test('the comparison comes back after a reload, and its link opens it elsewhere', async ({ lab }) => {
  await openBeside(lab)
  const kept = (): Promise<string | null> => lab.page.evaluate(() => sessionStorage.getItem('swarm-lab.compare'))
  await expect.poll(kept, { timeout: 8_000 }).not.toBeNull()
  const codes = JSON.parse((await kept())!) as string[]
  await lab.page.reload()
  await standAt(lab, T)
  const found = async (): Promise<unknown> =>
    (await compared(lab))!.sides.map(({ letter, scenario }) => [letter, scenario])
  const both = [
    ['A', 'raft-lan'],
    ['B', 'raft-lan'],
  ]
  expect(await found()).toEqual(both)
  // A tab that knows nothing of it.
  await lab.page.getByRole('button', { name: 'Close the comparison' }).click()
  await lab.page.evaluate(() => sessionStorage.clear())
  await lab.page.goto('about:blank')
  await lab.load({ code: codes.join('&with=') })
  await standAt(lab, T)
  expect(await found()).toEqual(both)
})
