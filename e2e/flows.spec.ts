import { firstSwarm } from '../engine/scenario/presets/firstSwarm.ts'
import type { Locator } from '@playwright/test'
import { expect, test } from './lab.ts'

/** Somebody opens the lab, breaks something, rewinds, takes another course and sends the run to somebody else. */

const CRASH_AT_US = firstSwarm.scenario.faults[0]!.at
const LED_US = 3_300_000 // the opening leader stands, nothing has failed yet

/** What the share dialog offers to be copied under a label. */
const copyLine = (dialog: Locator, label: string): Promise<string> =>
  dialog.locator('label', { hasText: label }).getByRole('textbox').inputValue()

test('a stranger finds a swarm running, a caption that says why, and one thing to do (the first ten seconds)', async ({
  lab,
}) => {
  const began = Date.now()
  await lab.page.goto('./')
  await lab.page.waitForFunction(() => (window.__lab?.state().timeUs ?? 0) > 0)
  test.info().annotations.push({ type: 'running after', description: `${Date.now() - began} ms` })
  expect((await lab.state()).scenario).toBe('first-swarm')
  await lab.runs()
  await expect(lab.caption).toHaveText(/leads term 1: 3 of 5 votes/)
  await expect(lab.page.getByText('1 s here is 200 ms there')).toBeVisible()
  await expect(lab.crashButton).toBeEnabled()
  await expect(lab.page.getByRole('region', { name: /Scenarios|Inspect|Faults/ }), 'panels start closed').toHaveCount(0)
  expect(await lab.isBlank()).toBe(false)
  await expect(lab.caption).toHaveText('Dallas crashed', { timeout: 60_000 })
  await expect(lab.caption).toHaveText(/leads term 2: 3 of 5 votes/, { timeout: 60_000 })
  expect((await lab.state()).broken, 'no safety condition is broken').toEqual([])
})

test('one click crashes the leader, and the caption tells of the election that follows', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: LED_US })
  await expect(lab.crashButton).toHaveText(/Dallas/)
  await lab.crashButton.click()
  await expect.poll(async () => (await lab.state()).log).toContainEqual({ at: LED_US, op: 'crash', agent: 0 })
  await lab.go()
  await expect(lab.caption).toHaveText('Dallas crashed')
  await expect(lab.caption).toHaveText(/stands for election in term 2/, { timeout: 60_000 })
  await expect(lab.caption).toHaveText(/leads term 2: 3 of 5 votes/, { timeout: 60_000 })
})

test('rewinding, then breaking something in the past, forks; the lanes name the first difference; undo takes it back', async ({
  lab,
}) => {
  await lab.open('first-swarm', { timeUs: 6_000_000 })
  const after = await lab.digest()
  const box = (await lab.time.boundingBox())!
  await lab.page.mouse.click(box.x + (LED_US / firstSwarm.scenario.untilUs) * box.width, box.y + box.height / 2)
  await expect.poll(async () => (await lab.state()).timeUs).toBeLessThan(CRASH_AT_US)
  expect(Math.abs((await lab.state()).timeUs - LED_US)).toBeLessThan(50_000)

  await lab.crashButton.click()
  await expect.poll(async () => (await lab.state()).branches).toBe(2)
  await expect(lab.page.getByText('A new lane starts here')).toBeVisible()
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  const lanes = lab.page.getByRole('list', { name: 'Lanes' })
  await expect(lanes.getByRole('listitem')).toHaveCount(2)
  await lab.page.evaluate((time) => window.__lab!.renderAt(time), 6_000_000)
  expect(await lab.digest(), 'the new lane is another run').not.toBe(after)

  await lanes.getByRole('button', { name: 'First difference' }).click()
  const difference = lanes.getByRole('button', { name: /; there: / })
  // What Dallas would have handled, had it not been crashed.
  await expect(difference).toHaveText(/^3\.3\d* s: .+; there: .+/)
  await difference.click()
  await expect.poll(async () => (await lab.state()).timeUs).toBeLessThan(CRASH_AT_US)

  await lab.page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await lab.state()).log).toEqual(firstSwarm.scenario.faults)
  await lab.renderAt(6_000_000)
  expect(await lab.digest(), 'without the command it is the run from before').toBe(after)
  await lab.page.getByRole('button', { name: 'Redo' }).click()
  await expect.poll(async () => (await lab.state()).log.length).toBe(2)
})

test('a link, opened by somebody else, shows the same run at the same moment with the same digest', async ({
  lab,
  browser,
}) => {
  await lab.open('first-swarm', { timeUs: LED_US, seed: 4711 })
  await lab.page.keyboard.press('x') // crashes whoever leads
  await expect.poll(async () => (await lab.state()).log.length).toBe(2)
  await lab.renderAt(5_200_000)
  const mine = { state: await lab.state(), digest: await lab.digest() }
  await lab.page.getByRole('button', { name: 'Share link' }).click()
  const dialog = lab.page.getByRole('dialog', { name: 'Share this run' })
  const address = await copyLine(dialog, 'Link')
  const code = await copyLine(dialog, 'Code, for any lab')
  expect(address).toBe(`${lab.page.url().replace(/[?#].*$/, '')}#s=${code}`)
  expect(address.length, 'short enough for any mail program').toBeLessThan(2_000)

  const theirs = await browser.newContext()
  const page = await theirs.newPage()
  await page.goto(address)
  const seen = () => page.evaluate(() => window.__lab?.state())
  await expect.poll(async () => (await seen())?.timeUs).toBe(mine.state.timeUs)
  const { scenario, seed, log } = (await seen())!
  expect({ scenario, seed, log }).toEqual({ scenario: 'first-swarm', seed: 4711, log: mine.state.log })
  expect(await page.evaluate(() => window.__lab!.digest())).toBe(mine.digest)
  await expect(page.getByRole('alert'), 'nothing says that the replay differs').toHaveCount(0)
  await theirs.close()
})

test('a bare code, pasted into the dialog, opens the same run', async ({ lab }) => {
  await lab.open('raft-partition', { timeUs: 2_345_678 })
  const digest = await lab.digest()
  await lab.page.getByRole('button', { name: 'Share link' }).click()
  const dialog = lab.page.getByRole('dialog', { name: 'Share this run' })
  const code = await copyLine(dialog, 'Code, for any lab')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await lab.open('tree-sync')
  await lab.page.getByRole('button', { name: 'Share link' }).click()
  await dialog.getByRole('textbox', { name: 'Link, code or scenario' }).fill(code)
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(dialog).toBeHidden()
  await lab.atTime(2_345_678)
  expect([(await lab.state()).scenario, await lab.digest()]).toEqual(['raft-partition', digest])
})

test('a step goes to just after the next event, and a step back undoes it exactly', async ({ lab }) => {
  await lab.open('raft-lan', { timeUs: 1_100_000 })
  const [time, digest] = [(await lab.state()).timeUs, await lab.digest()]
  const forward = lab.page.getByRole('button', { name: 'Step', exact: true })
  await forward.click()
  await expect.poll(async () => (await lab.state()).timeUs).toBeGreaterThan(time)
  const first = { time: (await lab.state()).timeUs, digest: await lab.digest() }
  expect(first.digest).not.toBe(digest)
  await forward.click()
  await expect.poll(async () => (await lab.state()).timeUs).toBeGreaterThan(first.time)
  await lab.page.getByRole('button', { name: 'Step back', exact: true }).click()
  await lab.atTime(first.time)
  expect(await lab.digest()).toBe(first.digest)
})

test('a reload keeps the work: scenario, seed, commands and moment', async ({ lab }) => {
  await lab.open('raft-lan', { timeUs: 900_000, seed: 99 })
  await lab.crashButton.click()
  await expect.poll(async () => (await lab.state()).log.some((c) => c.at === 900_000 && c.op === 'crash')).toBe(true)
  const before = { ...(await lab.state()), digest: await lab.digest() }
  const written = await lab.page.evaluate(() => sessionStorage.getItem('swarm-lab.work'))
  await lab.page.waitForFunction((old) => sessionStorage.getItem('swarm-lab.work') !== old, written)
  await lab.page.reload()
  await lab.opened()
  await lab.atTime(before.timeUs)
  const { scenario, seed, log } = await lab.state()
  expect({ scenario, seed, log }).toEqual({ scenario: before.scenario, seed: before.seed, log: before.log })
  expect(await lab.digest()).toBe(before.digest)
})
