import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Lab } from './lab.ts'

/** Job logs: dropped, agreed to, kept over a reload, named by a link and asked for where they are not. */

const NASA = join(import.meta.dirname, '../..', 'shared', 'data', 'NASA-iPSC-1993-3.1-cln.swf')
const line = (job: number): string => `${job} ${job * 300} -1 3600 64 -1 -1 64 -1 -1 1 1 1 -1 -1 -1 -1 -1\n`
const LOG = `; MaxProcs: 128\n${Array.from({ length: 40 }, (_, i) => line(i + 1)).join('')}`
const SPOILT = LOG.replace(line(7), 'seven\n').replace(line(9), '9 9\n')

const drop = async (lab: Lab, name: string, content: string): Promise<void> => {
  const dataTransfer = await lab.page.evaluateHandle(
    ([file, text]) => {
      const data = new DataTransfer()
      data.items.add(new File([text!], file!))
      return data
    },
    [name, content],
  )
  await lab.page.dispatchEvent('main', 'drop', { dataTransfer })
}
const choose = async (lab: Lab, name: string, content: string): Promise<void> => {
  const [chooser] = await Promise.all([
    lab.page.waitForEvent('filechooser'),
    lab.page.getByRole('button', { name: 'Choose the file' }).click(),
  ])
  await chooser.setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
}
const linkOf = async (lab: Lab): Promise<string> => {
  await lab.page
    .getByRole('button', { name: /^Share/ })
    .first()
    .click()
  const dialog = lab.page.getByRole('dialog', { name: 'Share this run' })
  await expect(dialog.getByRole('note')).toContainText('does not carry it')
  const address = await dialog.locator('input[readonly]').first().inputValue()
  await lab.page.keyboard.press('Escape')
  return address.split('#s=')[1]!
}

test('a job log is dropped and run, found again after a reload, and asked for by a link', async ({ lab, browser }) => {
  await lab.open('raft-lan')
  await drop(lab, 'forty.swf', LOG)
  await expect.poll(async () => (await lab.state()).scenario).toBe('job-log')
  await lab.runs()
  await lab.pause()
  await lab.renderAt(3_000_000)
  const digest = await lab.digest()
  const code = await linkOf(lab)

  await lab.page.reload()
  await lab.opened()
  expect((await lab.state()).scenario, 'the browser has kept the file').toBe('job-log')
  await lab.renderAt(3_000_000)
  expect(await lab.digest()).toBe(digest)

  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(`${lab.page.url().split('#')[0]}#s=${code}`)
  const asked = other.getByRole('dialog', { name: 'This run needs a job log' })
  await expect(asked).toContainText(/forty\.swf \(\d,\d+ bytes, SHA-256 [0-9a-f]{64}\)/)
  const give = async (content: string): Promise<void> => {
    const [chooser] = await Promise.all([
      other.waitForEvent('filechooser'),
      asked.getByRole('button', { name: 'Choose the file' }).click(),
    ])
    await chooser.setFiles({ name: 'mine.swf', mimeType: 'text/plain', buffer: Buffer.from(content) })
  }
  await give(LOG.replace('3600', '3601'))
  await expect(asked.getByRole('alert')).toContainText('mine.swf is another file')
  await give(LOG)
  await expect(asked).toBeHidden()
  await other.waitForFunction(() => window.__lab?.state().scenario === 'job-log' && !window.__lab.state().opening)
  await other.evaluate(() => window.__lab!.renderAt(3_000_000))
  expect(await other.evaluate(() => window.__lab!.digest()), 'the same run as where the link was made').toBe(digest)
  await context.close()
})

test('lines that are no job are listed, and skipped only if one agrees', async ({ lab }) => {
  await lab.open('raft-lan')
  await drop(lab, 'spoilt.swf', SPOILT)
  const dialog = lab.page.getByRole('dialog', { name: 'Some of this file is no job' })
  await expect(dialog.getByRole('listitem')).toHaveText([/^Line 8 .* seven$/, /^Line 10 has 2 fields .* 9 9$/])
  await dialog.getByRole('button', { name: 'Do not open it' }).click()
  await expect(dialog).toBeHidden()
  expect((await lab.state()).scenario).toBe('raft-lan')

  await drop(lab, 'spoilt.swf', SPOILT)
  await dialog.getByRole('button', { name: 'Take the 38 jobs that can be read' }).click()
  await expect.poll(async () => (await lab.state()).scenario).toBe('job-log')
  expect(await lab.alerts.count()).toBe(0)
})

test('what is no job log is refused in one sentence, and nothing is lost', async ({ lab }) => {
  await lab.open('raft-lan', { timeUs: 500_000 })
  for (const [name, content, sentence] of [
    ['empty.swf', '', /^empty\.swf: 0 bytes is an empty file/],
    ['binary.swf', `${LOG}\0`, /^binary\.swf: line 42 holds byte 0, which no text has/],
    ['words.swf', 'no jobs\n', /^words\.swf: holds no job: of 1 lines none has 18 numbers/],
  ] as const) {
    await drop(lab, name, content)
    await expect(lab.alerts).toHaveText(sentence)
    await lab.alerts.getByRole('button', { name: 'Close' }).click()
  }
  const { scenario, timeUs } = await lab.state()
  expect([scenario, timeUs]).toEqual(['raft-lan', 500_000])
})

test('a link without its file can be declined: the page opens as it would', async ({ lab }) => {
  await lab.open('raft-lan')
  await drop(lab, 'forty.swf', LOG)
  await expect.poll(async () => (await lab.state()).scenario).toBe('job-log')
  await lab.opened()
  const code = await linkOf(lab)
  await lab.page.evaluate(() => indexedDB.deleteDatabase('swarm-lab-jobs'))
  await lab.page.evaluate(() => sessionStorage.clear())
  await lab.page.goto('about:blank')
  await lab.load({ code })
  const asked = lab.page.getByRole('dialog', { name: 'This run needs a job log' })
  await choose(lab, 'words.swf', 'no jobs\n')
  await expect(asked.getByRole('alert')).toContainText('holds no job')
  await asked.getByRole('button', { name: 'Close' }).click()
  await lab.opened()
  expect((await lab.state()).scenario).toBe('first-swarm')
})

test('the log of NASA Ames opens in a second, and the page stays responsive', async ({ lab }) => {
  test.skip(!existsSync(NASA), 'The log is not beside the project.')
  await lab.open('raft-lan')
  const content = readFileSync(NASA, 'latin1')
  const { tookMs, longestMs } = await lab.page.evaluate(async (text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'nasa.swf'))
    const began = performance.now()
    let [last, longestMs] = [began, 0]
    document
      .querySelector('main')!
      .dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    while (window.__lab!.state().scenario !== 'job-log') {
      await new Promise((resolve) => setTimeout(resolve, 4))
      const now = performance.now()
      longestMs = Math.max(longestMs, now - last)
      last = now
      if (now - began > 20_000) break
    }
    return { tookMs: performance.now() - began, longestMs }
  }, content)
  console.log(
    `the log was open after ${Math.round(tookMs)} ms; the page stood still for ${Math.round(longestMs)} ms at most`,
  )
  expect(longestMs).toBeLessThan(500)
  await expect.poll(async () => (await lab.state()).scenario).toBe('job-log')
})

test('its rows reach two workers, one without shared memory, a sweep and a comparison', async ({ lab }) => {
  const digests: string[] = []
  for (const address of [{ workers: 1 }, { workers: 2 }, { compat: true }]) {
    if (digests.length > 0) await lab.page.evaluate(() => sessionStorage.clear())
    await lab.page.goto('about:blank')
    await lab.load(address)
    await lab.opened()
    await drop(lab, 'forty.swf', LOG)
    await expect.poll(async () => (await lab.state()).scenario).toBe('job-log')
    await lab.runs()
    await lab.pause()
    await lab.renderAt(3_000_000)
    digests.push(await lab.digest())
  }
  expect(new Set(digests).size).toBe(1)

  const sweep = await lab.panel('Sweep')
  await sweep.getByLabel('Seeds for each').fill('2')
  await sweep.getByLabel('Length, virtual s').fill('1')
  await sweep.getByRole('button', { name: 'Start' }).click()
  await expect(sweep).toContainText('runs, all done', { timeout: 60_000 })

  await lab.page.getByRole('button', { name: 'Compare', exact: true }).click()
  const dialog = lab.page.getByRole('dialog', { name: 'Compare' })
  await dialog.getByRole('radio', { name: 'A parameter' }).click()
  await dialog.getByRole('button', { name: 'Set it beside' }).click()
  await expect(dialog.getByRole('region', { name: /^B: / })).toBeVisible({ timeout: 30_000 })
  await dialog.getByRole('button', { name: 'Step', exact: true }).click()
  expect(await lab.alerts.count()).toBe(0)
})
