import '../engine/scenario/chaos.ts'
import { chaosOf, CHAOS_PROFILES } from '../engine/scenario/chaosProfiles.ts'
import { initialLog } from '../engine/scenario/initialLog.ts'
import { presetNamed } from '../engine/scenario/presets/index.ts'
import { expect, test } from './lab.ts'

/** Faults out of the seed, by the panel. */

const regions = presetNamed('raft-regions')!.scenario
const partitions = CHAOS_PROFILES.find(({ name }) => name === 'partitions')!
const wanted = initialLog({ ...regions, chaos: chaosOf(partitions, regions) })

test('chaos is shown before it is let loose, is in the log then, and undo takes it out again', async ({ lab }) => {
  await lab.open('raft-regions', { timeUs: 1_500_000 })
  const panel = await lab.panel('Chaos')
  await panel.getByRole('radio', { name: 'Partitions' }).click()
  const drawn = panel.getByRole('region', { name: 'What the seed draws' })
  const made = wanted.length - regions.faults.length
  await expect(drawn.getByRole('heading')).toHaveText(`${made} faults`)
  await expect(drawn.getByRole('listitem')).toHaveCount(made)
  await expect(drawn).toContainText('if let loose')
  await panel.getByRole('button', { name: 'Let it loose' }).click()
  await lab.runs()
  expect((await lab.state()).log).toEqual(wanted)
  await expect(drawn).toContainText('in this run')
  await drawn.getByRole('listitem').first().getByRole('button').click()
  await expect.poll(async () => (await lab.state()).timeUs).toBeGreaterThanOrEqual(wanted[regions.faults.length]!.at)
  await lab.page.keyboard.press('Control+z')
  await expect.poll(async () => (await lab.state()).log).toEqual(regions.faults)
})

test('chaos from now on is added to the run as it stands: nothing before it changes', async ({ lab }) => {
  await lab.open('raft-regions', { timeUs: 2_500_000 })
  const digest = await lab.digest()
  const panel = await lab.panel('Chaos')
  await panel.getByRole('radio', { name: 'Crashes' }).click()
  await panel.getByRole('button', { name: 'Add to this run from now' }).click()
  await expect.poll(async () => (await lab.state()).log.length).toBeGreaterThan(regions.faults.length)
  const { log } = await lab.state()
  expect(log.slice(0, regions.faults.length)).toEqual(regions.faults)
  for (const { at } of log.slice(regions.faults.length)) expect(at).toBeGreaterThanOrEqual(2_500_000)
  expect(await lab.digest()).toBe(digest)
})
