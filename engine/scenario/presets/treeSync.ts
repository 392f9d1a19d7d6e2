import { preset } from './Preset.ts'

export const treeSync = preset({
  sizes: { min: 4, default: 121, max: 10_000 },
  proofUs: 2_500_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'tree-sync',
    title: 'Orders go down, reports come up',
    group: 'coordination',
    seed: 11,
    pace: 0.1,
    untilUs: 8_000_000,
    digestEveryUs: 250_000,
    swarm: { agents },
    topology: { kind: 'hierarchical', branching: 3, repairUs: 300_000 },
    network: { latency: { kind: 'uniform', minUs: 2_000, maxUs: 10_000 } },
    programs: [{ kind: 'tree-sync', params: { heartbeatUs: 200_000, orderEveryUs: 900_000 } }],
    faults: [
      { at: 2_000_000, op: 'crash', agent: 1, forUs: 3_000_000 },
      { at: 6_500_000, op: 'join' },
    ],
    height: 'level',
    layout: 'tree',
  }),
  info: {
    what: 'A chain of command. The agent at the top gives an order every 900 ms; each agent passes it to those below and reports upward when everybody under it has it.',
    how: 'Every agent has up to three below it, so 121 agents stand on five levels. Heartbeats pass between an agent and the one above. When an agent in the middle fails, the routing layer notices after 300 ms and joins those below it to the next agent up that works; they are brought up to date from there.',
    use: 'Crash an agent near the top and one near the bottom and compare how many are cut off. Change the number of agents a superior has.',
    notice: [
      'One round takes exactly one order and one report for every agent but the top one.',
      'The time of a round grows with the levels, not with the agents: three times the agents cost one more level.',
      'At 2 s the first of the three deputies fails. The 39 agents below it are silent until they are re-attached.',
    ],
    tryThis: [
      'Set the branching to 2 and to 10 with the same number of agents: which tree is faster, which is hurt more by a crash?',
      'Set the repair time to 0 (never) and crash agent 1 again.',
      'Lose one message in ten and see which level waits longest.',
    ],
    claims: [
      {
        name: 'tree-messages',
        sentence: 'Without faults a round of n agents takes exactly n − 1 orders and n − 1 reports.',
        source: 'Theorem: a tree of n agents has n − 1 connections, each used once in each direction',
      },
      {
        name: 'tree-sync-law',
        sentence:
          'The mean time of a round of 121 agents is that of the slowest path: 61.9 ms by the law of the delays alone.',
        source: 'Closed form: the slowest of three parts, each an order, the level below and a report, level by level',
      },
      {
        name: 'tree-sync-time',
        sentence:
          'A swarm of 1,000 agents is synchronised within 120 ms, twice its depth times the longest delay, in every run.',
        source: 'Theorem; the budget this lab was given is a second, here in virtual time',
      },
    ],
    references: ['A. Segall: Distributed Network Protocols. IEEE Transactions on Information Theory 29(1), 1983.'],
  },
})
