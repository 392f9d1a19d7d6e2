import { existsSync, readFileSync } from 'node:fs'
import { AXE } from '../workers/setup/installAxe.mjs'
import { expect, test, type Lab } from './lab.ts'

/** No violation of WCAG 2.2 A and AA or of good practice, as axe-core finds them, with everything open in turn. */
test.skip(!existsSync(AXE), 'The accessibility checker is not here: npm test fetches it.')

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

async function violations(lab: Lab): Promise<string[]> {
  // Evaluated, not added as a script: the page's policy allows no script but its own.
  if (!(await lab.page.evaluate(() => 'axe' in window))) await lab.page.evaluate(readFileSync(AXE, 'utf8'))
  const found = await lab.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(root: Document): Promise<{ violations: Violation[] }> } }
    return (await axe.run(document)).violations
  })
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)}`,
  )
}

async function clean(lab: Lab, what: string): Promise<void> {
  expect(await violations(lab), what).toEqual([])
}

for (const colorScheme of ['dark', 'light'] as const)
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the opening scene, every panel and the timeline', async ({ lab }) => {
      await lab.open('first-swarm', { timeUs: 4_000_000 })
      await clean(lab, 'the opening scene')
      await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
      await expect(lab.page.locator('.chart-row canvas').first()).toBeVisible()
      const titles = await lab.page.locator('.rail-word').allTextContents()
      for (const title of titles)
        await test.step(title, async () => {
          await lab.panel(title)
          await clean(lab, title)
        })
    })

    test('a world of bodies: its legend, a body and the table', async ({ lab }) => {
      await lab.open('ants', { timeUs: 4_000_000 })
      await expect(lab.page.locator('.legend-space')).toBeVisible()
      await clean(lab, 'the stage of a world')
      await lab.panel('Inspect')
      await lab.page.locator('.agent-row').nth(3).click()
      await expect(lab.page.getByRole('heading', { name: 'Body' })).toBeVisible()
      await clean(lab, 'a body')
      await lab.panel('Agents')
      await clean(lab, 'the table of bodies')
    })

    test('every dialog', async ({ lab }) => {
      await lab.open('raft-partition', { timeUs: 1_700_000 })
      for (const name of ['Info', 'Share link', 'All keys'])
        await test.step(name, async () => {
          await lab.page.getByRole('button', { name, exact: true }).click()
          await expect(lab.page.getByRole('dialog')).toBeVisible()
          await clean(lab, name)
          await lab.page.keyboard.press('Escape')
          await expect(lab.page.getByRole('dialog')).toHaveCount(0)
        })
      await lab.page.keyboard.press('Control+k')
      await expect(lab.page.getByRole('option').first()).toBeVisible()
      await clean(lab, 'Commands')
      await lab.page.getByRole('combobox').fill('Edit this scenario')
      await lab.page.keyboard.press('Enter')
      await expect(lab.page.locator('.cm-content')).toBeVisible()
      await clean(lab, 'Edit as JSON')
    })

    test('two set-ups side by side', async ({ lab }) => {
      await lab.open('raft-partition', { timeUs: 1_700_000 })
      await lab.page.getByRole('button', { name: 'Compare', exact: true }).click()
      await expect(lab.page.getByRole('dialog')).toBeVisible()
      await clean(lab, 'Compare')
    })
  })
