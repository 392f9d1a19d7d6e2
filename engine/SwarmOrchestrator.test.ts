import { describe, expect, it } from 'vitest'
import { agentId, presetNamed, SwarmOrchestrator, withCapability, type Plain } from './index.ts'

const open = (input: unknown): SwarmOrchestrator => {
  const opened = SwarmOrchestrator.open(input)
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}
const lan = (): SwarmOrchestrator => open({ ...presetNamed('raft-lan')!.scenario, faults: [] })

const channels = (topology: object, agents = 13): SwarmOrchestrator =>
  open({ name: 'channels', title: 'Channels', swarm: { agents }, topology, programs: [{ kind: 'bus' }] })

describe('SwarmOrchestrator', () => {
  it('refuses what is not a scenario with one sentence', () => {
    expect(SwarmOrchestrator.open({ seed: 'x' })).toMatchObject({ ok: false })
    expect(SwarmOrchestrator.open(presetNamed('raft-lan')!.scenario, { shards: 0 })).toEqual({
      ok: false,
      error: 'shards: 0 is outside 1..64',
    })
  })

  it('elects whom it is told to, and replicates what is proposed', () => {
    const swarm = lan()
    const leaders: number[] = []
    swarm.events.subscribe({ program: 'raft', kind: 'leader' }, ({ agent }) => leaders.push(agent))
    swarm.electLeader(agentId(3))
    swarm.runTo(200_000)
    expect(leaders).toEqual([3])
    expect(swarm.propose(agentId(3), 41)).toMatchObject({ ok: true })
    swarm.runTo(400_000)
    const machine = JSON.stringify(swarm.inspect(agentId(7))!.programs)
    expect(machine).toContain('"proposal":41')
    expect(swarm.checks().every((check) => check.ok)).toBe(true)
  })

  it('hands tasks to a distributor, which gives them out in the order of their graph and says no to a circle', () => {
    const swarm = open({
      ...{ name: 'hands', title: 'By hand', swarm: { agents: 4 }, topology: { kind: 'star' } },
      tasks: { workload: { perSecond: 0 } },
      programs: [
        { kind: 'distributor', on: { first: 1 } },
        { kind: 'worker', on: { last: 3 } },
      ],
    })
    const done: number[] = []
    const rejected: Plain[] = []
    swarm.events.subscribe({ kind: 'worked' }, ({ body }) => done.push(body['task'] as number))
    swarm.events.subscribe({ kind: 'rejected' }, ({ body }) => rejected.push(body['why']!))
    const submit = (tasks: readonly Plain[]) => swarm.assign(agentId(0), 'distributor', { op: 'submit', tasks })
    expect(submit([{ sizeUs: 9_000, after: [1] }, { sizeUs: 5_000 }])).toMatchObject({ ok: true })
    swarm.runTo(2_000_000)
    expect(done).toHaveLength(2)
    expect(done[0]).toBeGreaterThan(done[1]!)
    submit([
      { sizeUs: 1, after: [1] },
      { sizeUs: 1, after: [0] },
    ])
    swarm.runTo(3_000_000)
    expect(rejected).toEqual([expect.stringContaining('wait for each other')])
    expect(swarm.checks().every((check) => check.ok)).toBe(true)
  })

  it('forks: the same past, its own future', () => {
    const swarm = lan()
    swarm.runTo(500_000)
    const other = swarm.fork()
    expect(other.digest()).toBe(swarm.digest())
    other.inject({ op: 'crash', agent: 'leader' })
    other.runTo(900_000)
    swarm.runTo(900_000)
    expect(other.digest()).not.toBe(swarm.digest())
  })

  it('refuses a command in a past that was already run on from, and says to fork', () => {
    const swarm = lan()
    swarm.runTo(500_000)
    const then = swarm.digest()
    swarm.runTo(600_000)
    swarm.seek(500_000)
    expect(swarm.digest()).toBe(then)
    expect(swarm.retire(agentId(1))).toMatchObject({ ok: false, error: expect.stringContaining('fork') })
    expect(swarm.fork().retire(agentId(1))).toMatchObject({ ok: true })
  })

  it('goes back to a snapshot, taken on any number of shards', () => {
    const scenario = presetNamed('raft-lan')!.scenario
    const swarm = lan()
    swarm.runTo(300_000)
    const snapshot = structuredClone(swarm.snapshot())
    const digest = swarm.digest()
    const opened = SwarmOrchestrator.open({ ...scenario, faults: [] }, { shards: 3 })
    if (!opened.ok) throw new Error(opened.error)
    expect(opened.value.restore(snapshot)).toEqual({ ok: true, value: 300_000 })
    expect(opened.value.digest()).toBe(digest)
  })

  it('spawns under the next free id and retires for good', () => {
    const swarm = channels({ kind: 'ring' })
    expect(swarm.spawn()).toEqual({ ok: true, value: 13 })
    expect(swarm.spawn()).toEqual({ ok: true, value: 14 })
    swarm.retire(agentId(4))
    swarm.runTo(10_000)
    expect(withCapability(swarm.registry, 'bus')).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
    expect(swarm.inspect(agentId(4))).toBeNull()
  })
})

describe('channels', () => {
  it('DirectChannel: hops along the links, in the time they take', () => {
    const swarm = channels({ kind: 'ring' })
    const channel = swarm.bus.direct(agentId(0), agentId(5))
    const heard: { body: Plain; timeUs: number }[] = []
    channel.listen((message) => heard.push(message))
    channel.send({ hello: 1 })
    swarm.runTo(1_000_000)
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({ from: 0, body: { hello: 1 } })
    expect(heard[0]!.timeUs).toBeGreaterThanOrEqual(5 * 100)
  })

  it.each([{ kind: 'mesh' }, { kind: 'ring' }, { kind: 'hierarchical', branching: 3 }, { kind: 'ring', oneWay: true }])(
    'BroadcastChannel: everybody else hears it exactly once ($kind)',
    (topology) => {
      const swarm = channels(topology)
      const hearers: number[] = []
      swarm.bus.broadcast(agentId(2)).listen((by) => hearers.push(by))
      swarm.publish(agentId(2), 'all hands')
      swarm.runTo(1_000_000)
      expect(hearers.toSorted((a, b) => a - b)).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    },
  )

  it('are told to nobody on the other side of a partition', () => {
    const swarm = channels({ kind: 'mesh' })
    const hearers: number[] = []
    swarm.bus.broadcast(agentId(0)).listen((by) => hearers.push(by))
    swarm.inject({ op: 'partition', side: [0, 1, 2] })
    swarm.publish(agentId(0), 'who is there')
    swarm.runTo(1_000_000)
    expect(hearers.toSorted((a, b) => a - b)).toEqual([1, 2])
  })
})
