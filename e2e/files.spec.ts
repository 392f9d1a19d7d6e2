import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import type { Locator } from '@playwright/test'
import { RULES_VERSION } from '../engine/rulesVersion.ts'
import { encodeLink } from '../engine/scenario/link.ts'
import { firstSwarm } from '../engine/scenario/presets/firstSwarm.ts'
import { expect, test, type Lab } from './lab.ts'

/** Scenarios as files, scenarios of one's own, and work that survives. */

const MINE = JSON.stringify({
  name: 'mine',
  title: 'My own ring',
  topology: { kind: 'ring' },
  programs: [{ kind: 'raft' }],
})

interface Dragged {
  readonly name: string
  readonly type: string
  readonly content: string
}

/** Sends a drag event with one file to the page. */
async function drag(lab: Lab, event: 'dragover' | 'drop', file: Dragged): Promise<void> {
  const dataTransfer = await lab.page.evaluateHandle(({ name, type, content }) => {
    const data = new DataTransfer()
    data.items.add(new File([content], name, { type }))
    return data
  }, file)
  await lab.page.dispatchEvent('main', event, { dataTransfer })
}

const paste = (lab: Lab, text: string): Promise<void> =>
  lab.page.evaluate((content) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', content)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, text)

const isDropping = (lab: Lab): Promise<boolean> =>
  lab.page.evaluate(() => 'dropping' in document.documentElement.dataset)

/** The text field of the editor, opened from the gallery. */
async function editor(lab: Lab): Promise<Locator> {
  const gallery = await lab.panel('Scenarios')
  await gallery.getByRole('button', { name: 'Edit as JSON' }).click()
  const text = lab.page.getByRole('textbox', { name: 'Scenario as JSON' })
  await expect(text).toBeFocused()
  return text
}

/** Resolves once what is on screen has been written down. */
async function written(lab: Lab): Promise<void> {
  const { timeUs, log } = await lab.state()
  await lab.page.waitForFunction(
    ([time, commands]) => {
      const work = JSON.parse(sessionStorage.getItem('swarm-lab.work') ?? 'null')
      return work?.run.timeUs === time && work.run.log.length === commands
    },
    [timeUs, log.length] as const,
  )
}

test('a scenario file is dropped, pasted, or refused with one sentence; what is no file of text is not read', async ({
  lab,
}) => {
  await lab.open('raft-lan')
  const json = { name: 'mine.json', type: 'application/json', content: MINE }
  await drag(lab, 'dragover', json)
  expect(await isDropping(lab), 'a place to drop is shown').toBe(true)
  await drag(lab, 'drop', json)
  expect(await isDropping(lab)).toBe(false)
  await expect.poll(async () => (await lab.state()).scenario).toBe('mine')

  for (const [file, sentence] of [
    [{ name: 'cat.png', type: 'image/png', content: 'x' }, /^cat\.png: image\/png is not a scenario/],
    [{ name: 'empty.json', type: 'application/json', content: '' }, /^empty\.json: 0 bytes is an empty file/],
    [{ name: 'notes.txt', type: 'text/plain', content: 'hello' }, /^notes\.txt: neither a link, a code nor a scenario/],
    [{ name: 'list.json', type: 'application/json', content: '[1]' }, /^scenario: a list of 1 is not an object/],
  ] as const) {
    await drag(lab, 'drop', file)
    await expect(lab.alerts).toHaveText(sentence)
    await lab.alerts.getByRole('button', { name: 'Close' }).click()
  }
  expect((await lab.state()).scenario).toBe('mine')

  await paste(lab, MINE.replace('"mine"', '"pasted"'))
  await expect.poll(async () => (await lab.state()).scenario).toBe('pasted')
})

test('a run saved as a file comes back from it: the same commands in the same order, the same digest', async ({
  lab,
}) => {
  await lab.open('first-swarm', { timeUs: 3_300_000 })
  await lab.crashButton.click() // earlier than the crash that is scheduled, and behind it in the log
  await expect.poll(async () => (await lab.state()).log.length).toBe(2)
  const { log } = await lab.state()
  const gallery = await lab.panel('Scenarios')
  const [download] = await Promise.all([
    lab.page.waitForEvent('download'),
    gallery.getByRole('button', { name: 'Save as a file' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('first-swarm.json')
  const content = readFileSync((await download.path())!, 'utf8')
  expect(content.length, 'no defaults are written').toBeLessThan(2_000)
  await lab.renderAt(4_500_000)
  const digest = await lab.digest()

  await drag(lab, 'drop', { name: 'first-swarm.json', type: 'application/json', content })
  await expect.poll(async () => (await lab.state()).timeUs).toBeLessThan(4_500_000)
  await lab.renderAt(4_500_000)
  expect((await lab.state()).log).toEqual(log)
  expect(await lab.digest()).toBe(digest)
})

test('a scenario is edited as text: help, the parser’s sentence, run, keep; nothing typed is lost', async ({ lab }) => {
  await lab.open('raft-lan')
  const text = await editor(lab)
  const dialog = lab.page.getByRole('dialog', { name: 'Edit as JSON' })
  await expect(text).toContainText('"name": "raft-lan"')
  await lab.page.keyboard.press('Control+a')
  await lab.page.keyboard.insertText('{\n  "title": "Typed by hand",\n  "swarm": { "agents": 0 },\n  "programs": []\n}')
  await expect(dialog.getByRole('status')).toHaveText('swarm.agents: 0 is outside 1..1000000')
  await expect(dialog.locator('.cm-lintRange-error')).toHaveText('0')
  await expect(dialog.getByRole('button', { name: 'Run it' })).toBeDisabled()

  await lab.page.keyboard.press('Control+Home')
  await lab.page.keyboard.press('ArrowDown')
  await lab.page.keyboard.press('End')
  await lab.page.keyboard.type('\n"net')
  await expect(dialog.getByRole('option', { name: /network/ })).toBeVisible()
  await lab.page.keyboard.press('Escape')
  await expect(dialog.getByRole('option'), 'Escape closes the list, not the dialog').toHaveCount(0)
  await lab.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await editor(lab)
  await expect(text, 'what was typed is there again').toContainText('"net')
  await lab.page.keyboard.press('Control+a')
  await lab.page.keyboard.insertText(MINE)
  await dialog.getByRole('button', { name: 'Save to your scenarios' }).click()
  await expect(lab.page.getByText('“My own ring” is under Your own')).toBeVisible()
  await text.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect.poll(async () => (await lab.state()).scenario).toBe('mine')
})

test('scenarios of one’s own: kept over a reload, renamed, copied, deleted and brought back; a full disk loses none', async ({
  lab,
}) => {
  await lab.open('raft-lan')
  let gallery = await lab.panel('Scenarios')
  await gallery.getByRole('button', { name: 'Add to your own' }).click()
  await expect(lab.page.getByText('is now among your own')).toBeVisible()
  await lab.page.reload()
  await lab.opened()
  gallery = await lab.panel('Scenarios')
  const mine = gallery.locator('section', { hasText: 'Your own' }).getByRole('listitem')
  await gallery.getByRole('button', { name: 'Rename Servers in one room' }).click()
  await gallery.getByRole('textbox', { name: 'New name' }).fill('My servers')
  await lab.page.keyboard.press('Enter')
  await gallery.getByRole('button', { name: 'Copy My servers' }).click()
  await expect(mine).toHaveText(['My servers', 'My servers (2)'])
  await gallery.getByRole('button', { name: 'Delete My servers', exact: true }).click()
  await expect(mine.first()).toHaveText('My servers (2)')
  await gallery.getByRole('button', { name: 'Bring it back' }).click()
  await expect(mine).toHaveText(['My servers', 'My servers (2)'])

  await lab.page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('', 'QuotaExceededError')
    }
  })
  await gallery.getByRole('button', { name: 'Add to your own' }).click()
  await expect(lab.alerts).toHaveText(/“Servers in one room” was not saved: the browser’s storage is full/)
  await expect(mine).toHaveCount(2)
  await mine.first().getByRole('button', { name: 'My servers', exact: true }).click()
  await expect(lab.page.getByRole('heading', { level: 1 })).toHaveText('My servers')
})

test('back and forward walk through the runs that were opened, undo and redo as well, and recent runs open where they were', async ({
  lab,
}) => {
  const scenario = firstSwarm.scenario
  const shared = {
    scenario,
    log: scenario.faults,
    timeUs: 3_300_000,
    camera: [],
    rulesVersion: RULES_VERSION,
    digest: null,
  }
  const link = await encodeLink(shared, promisify(deflateRaw))
  await lab.load({ code: link.ok ? link.value.code : '' })
  await lab.opened()
  await lab.crashButton.click()
  await expect.poll(async () => (await lab.state()).log.length).toBe(2)
  const first = { ...(await lab.state()), digest: await lab.digest() }
  const address = lab.page.url()
  expect(address).toContain('#s=')
  await lab.open('raft-lan', { timeUs: 700_000 })
  expect(lab.page.url(), 'another run is not what the link says').not.toContain('#')
  await lab.open('tree-sync', { timeUs: 500_000 })
  const isFirst = async (): Promise<void> => {
    await expect.poll(async () => (await lab.state()).scenario).toBe('first-swarm')
    await lab.atTime(first.timeUs)
    expect((await lab.state()).log).toEqual(first.log)
    expect(await lab.digest()).toBe(first.digest)
  }

  await lab.page.goBack()
  await expect.poll(async () => (await lab.state()).scenario).toBe('raft-lan')
  await lab.atTime(700_000)
  await lab.page.goBack()
  await isFirst()
  expect(lab.page.url(), 'the link is in the address again').toBe(address)
  await lab.page.goForward()
  await expect.poll(async () => (await lab.state()).scenario).toBe('raft-lan')

  await lab.page.getByRole('textbox', { name: 'seed' }).fill('77')
  await lab.page.keyboard.press('Enter')
  await expect.poll(async () => (await lab.state()).seed).toBe(77)
  await lab.page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await lab.state()).seed).not.toBe(77)
  await lab.page.getByRole('button', { name: 'Redo' }).click()
  await expect.poll(async () => (await lab.state()).seed).toBe(77)

  const gallery = await lab.panel('Scenarios')
  await gallery.getByText('Recent runs').click()
  await gallery.locator('.recent-row', { hasText: firstSwarm.scenario.title }).filter({ hasText: '1 change' }).click()
  await isFirst()
})

test('after a crash of the page the run is there, paused; after a second one it is not opened again', async ({
  lab,
}) => {
  await lab.open('raft-lan', { timeUs: 700_000, seed: 5 })
  await written(lab)
  // A page that stops by itself says no goodbye.
  await lab.page.addInitScript(() => {
    const work = sessionStorage.getItem('swarm-lab.work')
    if (work)
      sessionStorage.setItem('swarm-lab.work', JSON.stringify({ ...JSON.parse(work), closed: false, playing: true }))
  })
  await lab.page.reload()
  await expect(lab.page.getByText('The page had stopped by itself.')).toBeVisible()
  await lab.opened()
  expect(await lab.state()).toMatchObject({ scenario: 'raft-lan', seed: 5, timeUs: 700_000, playing: false })
  await lab.page.reload()
  await expect(lab.alerts).toHaveText(/stopped twice at the same run/)
  await lab.opened()
  expect((await lab.state()).scenario).toBe('first-swarm')
})
