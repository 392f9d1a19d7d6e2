import { readFileSync } from 'node:fs'
import type { Download } from '@playwright/test'
import { expect, test } from './lab.ts'

/** Finding, reading and taking away what is on screen. */

const content = async (download: Download): Promise<Buffer> => readFileSync(await download.path())

test('every command by its name: Ctrl K, a few letters, Enter', async ({ lab }) => {
  await lab.open('raft-partition', { timeUs: 1_700_000 })
  await lab.page.keyboard.press('Control+k')
  await expect(lab.page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await lab.page.getByRole('combobox').fill('event log')
  await lab.page.keyboard.press('Enter')
  await expect(lab.page.getByRole('region', { name: 'Log' })).toBeVisible()
  await expect(lab.page.getByRole('dialog')).toHaveCount(0)
})

test('the agents as a table, in step with the stage, sorted and found by keys', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: 4_000_000 })
  const panel = await lab.panel('Agents')
  const table = panel.getByRole('table', { name: 'Agents' })
  await expect(table).toHaveAttribute('aria-rowcount', '201')
  await expect(table.getByRole('row').nth(1)).toContainText('Dallas')
  await expect(table.getByRole('row').nth(1)).toContainText('crashed')
  await table.getByRole('columnheader', { name: 'Log' }).getByRole('button').press('Enter')
  await expect(table.getByRole('columnheader', { name: 'Log' })).toHaveAttribute('aria-sort', 'descending')
  await expect(table.getByRole('row').nth(1)).toContainText('follower')
  await panel.getByRole('searchbox').fill('tokyo follower')
  await expect(table).toHaveAttribute('aria-rowcount', '2')
  await table.getByRole('row').nth(1).getByRole('button').press('Enter')
  await expect.poll(async () => (await lab.state()).selected).not.toBeNull()
})

test('what is on screen as files: agents and charts as CSV, the stage as a PNG that is not blank', async ({ lab }) => {
  await lab.open('raft-partition', { timeUs: 3_000_000 })
  const save = async (name: string): Promise<Download> => {
    await lab.page.keyboard.press('Control+k')
    await lab.page.getByRole('combobox').fill(name)
    const [download] = await Promise.all([lab.page.waitForEvent('download'), lab.page.keyboard.press('Enter')])
    return download
  }
  const agents = await save('Agents as CSV')
  expect(agents.suggestedFilename()).toMatch(/^raft-partition-seed-\d+-3000ms-agents\.csv$/)
  expect((await content(agents)).toString()).toMatch(/^agent,name,group,role.*\r\n0,agent 0,0,/)
  const series = (await content(await save('Charts as CSV'))).toString().trim().split('\r\n')
  expect(series[0]).toMatch(/^from_us,to_us,events,sent,delivered,lost/)
  expect(series.length).toBe(1 + 3_000_000 / 50_000)
  const picture = await content(await save('Picture of the stage'))
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  const colours = await lab.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const pen = canvas.getContext('2d')!
    pen.drawImage(image, 0, 0)
    return new Set(new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer)).size
  }, picture.toString('base64'))
  expect(colours).toBeGreaterThan(200)
})
