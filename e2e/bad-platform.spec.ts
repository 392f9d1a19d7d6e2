import { LocalRun } from '../engine/LocalRun.ts'
import { micros } from '../engine/kernel/units.ts'
import { firstSwarm } from '../engine/scenario/presets/firstSwarm.ts'
import { expect, Lab, test } from './lab.ts'
import { startPlainHost } from './plainHost.ts'

/** A browser or a host that lacks something, and workers that die: one sentence, and what can work goes on working. */

/** Scripts of the workers that run the swarm; the page starts one at first. */
const WORKERS = /Worker-[\w-]+\.js$/

test('without WebGL one sentence says so, and table, caption and faults still work', async ({ lab }) => {
  await lab.page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext as (this: HTMLCanvasElement, kind: string) => unknown
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: []) {
      return /webgl|webgpu/.test(kind) ? null : original.call(this, kind, ...rest)
    } as typeof HTMLCanvasElement.prototype.getContext
  })
  await lab.load()
  await lab.opened()
  await expect(lab.page.locator('#stage')).toContainText('does not offer WebGL 2')
  await lab.runs()
  await expect(lab.caption).toHaveText(/leads term 1/)
  const agents = (await lab.panel('Inspect')).getByRole('list', { name: 'Agents' })
  await expect(agents.getByRole('listitem').first()).toContainText('Dallas')
  await lab.crashButton.click()
  await expect(agents.getByRole('listitem').first()).toContainText('crashed')
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  await expect(lab.page.locator('.chart-row canvas').first()).toBeVisible()
})

test('on a host without isolation headers: a badge, one worker, and the digest of Node', async ({ browser }) => {
  const host = await startPlainHost()
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const lab = new Lab(await context.newPage())
  await lab.load({}, host.address)
  await lab.open('first-swarm', { timeUs: firstSwarm.proofUs })
  await expect(lab.page.getByText('1 worker · no shared memory')).toBeVisible()
  expect(await lab.state()).toMatchObject({ workers: 1, sharedMemory: false })
  const run = new LocalRun(firstSwarm.scenario)
  run.runTo(micros(firstSwarm.proofUs))
  expect(await lab.digest()).toBe(run.digestText())
  expect(lab.errors).toEqual([])
  await context.close()
  host.close()
})

test('a worker that cannot start: one sentence, and the page stays', async ({ lab }) => {
  lab.forgive(/Failed to load resource|ERR_FAILED/)
  await lab.page.route(WORKERS, (route) => route.abort())
  await lab.page.goto('./')
  await expect(lab.alerts).toHaveText(/^The workers could not start: .+\.$/)
  await lab.panel('Scenarios')
  await lab.page.getByRole('button', { name: 'All keys' }).click()
  await expect(lab.page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
})

test('a worker that throws in the middle: one sentence, and the next run starts with new workers', async ({ lab }) => {
  let served = 0
  lab.forgive(/a worker of this test dies/)
  await lab.page.route(WORKERS, async (route) => {
    const response = await route.fetch()
    const dying = 'setTimeout(() => { throw new Error("a worker of this test dies") }, 4000)'
    await route.fulfill({ response, body: `${await response.text()}\n${served++ === 0 ? dying : ''}` })
  })
  await lab.load()
  await lab.opened()
  await expect(lab.alerts).toHaveText(/a worker stopped: .*a worker of this test dies/, { timeout: 30_000 })
  await expect.poll(async () => (await lab.state()).playing).toBe(false)
  const gallery = await lab.panel('Scenarios')
  await gallery.getByRole('button', { name: /^Servers in one room/ }).click()
  await expect.poll(async () => (await lab.state()).scenario).toBe('raft-lan')
  await lab.runs()
  expect(served).toBe(2)
})
