import { beforeEach, describe, expect, it } from 'vitest'
import { presetNamed } from '../../engine/scenario/presets/index.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import type { Facts } from '../protocol.ts'
import { Session } from './Session.ts'

const scenario: Scenario = presetNamed('raft-lan')!.scenario
const T1 = 700_000
const T2 = 1_900_000

/** A session without a page: facts are kept, pictures thrown away. */
async function openSession() {
  const facts: Facts[] = []
  const errors: string[] = []
  const session = new Session({ facts: (f) => facts.push(f), error: (e) => errors.push(e), frame: () => {} })
  await session.open(scenario, scenario.faults, [], { shared: false, spin: false, note: '' })
  return { session, facts, errors, last: () => facts.at(-1)! }
}

describe('Session', () => {
  let lab: Awaited<ReturnType<typeof openSession>>
  beforeEach(async () => {
    lab = await openSession()
  })

  it('goes back to any time and finds the same bits, from a checkpoint or from the beginning', async () => {
    const { session } = lab
    const seen = new Map<number, string>()
    for (const t of [0, T1, 1_200_000, T2]) {
      await session.seek(t)
      seen.set(t, await session.digest())
    }
    for (const t of [T1, T2, 0, 1_200_000, T1]) {
      await session.seek(t)
      expect(lab.last().timeUs).toBe(t)
      expect(await session.digest()).toBe(seen.get(t))
    }
    expect(lab.errors).toEqual([])
  })

  it('tells each mark once and in order, also when a stretch is run again', async () => {
    const { session, facts } = lab
    await session.seek(T2)
    await session.seek(T1)
    await session.seek(T2)
    const marks = facts.flatMap((f) => f.marks)
    const keys = marks.map((m) => `${m.key.time}/${m.key.dst}/${m.key.src}/${m.key.seq}/${m.index}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(marks.every((m, i) => i === 0 || marks[i - 1]!.key.time <= m.key.time)).toBe(true)
  })

  it('appends a command at the frontier, and forks where it is given in the past', async () => {
    const { session } = lab
    await session.seek(T1)
    expect(await session.command({ op: 'crash', agent: 'leader' })).toMatchObject({ ok: true, at: T1, forked: false })
    await session.seek(T2)
    const crashed = await session.digest()
    await session.seek(T1 - 100_000)
    expect(await session.command({ op: 'pause', agent: 0, forUs: 100_000 })).toMatchObject({ forked: true })
    await session.seek(T2)
    expect(await session.digest()).not.toBe(crashed)
    expect(lab.last().branches).toHaveLength(2)
    await session.switchBranch(lab.last().branches[0]!.id)
    expect(lab.last().timeUs).toBe(T2)
    expect(await session.digest()).toBe(crashed)
  })

  it('undoes a command by running on without it, to the bits of the run that never had it', async () => {
    const { session } = lab
    await session.seek(T2)
    const untouched = await session.digest()
    await session.seek(T1)
    await session.command({ op: 'crash', agent: 'leader' })
    await session.seek(T2)
    const log = lab.last().log
    expect(log.length).toBe(scenario.faults.length + 1)
    expect(await session.digest()).not.toBe(untouched)
    await session.editLog(log.slice(0, -1))
    expect(lab.last().timeUs).toBe(T2)
    expect(await session.digest()).toBe(untouched)
  })

  it('names the first event that two lanes do not share', async () => {
    const { session } = lab
    await session.seek(T2)
    await session.seek(T1)
    await session.command({ op: 'crash', agent: 'leader' })
    await session.seek(T2)
    const [a, b] = lab.last().branches
    const difference = await session.firstDifference(a!.id, b!.id)
    expect(difference!.key.time).toBeGreaterThanOrEqual(T1)
    expect(difference!.key.time).toBeLessThan(T1 + 100_000)
    expect(await session.firstDifference(a!.id, a!.id)).toBeNull()
  })

  it('steps to just after the next event, and back to just after the one before', async () => {
    const { session } = lab
    await session.seek(T1)
    const times = [lab.last().timeUs]
    const digests = [await session.digest()]
    for (let i = 0; i < 5; i++) {
      await session.step()
      times.push(lab.last().timeUs)
      digests.push(await session.digest())
    }
    expect(times.every((t, i) => i === 0 || t > times[i - 1]!)).toBe(true)
    for (let i = 4; i >= 1; i--) {
      await session.stepBack()
      expect(lab.last().timeUs).toBe(times[i])
      expect(await session.digest()).toBe(digests[i])
    }
    await session.seek(T2)
    await session.seek(T1)
    await session.stepBack()
    expect(lab.last().timeUs).toBeLessThan(T1)
  })

  it('finds why: a chain of causes from a mark back to where it began', async () => {
    const { session, facts } = lab
    await session.seek(T1)
    const leader = facts.flatMap((f) => f.marks).find((m) => m.body.kind === 'leader')!
    const chain = await session.why(leader.key)
    expect(chain.length).toBeGreaterThan(2)
    expect(chain[0]!.key).toEqual(leader.key)
    expect(chain.every((link, i) => i === 0 || link.key.time < chain[i - 1]!.key.time)).toBe(true)
  })

  it('plays at a rate and stops when told', async () => {
    const { session } = lab
    session.play(1)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await session.pause()
    const { timeUs, playing } = lab.last()
    expect(playing).toBe(false)
    expect(timeUs).toBeGreaterThan(0)
    const rerun = await openSession()
    await rerun.session.seek(timeUs)
    expect(await rerun.session.digest()).toBe(await session.digest())
  })

  it('advances to a cut and says what comes next, to the bits of a seek there; an earlier time only asks', async () => {
    const { session } = lab
    const there = await session.advance(T1)
    expect(there.timeUs).toBe(T1)
    expect(there.nextUs).toBeGreaterThanOrEqual(T1)
    expect((await session.advance(0)).timeUs).toBe(T1)
    await session.pause()
    expect(lab.last()).toMatchObject({ timeUs: T1, messages: there.totals.messages })
    const digest = await session.digest()
    await session.step()
    expect(lab.last().timeUs).toBe(there.nextUs + 1)
    const rerun = await openSession()
    await rerun.session.seek(T1)
    expect(await rerun.session.digest()).toBe(digest)
  })

  it('drops one message in flight and leaves its twin world as it was', async () => {
    const { session } = lab
    await session.seek(T1)
    const [message] = await session.inFlight(1)
    expect(await session.message(message!.src, message!.seq)).toEqual(message)
    await session.command({ op: 'dropMessage', src: message!.src, seq: message!.seq })
    await session.seek(T1 + 1)
    expect(await session.message(message!.src, message!.seq)).toBeNull()
  })
})
