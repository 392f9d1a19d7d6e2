import { deflateRawSync } from 'node:zlib'
import { LIMITS } from '../engine/scenario/limits.ts'
import { expect, test, type Lab } from './lab.ts'

/** Whatever comes in from outside: one sentence that names field, value and bound; the page stays usable. */

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const bomb = base64url(deflateRawSync(Buffer.alloc(8_000_000), { level: 9 }))

interface BadLink {
  readonly title: string
  readonly code: string
  readonly sentence: RegExp
}
const BAD_LINKS: readonly BadLink[] = [
  { title: 'damaged', code: '1.AAAAAAAA', sentence: /^link: damaged, it is not deflated data, or its end is missing/ },
  {
    title: 'of nothing that a lab has made',
    code: `1.${base64url(deflateRawSync(Buffer.from('{"a":1}')))}`,
    sentence: /^link: damaged, it does not hold the nine parts of version 1/,
  },
  {
    title: 'too long',
    code: `1.${'A'.repeat(LIMITS.linkCharsMax)}`,
    sentence: /^link: 12,002 characters are above the 12,000 allowed/,
  },
  {
    title: 'that inflates without end',
    code: `1.${bomb}`,
    sentence: /^link: damaged, it inflates past the 262144 bytes allowed/,
  },
  {
    title: 'of a future version',
    code: '7.AAAA',
    sentence: /^link: version 7 was made by a newer lab; this one reads 1\.\.1/,
  },
]

const isOneSentence = (text: string): void => expect(text.trim()).not.toMatch(/[.!?]\s+\S|\n/)

/** The default runs, and what a person does to it is done. */
async function isUsable(lab: Lab): Promise<void> {
  expect((await lab.state()).scenario).toBe('first-swarm')
  await lab.runs()
  const commands = async (): Promise<number> => (await lab.state()).log.length
  // Just now the leader may fall by itself: then a click hits nobody, and the next leader is for another.
  await expect(async () => {
    if ((await commands()) < 2) await lab.crashButton.click()
    await expect.poll(commands, { timeout: 3_000 }).toBe(2)
  }).toPass()
}

test('the bomb is one: short enough for a link, and far above the cap when inflated', () => {
  expect(bomb.length).toBeLessThan(LIMITS.linkCharsMax)
})

for (const { title, code, sentence } of BAD_LINKS)
  test(`a link ${title}: one sentence, and the default opens beside it`, async ({ lab }) => {
    await lab.load({ code })
    await expect(lab.alerts).toHaveText(sentence)
    isOneSentence((await lab.alerts.textContent())!)
    await lab.opened()
    await isUsable(lab)
  })

test('a bad link that arrives later leaves alone what is running', async ({ lab }) => {
  await lab.load()
  await lab.opened()
  const { scenario, seed } = await lab.state()
  await lab.page.evaluate(() => void (location.hash = '#s=1.AAAA'))
  await expect(lab.alerts).toHaveText(/^link: damaged/)
  expect(await lab.state()).toMatchObject({ scenario, seed })
  await isUsable(lab)
})

const BAD_FILES: readonly (readonly [what: string, file: string, sentence: RegExp])[] = [
  ['not JSON', '{"name": ', /^scenario: not valid JSON/],
  ['a wrong field', '{"name":"x","title":"X","swarm":{"agnets":5}}', /^swarm\.agnets: .*agents/],
  ['a wrong type', '{"name":"x","title":"X","swarm":{"agents":"five"}}', /^swarm\.agents: "five" /],
  [
    'a value out of bounds',
    '{"name":"x","title":"X","swarm":{"agents":0}}',
    /^swarm\.agents: 0 is outside 1\.\.1,?000,?000/,
  ],
  [
    'a wrong reference',
    '{"name":"x","title":"X","programs":[{"kind":"raft"}],"swarm":{"agents":5},"faults":[{"at":0,"op":"crash","agent":9}]}',
    /^faults\[0\]\.agent: agent 9 is outside 0\.\.4/,
  ],
  [
    'an impossible set-up',
    '{"name":"x","title":"X","programs":[],"swarm":{"agents":1000000},"topology":{"kind":"mesh"}}',
    /^swarm\.agents: a full mesh of 1,000,000 agents is outside 1\.\.20,000/,
  ],
]

test('a bad scenario file, dropped while something runs: one sentence each, and it goes on running', async ({
  lab,
}) => {
  await lab.load()
  await lab.opened()
  for (const [what, text, sentence] of BAD_FILES)
    await test.step(what, async () => {
      const transfer = await lab.page.evaluateHandle((content) => {
        const data = new DataTransfer()
        data.items.add(new File([content], 'mine.json', { type: 'application/json' }))
        return data
      }, text)
      await lab.page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
      await expect.soft(lab.alerts.last()).toHaveText(sentence)
      isOneSentence((await lab.alerts.last().textContent())!)
      await lab.alerts.last().getByRole('button', { name: 'Close' }).click()
    })
  await isUsable(lab)
})

test('a file larger than a scenario may be is refused by its size', async ({ lab }) => {
  await lab.load()
  await lab.opened()
  await lab.page.getByRole('button', { name: 'Share link' }).click()
  await lab.page.locator('input[type=file]').setInputFiles({
    name: 'huge.json',
    mimeType: 'application/json',
    buffer: Buffer.alloc(LIMITS.scenarioBytesMax + 1),
  })
  await expect(lab.alerts).toHaveText(/^huge\.json: 1,048,577 bytes is outside 1\.\.1,048,576 of a scenario/)
  expect((await lab.state()).scenario).toBe('first-swarm')
})

test('a scenario file of one’s own, chosen in the dialog, runs', async ({ lab }) => {
  await lab.load()
  await lab.opened()
  await lab.page.getByRole('button', { name: 'Share link' }).click()
  const text = JSON.stringify({ name: 'mine', title: 'My own', swarm: { agents: 7 }, programs: [{ kind: 'raft' }] })
  await lab.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await expect.poll(async () => (await lab.state()).scenario).toBe('mine')
  await lab.runs()
  await expect(lab.page.getByRole('heading', { level: 1 })).toHaveText('My own')
})

test('what a scenario is called never becomes markup', async ({ lab }) => {
  await lab.load()
  await lab.opened()
  await lab.page.getByRole('button', { name: 'Share link' }).click()
  const title = '<img src=x onerror="window.hacked = true">'
  await lab.page.locator('input[type=file]').setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ name: 'mine', title, swarm: { agents: 3 }, programs: [{ kind: 'raft' }] })),
  })
  await expect(lab.page.getByRole('heading', { level: 1 })).toHaveText(title)
  expect(await lab.page.evaluate(() => 'hacked' in window)).toBe(false)
})
