import { test } from './lab.ts'
test('look', async ({ lab }) => {
  await lab.open('couzin', { timeUs: 80_000_000 })
  await lab.page.getByRole('button', { name: 'Compare' }).click()
  await lab.page.waitForTimeout(1500)
  await lab.page.getByRole('button', { name: 'Set it beside' }).click()
  await lab.page.waitForTimeout(25000)
  await lab.page.screenshot({ path: '/tmp/look/compare.png' })
  console.log(lab.errors)
})
