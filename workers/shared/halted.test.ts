import { expect, it } from 'vitest'
import { knowTurnCoats, turnCoats } from '../../engine/collective/testing/turnCoats.ts'
import type { Facts } from '../protocol.ts'
import { Session } from './Session.ts'

const FAILS_US = 570_000

it('a run whose state is no longer finite stops playing, and says why: check, sentence, agent and step', async () => {
  knowTurnCoats({ aligned: [0, 0], fails: { tick: 57, row: 23, value: NaN } })
  const scenario = turnCoats({ detectors: [{ kind: 'flock', threshold: 0.9 }] })
  const told: Facts[] = []
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  const facts = (news: Facts): void => {
    told.push(news)
    if (news.timeUs > 0 && !news.playing) end()
  }
  const session = new Session({ facts, error: (sentence) => expect.fail(sentence), frame: () => {} })
  await session.open(scenario, [], [], { shared: false, spin: false, note: '' })
  session.play(20)
  await ended
  const { playing, checks, timeUs } = told.at(-1)!
  expect(playing).toBe(false)
  expect(timeUs).toBeGreaterThanOrEqual(FAILS_US)
  expect(timeUs).toBeLessThan(scenario.untilUs)
  expect(checks.find(({ ok }) => !ok)).toMatchObject({
    name: 'finite-state',
    violation: {
      key: { time: FAILS_US },
      sentence: 'the position of agent 23 is NaN at step 57: the run stops there',
    },
  })
  expect(told.flatMap(({ marks }) => marks).filter(({ body }) => body.kind === 'not a number')).toHaveLength(1)
  // What lay before it can still be looked at.
  await session.seek(FAILS_US - 100_000)
  expect(told.at(-1)).toMatchObject({ timeUs: FAILS_US - 100_000 })
})
