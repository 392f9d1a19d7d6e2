import { preset } from './Preset.ts'

export const pushGossip = preset({
  sizes: { min: 8, default: 1_024, max: 10_000 },
  proofUs: 1_400_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'push-gossip',
    title: 'A rumour runs through a thousand agents',
    group: 'coordination',
    seed: 5,
    pace: 0.2,
    untilUs: 9_000_000,
    digestEveryUs: 200_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'uniform', minUs: 5_000, maxUs: 45_000 } },
    programs: [{ kind: 'gossip', params: { firstAtUs: 50_000 } }],
    faults: [
      { at: 1_050_000, op: 'crash', agent: Math.floor(agents / 2), forUs: 6_000_000 },
      { at: 4_550_000, op: 'propose', agent: agents - 1, program: 'gossip', value: 'a second rumour' },
      { at: 4_600_000, op: 'lose', probability: 0.3, from: 'all', to: 'all', forUs: 2_000_000 },
    ],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'One agent learns something at the start. Ten times a second everybody who has news calls one other agent, picked at random, and passes it on. Nobody has a list of who knows already, and nobody is in charge.',
    how: 'At first every call finds somebody new, so those who know double with each round. Later most calls find agents who know already. The one called says so, and whoever was told twice in a row that the news is old stops spreading it. That saves calls, and it leaves a few agents out.',
    use: 'Watch the orange agents, who spread the news, and the blue ones, who have it and have stopped. Change their patience (k), and start a rumour of your own at any agent.',
    notice: [
      'The number of agents who know doubles each round until about a third know; the last few take as long as all the rest.',
      'A few agents stay grey: the rumour died before it reached them. With k = 2 it is about one in 27.',
      'The crash at 1.05 s in the middle of the spreading changes nothing for anybody else.',
      'A second rumour starts at 4.55 s, while three messages in ten are lost: it needs a few rounds more.',
    ],
    tryThis: [
      'Set the patience (k) to 1 and to 5: how many are left out, and how many messages does that save?',
      'Set the patience (k) to 0, so that nobody ever stops: after about 18 rounds all 1,024 know.',
      'Let everybody compare all it knows every 10 rounds: whoever was left out hears of the rumour when agents compare all they know.',
      'Set the moment at which a call is judged to contact, so that calls of one round come one after another: more agents are left out. Such a detail decides whether a published table is met.',
    ],
    claims: [
      {
        name: 'push-rounds',
        sentence: 'Where nobody stops, all of 1,024 agents know after 18.1 rounds on average.',
        source: 'Pittel 1987: log2 n + ln n + O(1) rounds; the constant by an independent simulation',
      },
      {
        name: 'push-excess',
        sentence: 'That is between half a round and two rounds more than log2 n + ln n.',
        source: 'Pittel 1987: log2 n + ln n + O(1) rounds',
      },
      {
        name: 'rumour-residue-1',
        sentence: 'Of 1,000 agents who stop at the first call in vain, 18 in 100 never hear the rumour.',
        source: 'Demers et al. 1987, table 1, k = 1: residue 0.18',
      },
      {
        name: 'rumour-residue-2',
        sentence: 'With k = 2 it is 37 in 1,000.',
        source: 'Demers et al. 1987, table 1, k = 2: residue 0.037',
      },
      {
        name: 'rumour-residue-3',
        sentence: 'With k = 3 it is 11 in 1,000.',
        source: 'Demers et al. 1987, table 1, k = 3: residue 0.011',
      },
      {
        name: 'rumour-traffic',
        sentence:
          'That costs 1.7, 3.3 and 4.5 calls an agent. The figure is the worst of the three beside the table’s.',
        source: 'Demers et al. 1987, table 1, k = 1, 2, 3: traffic 1.7, 3.3, 4.5',
      },
      {
        name: 'rumour-last',
        sentence:
          'The last to hear it does so in cycle 16.8, 16.9 and 17.4. The figure is the worst of the three beside the table’s.',
        source: 'Demers et al. 1987, table 1, k = 1, 2, 3: last 16.8, 16.9, 17.4',
      },
      {
        name: 'compare-mends',
        sentence:
          'If everybody then compares all it knows with one other, once, about one in 13 of those left out is still left out: as many as chance says.',
        source: 'Closed form: left out is who calls one left out and is called by nobody who knows',
      },
      {
        name: 'compare-rounds',
        sentence: 'Comparing alone, once a round, tells all 1,024 agents within log2 n = 10 rounds on average.',
        source: 'A bound that this lab set itself: log2 n rounds',
      },
    ],
    references: [
      'A. Demers, D. Greene, C. Hauser, W. Irish, J. Larson, S. Shenker, H. Sturgis, D. Swinehart, D. Terry: Epidemic Algorithms for Replicated Database Maintenance. PODC, 1987.',
      'B. Pittel: On Spreading a Rumor. SIAM Journal on Applied Mathematics 47(1), 1987.',
    ],
  },
})
