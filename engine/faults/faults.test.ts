import { describe as group, expect, it } from 'vitest'
import { parseCommand } from '../scenario/parse.ts'
import { bridgeLengths } from '../scenario/presets/bridgeLengths.ts'
import { firstSwarm } from '../scenario/presets/firstSwarm.ts'
import { raftRegions } from '../scenario/presets/raftRegions.ts'
import type { Command } from '../scenario/Scenario.ts'
import { bands, describe, durationText, FAULT_KINDS, faultKindsFor, namesOf, type FaultKind } from './index.ts'

const names = namesOf(firstSwarm.scenario)
const say = (command: Command): string => describe(command, names)

group('describe', () => {
  it.each<[string, Command]>([
    ['The leader crashes', { at: 0, op: 'crash', agent: 'leader' }],
    ['London is cut off from the rest for 2 s', { at: 0, op: 'partition', side: { group: 1 }, forUs: 2_000_000 }],
    ['Dallas and London are cut off from the rest', { at: 0, op: 'partition', side: [0, 40] }],
    ['Nothing passes from Sydney to everybody for 700 ms', { at: 0, op: 'cut', from: 160, to: 'all', forUs: 700_000 }],
    [
      '20 % of append messages from the leader are lost',
      { at: 0, op: 'lose', probability: 0.2, from: 'leader', to: 'all', kind: 'append' },
    ],
    ['Messages are lost for 1 s', { at: 0, op: 'lose', probability: 1, from: 'all', to: 'all', forUs: 1_000_000 }],
    ['Messages to Tokyo take 80 ms longer', { at: 0, op: 'delay', us: 80_000, from: 'all', to: { group: 3 } }],
    ['London 3 is 20 times slower for 1.5 s', { at: 0, op: 'slow', agent: 42, factor: 20, forUs: 1_500_000 }],
    ['An agent joins Sao Paulo', { at: 0, op: 'join', group: 2 }],
    ['Message 7 of London is dropped', { at: 0, op: 'dropMessage', src: 40, seq: 7 }],
    ['The network heals', { at: 0, op: 'heal' }],
    [
      'The clock of the leader jumps 2 s back and runs 5 % fast for 3 s',
      { at: 0, op: 'clock', agent: 'leader', offsetUs: -2_000_000, driftPpm: 50_000, forUs: 3_000_000 },
    ],
    ['The clock of London runs true', { at: 0, op: 'clock', agent: 40, offsetUs: 0, driftPpm: 0 }],
    ['The disk of London is 20 times slower', { at: 0, op: 'disk', agent: 40, factor: 20, forgets: false }],
    [
      'The disk of the leader confirms writes that it would forget for 1 s',
      { at: 0, op: 'disk', agent: 'leader', factor: 1, forgets: true, forUs: 1_000_000 },
    ],
    [
      'Everybody: heartbeat of raft becomes 20 ms',
      { at: 0, op: 'set', agent: 'all', program: 'raft', param: 'heartbeatUs', value: 20_000 },
    ],
    [
      'London: term of raft is overwritten with 9',
      { at: 0, op: 'edit', agent: 40, program: 'raft', path: 'term', value: 9 },
    ],
    [
      'Dallas: strategy of distributor becomes work stealing',
      { at: 0, op: 'set', agent: 0, program: 'distributor', param: 'strategy', value: 'work-stealing' },
    ],
    [
      'Everybody: pre vote of raft is switched off',
      { at: 0, op: 'set', agent: 'all', program: 'raft', param: 'preVote', value: false },
    ],
    ['Parameter n becomes 3', { at: 0, op: 'set', agent: 'all', program: 'space', param: 'n', value: 3 }],
    [
      'Evaporation per second becomes 0.2',
      { at: 0, op: 'set', agent: 'all', program: 'space', param: 'evaporationPerSecond', value: 0.2 },
    ],
    [
      '20 % of the bodies sense nothing for 1 s',
      { at: 0, op: 'afflict', whom: { share: 0.2 }, effect: 'blind', forUs: 1_000_000 },
    ],
    [
      'All bodies within 5 of (10, 20) fail',
      { at: 0, op: 'afflict', whom: { disc: { x: 10, y: 20, radius: 5 } }, effect: 'kill' },
    ],
    ['An obstacle of radius 4 drops at (50, 5)', { at: 0, op: 'obstacle', disc: { x: 50, y: 5, radius: 4 } }],
    ['A wind of 5 units/s blows', { at: 0, op: 'wind', x: 3, y: -4 }],
    ['10 % of messages arrive damaged', { at: 0, op: 'corrupt', probability: 0.1, from: 'all', to: 'all' }],
  ])('%s', (sentence, command) => {
    expect(say(command)).toBe(sentence)
  })
  it('names a mesh of regions by region, and agents without regions by number', () => {
    expect(namesOf(raftRegions.scenario).agent(1)).toBe('London')
    expect(namesOf(raftRegions.withAgents(12)).agent(11)).toBe('London 2')
    expect(describe({ at: 0, op: 'restart', agent: 3 })).toBe('Agent 3 restarts')
  })
  it('writes times in the unit that reads best', () => {
    expect([1, 999, 1_000, 1_234_567, 90_000_000, 5_000_000_000].map(durationText)).toEqual([
      '1 µs',
      '999 µs',
      '1 ms',
      '1.23 s',
      '90 s',
      '5000 s',
    ])
  })
})

group('bands', () => {
  const spans = (log: readonly Command[]): number[][] => bands(log, 100).map(({ from, to }) => [from, to])
  it('end with forUs, with what undoes them, with heal, or with the run', () => {
    expect(
      spans([
        { at: 10, op: 'crash', agent: 1, forUs: 20 },
        { at: 20, op: 'crash', agent: 2 },
        { at: 30, op: 'partition', side: [1], forUs: 60 },
        { at: 40, op: 'lose', probability: 1, from: 'all', to: 'all' },
        { at: 50, op: 'heal' },
        { at: 60, op: 'restart', agent: 2 },
        { at: 70, op: 'pause', agent: 'leader' },
        { at: 80, op: 'cut', from: 'all', to: [1] },
        { at: 101, op: 'join' },
      ]),
    ).toEqual([
      [10, 30],
      [20, 60],
      [30, 50],
      [40, 50],
      [50, 50],
      [60, 60],
      [70, 100],
      [80, 100],
    ])
  })
  it('end early where the agent is restarted before its time, but not by another agent', () => {
    expect(
      spans([
        { at: 0, op: 'crash', agent: 1, forUs: 50 },
        { at: 20, op: 'restart', agent: 1 },
      ])[0],
    ).toEqual([0, 20])
    expect(
      spans([
        { at: 0, op: 'crash', agent: 1, forUs: 50 },
        { at: 20, op: 'restart', agent: 2 },
      ])[0],
    ).toEqual([0, 50])
  })
  it('of bodies, obstacles and winds end with forUs or with the run', () => {
    expect(
      spans([
        { at: 10, op: 'afflict', whom: { share: 1 }, effect: 'deaf', forUs: 20 },
        { at: 20, op: 'obstacle', disc: { x: 1, y: 1, radius: 1 } },
        { at: 30, op: 'wind', x: 1, y: 0, forUs: 5 },
        { at: 40, op: 'set', agent: 'all', program: 'space', param: 'k', value: 1 },
      ]),
    ).toEqual([
      [10, 30],
      [20, 100],
      [30, 35],
      [40, 40],
    ])
  })
  it('carry the label and the place in the log, whatever the order of the log', () => {
    const log: Command[] = [
      { at: 50, op: 'heal' },
      { at: 10, op: 'partition', side: { group: 1 } },
    ]
    expect(bands(log, 100, names)[1]).toEqual({
      from: 10,
      to: 50,
      label: 'London is cut off from the rest',
      op: 'partition',
      index: 1,
    })
  })
})

group('FAULT_KINDS', () => {
  const scenarioFor = ({ needs }: FaultKind) => (needs === 'space' ? bridgeLengths : firstSwarm).scenario
  /** What a place and a direction are is only known where there is a world. */
  const disc = { x: 1, y: 2, radius: 3 }
  const fieldsOf = ({ args }: FaultKind) => ({
    ...Object.fromEntries(args.filter((arg) => arg.default !== null).map((arg) => [arg.name, arg.default])),
    ...(args.some(({ kind }) => kind === 'place') ? { disc } : {}),
    ...(args.some(({ kind }) => kind === 'vector') ? { x: 1, y: -1 } : {}),
  })

  it.each(FAULT_KINDS.map((kind) => [kind.label, kind] as const))(
    '%s: its defaults make a command that parses',
    (_, kind) => {
      const command = { at: 1, op: kind.op, ...fieldsOf(kind) }
      expect(parseCommand(command, scenarioFor(kind))).toEqual({ ok: true, value: command })
    },
  )
  it('keeps every bound and every word inside what a command may hold', () => {
    for (const kind of FAULT_KINDS)
      for (const arg of kind.args) {
        const values = 'max' in arg ? [arg.min, arg.max] : arg.kind === 'word' ? arg.of.map(({ value }) => value) : []
        for (const value of values) {
          const command = { at: 1, op: kind.op, ...fieldsOf(kind), [arg.name]: value }
          expect(parseCommand(command, scenarioFor(kind)).ok, `${kind.op}.${arg.name} = ${value}`).toBe(true)
        }
      }
  })
  it('offers those of bodies, first, where there are bodies, and those of links and disks where something runs', () => {
    const words = (scenario: Parameters<typeof faultKindsFor>[0]): string[] =>
      faultKindsFor(scenario).map(({ op }) => op)
    expect(words(bridgeLengths.scenario)).toEqual([
      'afflict',
      'obstacle',
      'wind',
      'crash',
      'restart',
      'pause',
      'resume',
      'join',
      'leave',
    ])
    expect(words(firstSwarm.scenario)).not.toContain('wind')
    expect(words({ ...firstSwarm.scenario, space: bridgeLengths.scenario.space })).toHaveLength(FAULT_KINDS.length)
  })
})
