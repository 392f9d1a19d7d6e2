import { PRESETS } from '../engine/scenario/presets/index.ts'
import { expect, test } from './lab.ts'

/** What the panels and dialogs show, and what can be done in them. */

test('every scenario has an Info page with what it is, how it works, what to try and what it claims', async ({
  lab,
}) => {
  test.setTimeout(15_000 * PRESETS.length)
  for (const { scenario, info } of PRESETS)
    await test.step(scenario.name, async () => {
      await lab.open(scenario.name)
      await lab.page.getByRole('button', { name: 'Info', exact: true }).click()
      const dialog = lab.page.getByRole('dialog', { name: scenario.title })
      await expect(dialog).toContainText(info.what)
      for (const part of ['How it works', 'How to use it', 'Things to notice', 'Things to try', 'References'])
        await expect(dialog.getByRole('heading', { name: part })).toBeVisible()
      for (const claim of info.claims) await expect(dialog).toContainText(claim.sentence)
      await dialog.getByRole('button', { name: 'Close' }).click()
      await expect(dialog).toBeHidden()
    })
})

test('the gallery lists every scenario, finds by word, and opens what is chosen, running', async ({ lab }) => {
  await lab.open('first-swarm')
  const gallery = await lab.panel('Scenarios')
  for (const { scenario } of PRESETS)
    await expect(gallery.getByRole('button', { name: new RegExp(`^${scenario.title}`) })).toBeVisible()
  await gallery.getByRole('searchbox', { name: 'Search scenarios' }).fill('chain of command')
  await expect(gallery.getByRole('listitem')).toHaveCount(1)
  await gallery.getByRole('listitem').getByRole('button').click()
  await expect.poll(async () => (await lab.state()).scenario).toBe('tree-sync')
  await lab.runs()
})

test('checks count how often each safety condition was examined, and none is broken', async ({ lab }) => {
  await lab.open('raft-lan', { timeUs: 1_500_000 })
  const panel = await lab.panel('Checks')
  const examined = panel.getByTitle('times examined')
  const { checks } = PRESETS.find((p) => p.scenario.name === 'raft-lan')!.scenario
  await expect(examined).toHaveCount(checks.length)
  await expect(panel.getByRole('listitem').filter({ has: examined, hasText: 'broken:' })).toHaveCount(0)
  const counts = (await examined.allTextContents()).map((t) => Number(t.replaceAll(',', '')))
  expect(counts.filter((count) => count > 0).length, `examined: ${counts.join(' ')}`).toBeGreaterThan(checks.length / 2)
  expect((await lab.state()).broken).toEqual([])
  await expect(panel.getByText('message latency, median')).toBeVisible()
})

test('the event log tells why a leader leads: a chain of causes back to a timer', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: 3_000_000 })
  const panel = await lab.panel('Log')
  await panel.getByRole('button', { name: /^Why: Dallas leads term 1/ }).click()
  await expect(panel.getByRole('heading', { name: /^Why: Dallas leads term 1/ })).toBeVisible()
  const causes = panel.locator('ol').getByRole('listitem')
  await expect(causes.first()).toContainText(/vote from/)
  await expect(causes.filter({ hasText: /timer/ }).first()).toBeVisible()
  await causes.nth(1).getByRole('button').click()
  await expect.poll(async () => (await lab.state()).timeUs, 'a cause leads to its moment').toBeLessThan(3_000_000)
})

test('messages in flight are listed and can be dropped without a pointer', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: 3_300_000 })
  const panel = await lab.panel('Messages')
  const first = panel.getByRole('listitem').first()
  await first.getByRole('button').first().press('Enter')
  await first.getByRole('button', { name: 'Duplicate' }).press('Enter')
  await expect.poll(async () => (await lab.state()).log.map((c) => c.op)).toContain('duplicateMessage')
})

test('a fault is chosen, aimed and done from the palette', async ({ lab }) => {
  await lab.open('raft-lan', { timeUs: 800_000 })
  const panel = await lab.panel('Faults')
  await panel.getByRole('radio', { name: 'Pause' }).click()
  await panel.getByRole('button', { name: 'Pause now' }).click()
  await expect.poll(async () => (await lab.state()).log.find((c) => c.at === 800_000)?.op).toBe('pause')
})

test('parameters start the run again with the same seed; a seed that is typed starts that one', async ({ lab }) => {
  await lab.open('raft-lan', { timeUs: 800_000 })
  const panel = await lab.panel('Parameters')
  const agents = panel.getByRole('slider', { name: 'Agents' })
  await agents.focus()
  await agents.press('End')
  await expect(panel.getByText('101', { exact: true })).toBeVisible()
  await expect.poll(async () => (await lab.state()).opening).toBe(false)
  expect((await lab.state()).seed).toBe(10)
  await panel.getByRole('button', { name: 'As the scenario came' }).click()
  await expect(panel.getByText('101', { exact: true })).toHaveCount(0)

  const seed = lab.page.getByRole('banner').getByRole('textbox', { name: 'seed' })
  await seed.fill('77')
  await seed.press('Enter')
  await expect.poll(async () => (await lab.state()).seed).toBe(77)
  await seed.fill('4294967296')
  await seed.press('Enter')
  await expect(lab.alerts).toHaveText(/4294967296 is not a whole number in 0\.\.4294967295/)
  expect((await lab.state()).seed).toBe(77)
})

test('the channel is measured: messages a second and the latency of the round trip', async ({ lab }) => {
  await lab.open('raft-lan')
  const panel = await lab.panel('Channel')
  await panel.getByRole('button', { name: 'Measure' }).click()
  await expect(panel.getByText(/messages a second/)).toBeVisible({ timeout: 60_000 })
  const rate = Number((await panel.locator('.big-number .mono').textContent())!.replaceAll(',', ''))
  expect(rate).toBeGreaterThan(1_000)
  await expect(panel).toContainText(/round trip, median\s*[\d.]+ (µs|ms)/)
  await expect(panel).toContainText(/One way, 99 of 100 take at most [\d.]+ (µs|ms)/)
  test.info().annotations.push({ type: 'channel', description: `${rate} messages a second` })
})

test('a clock is set wrong from the palette: how far it jumps and how fast it runs', async ({ lab }) => {
  await lab.open('raft-lan', { timeUs: 800_000 })
  const panel = await lab.panel('Faults')
  await panel.getByRole('radio', { name: 'Clock' }).click()
  const jump = panel.getByRole('slider', { name: 'Jump' })
  await expect(jump).toHaveAttribute('aria-valuetext', 'none')
  await jump.press('Home')
  await expect(jump).toHaveAttribute('aria-valuetext', '60 s back')
  await panel.getByRole('slider', { name: 'Runs fast by' }).press('Home')
  await panel.getByRole('button', { name: 'Clock now' }).click()
  await expect
    .poll(async () => (await lab.state()).log.find((c) => c.op === 'clock'))
    .toEqual({ at: 800_000, op: 'clock', agent: 'leader', offsetUs: -60_000_000, driftPpm: -900_000, forUs: 2_000_000 })
})

test('a disk that forgets is chosen by a tick, and its band on the timeline is edited and removed', async ({ lab }) => {
  await lab.open('raft-partition', { timeUs: 800_000, log: [] })
  const panel = await lab.panel('Faults')
  await panel.getByRole('radio', { name: 'Disk' }).click()
  await panel.getByRole('checkbox', { name: 'Forgets what it confirmed' }).check()
  await panel.getByRole('button', { name: 'Disk now' }).click()
  await expect.poll(async () => (await lab.state()).log).toMatchObject([{ op: 'disk', factor: 20, forgets: true }])
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  const band = lab.page.getByRole('button', { name: /^The disk of the leader is 20 times slower/ })
  await band.press('Enter')
  const editor = lab.page.getByRole('form', { name: /^Edit: The disk of the leader/ })
  await editor.getByRole('checkbox', { name: 'Forgets what it confirmed' }).uncheck()
  await editor.getByRole('button', { name: 'Change' }).click()
  await expect.poll(async () => (await lab.state()).log).toMatchObject([{ op: 'disk', factor: 20, forgets: false }])
  await lab.page.getByRole('button', { name: /^The disk of the leader is 20 times slower/ }).press('Delete')
  await expect.poll(async () => (await lab.state()).log).toEqual([])
})

test('a variable of an agent is changed in place; what is no value of it is refused in one sentence', async ({
  lab,
}) => {
  await lab.open('raft-lan', { timeUs: 800_000 })
  const panel = await lab.panel('Inspect')
  await panel.getByRole('listitem').nth(3).getByRole('button').click()
  await panel.getByRole('button', { name: /^Change term, now/ }).click()
  const field = panel.getByRole('textbox', { name: /^term: Enter changes it/ })
  await field.fill('many')
  await field.press('Enter')
  await expect(lab.alerts).toHaveText(/term: many is not a whole number/)
  await field.fill('40')
  await field.press('Enter')
  await expect
    .poll(async () => (await lab.state()).log.find((c) => c.op === 'edit'))
    .toEqual({ at: 800_000, op: 'edit', agent: 3, program: 'raft', path: 'term', value: 40 })
  const note = panel.getByRole('note', { name: 'Changed by hand' })
  await expect(note).toContainText('Term of raft becomes 40 when time goes on.')
  await lab.stage.focus()
  await lab.page.keyboard.press('.')
  await expect(note).toContainText('Term of raft was overwritten with 40.')
  await panel.locator('summary', { hasText: 'params' }).click()
  await panel.getByRole('button', { name: /^Change params.heartbeatUs, now/ }).click()
  await panel.getByRole('textbox', { name: /^params.heartbeatUs/ }).fill('20000')
  await lab.page.keyboard.press('Enter')
  await expect
    .poll(async () => (await lab.state()).log.find((c) => c.op === 'set'))
    .toMatchObject({ op: 'set', agent: 3, program: 'raft', param: 'heartbeatUs', value: 20_000 })

  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  await lab.page.getByRole('button', { name: /^Agent 3: term of raft is overwritten with 40/ }).press('Enter')
  const editor = lab.page.getByRole('form', { name: /^Edit: Agent 3: term of raft/ })
  await editor.getByRole('textbox', { name: 'Value' }).fill('41')
  await editor.getByRole('button', { name: 'Change' }).click()
  await expect.poll(async () => (await lab.state()).log.find((c) => c.op === 'edit')).toMatchObject({ value: 41 })
})

test('a parameter of a program is changed while the run goes on: a command in the log, not another run', async ({
  lab,
}) => {
  await lab.open('tree-sync', { timeUs: 400_000 })
  const panel = await lab.panel('Parameters')
  await panel.getByRole('radio', { name: 'from now on' }).click()
  await panel.getByRole('slider', { name: 'Heartbeat' }).first().press('End')
  await expect
    .poll(async () => (await lab.state()).log.filter((c) => c.op === 'set'))
    .toMatchObject([{ at: 400_000, agent: 'all', program: 'tree-sync', param: 'heartbeatUs', value: 10_000_000 }])
  expect((await lab.state()).timeUs).toBe(400_000)
  await panel.getByRole('radio', { name: 'from the start' }).click()
  await panel.getByRole('slider', { name: 'Message loss' }).press('End')
  await expect.poll(async () => (await lab.state()).log.some((c) => c.op === 'set')).toBe(false)
})

test('every scenario has controls for all its programs, and a choice it cannot take is not offered', async ({
  lab,
}) => {
  await lab.open('ring-election')
  const panel = await lab.panel('Parameters')
  await expect(panel.getByRole('region', { name: 'Network' })).toBeVisible()
  await expect(panel.getByRole('combobox', { name: 'Who is linked with whom' })).toHaveCount(0)
  await lab.open('push-gossip')
  await expect(panel.getByRole('region', { name: 'Gossip' }).getByRole('slider').first()).toBeVisible()
  await expect(panel.getByRole('combobox', { name: 'Who is linked with whom' })).toBeVisible()
})
