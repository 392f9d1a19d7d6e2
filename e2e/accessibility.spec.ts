import { expect, test } from './lab.ts'

/** What does not need eyes, a pointer or a steady picture (EXPERIENCE, Accessibility). */

test('every control has a name, with all panels open in turn', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: 3_300_000 })
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  for (const title of ['Scenarios', 'Parameters', 'Inspect', 'Faults', 'Checks', 'Log', 'Messages', 'Channel'])
    await test.step(title, async () => {
      await lab.panel(title)
      for (const role of ['button', 'textbox', 'searchbox', 'slider', 'combobox', 'radio', 'checkbox'] as const)
        await expect(lab.page.getByRole(role, { name: /^\s*$/ }), `no ${role} without a name`).toHaveCount(0)
    })
})

test('what is seen is said: the summary names the leader and what just happened', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: 3_900_000 })
  const summary = lab.page.locator('#summary')
  await expect(summary).toHaveAttribute('aria-live', 'polite')
  await expect(summary).toHaveText(/Dallas crashed, at 3\.8 s\. 1 down\./)
  await expect(lab.page.locator('#stage')).toContainText('Picture of the swarm: Five regions, one leader.')
})

test('by keys alone: the leader is crashed, time goes back, and focus can be seen', async ({ lab }) => {
  await lab.open('first-swarm', { timeUs: 3_300_000 })
  await expect(lab.crashButton).toBeEnabled()
  const reached: string[] = []
  for (let i = 0; i < 60 && !reached.includes('Virtual time'); i++) {
    await lab.page.keyboard.press('Tab')
    const focus = await lab.page.evaluate(() => {
      const at = document.activeElement!
      return { name: at.getAttribute('aria-label') ?? at.textContent ?? '', seen: at.matches(':focus-visible') }
    })
    expect(focus.seen, `focus on ${focus.name} is visible`).toBe(true)
    reached.push(focus.name)
    if (focus.name.startsWith('Crash the leader')) await lab.page.keyboard.press('Enter')
  }
  expect(reached.some((name) => name.startsWith('Stage'))).toBe(true)
  await expect.poll(async () => (await lab.state()).log).toContainEqual({ at: 3_300_000, op: 'crash', agent: 0 })
  await lab.page.keyboard.press('Home')
  await lab.atTime(0)
})

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })
  test('the camera arrives at once', async ({ lab }) => {
    await lab.open('raft-partition', { timeUs: 1_700_000 })
    const label = lab.page.locator('.stage-label', { hasText: 'Agent 2' })
    await expect(label).toBeVisible()
    await lab.page.getByRole('button', { name: 'View from the top' }).click()
    const places = await label.evaluate(
      (element) =>
        new Promise<string[]>((done) => {
          const seen: string[] = []
          const look = (): unknown =>
            seen.push((element as HTMLElement).style.transform) < 12 ? requestAnimationFrame(look) : done(seen)
          look()
        }),
    )
    expect(new Set(places.slice(3)).size, places.join('\n')).toBe(1)
  })
})
