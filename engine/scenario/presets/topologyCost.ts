import { preset } from './Preset.ts'

export const topologyCost = preset({
  sizes: { min: 4, default: 40, max: 400 },
  proofUs: 5_500_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'topology-cost',
    title: 'The same four jobs on a mesh, a tree and a ring',
    group: 'network',
    seed: 2,
    pace: 0.2,
    untilUs: 10_000_000,
    digestEveryUs: 250_000,
    swarm: { agents },
    topology: { kind: 'mesh', branching: 3 },
    network: { latency: { kind: 'constant', us: 20_000 } },
    programs: [{ kind: 'errand', params: { firstAtUs: 200_000, everyUs: 1_000_000 } }],
    faults: [{ at: 5_000_000, op: 'crash', agent: Math.min(2, agents - 1), forUs: 3_000_000 }],
    height: 'none',
    layout: 'tree',
  }),
  info: {
    what: 'Forty agents do four jobs in turn, one a second: the first tells everybody, asks one agent at random, hears a report from everybody, and at last all neighbours tell each other that they are alive. What does each job cost on a mesh, on a tree and on a ring?',
    how: 'A mesh connects everybody with everybody (780 connections), the tree gives each agent three below it (39), the ring two neighbours each (40). Every link takes 20 ms. Whatever has no direct link is passed on by those between, and each link it crosses counts as one transmission.',
    use: 'Change the topology under Parameters and watch the same job again. The claims below count what each job costs.',
    notice: [
      'It is often said that a mesh has the highest communication overhead. Measured: true of staying in touch (1,560 messages against 78 and 80), false of work. A broadcast costs 39 transmissions on all three, and a request costs least on the mesh.',
      'It is often said that a ring needs the fewest connections. Measured: it needs 40, the tree 39. What the ring has for its one link more is a second way to everybody.',
      'It is often said that a tree has clear paths of delegation. Measured: true. There is one way from the top to each agent, and a report of everybody takes 39 transmissions because each superior sums up those below; without summing up it takes 102, and on the ring 400.',
    ],
    tryThis: [
      'Set topology.kind to ring: how long does the broadcast take to reach the far side?',
      'Set topology.kind to hierarchical and the branching to 2 or 10: fewer levels, more work for each superior.',
      'Set aggregate to false on the tree: every report climbs to the top by itself.',
      'On a ring set oneWay to true: a request and its answer together go exactly once round.',
    ],
    claims: [
      {
        name: 'cost-mesh-upkeep',
        sentence: 'Mesh, “highest communication overhead”: confirmed for keep-alive, n(n − 1) = 1,560 messages a time.',
        source: 'Closed form: every agent to each of its n − 1 neighbours',
      },
      {
        name: 'cost-upkeep-ratio',
        sentence: 'That is (n − 1)/2 = 19.5 times the keep-alive of the ring, which takes 2n = 80.',
        source: 'Closed form: two messages for each connection, n(n − 1)/2 connections against n',
      },
      {
        name: 'cost-mesh-request',
        sentence:
          'Mesh, “highest communication overhead”: refuted for requests. A request and its answer take 2 transmissions, the least possible.',
        source: 'Closed form: one hop each way',
      },
      {
        name: 'cost-tree-request',
        sentence:
          'On the tree a request of the top and its answer take 5.23 transmissions on average, twice the mean depth.',
        source: 'Closed form: 2·(3·1 + 9·2 + 27·3)/39',
      },
      {
        name: 'cost-ring-request',
        sentence: 'On the ring they take 20.5 on average, twice the mean distance: the most of the three.',
        source: 'Closed form: 2·⌊n²/4⌋/(n − 1)',
      },
      {
        name: 'cost-broadcast',
        sentence:
          'Mesh, “highest communication overhead”: refuted for broadcasts. Each takes n − 1 = 39 transmissions on mesh, tree and ring alike.',
        source: 'Theorem: every agent but the first is told once, over the last link of its path',
      },
      {
        name: 'cost-broadcast-hops',
        sentence:
          'What differs is the time: the last agent hears a broadcast after 1 hop on the mesh, 3 on the tree and 20 on the ring.',
        source: 'Closed form: 1, the depth, ⌊n/2⌋; the figure is the worst of the three, as a ratio to its closed form',
      },
      {
        name: 'cost-ring-links',
        sentence: 'Ring, “minimal connections”: refuted, by one. The ring has n = 40 connections, the tree n − 1 = 39.',
        source: 'Theorem: a connected graph on n has at least n − 1 links, a tree exactly so many',
      },
      {
        name: 'cost-tree-report',
        sentence:
          'Tree, “clear delegation paths”: confirmed. A report of everybody takes n − 1 = 39 transmissions, one over each connection.',
        source: 'Theorem: each agent but the top sends one sum to the one agent above it',
      },
      {
        name: 'cost-ring-report',
        sentence: 'Without anybody to sum up, the same report takes ⌊n²/4⌋ = 400 transmissions on the ring.',
        source: 'Closed form: the sum of the distances 1, 1, 2, 2, … to the first agent',
      },
    ],
    references: [
      'N. A. Lynch: Distributed Algorithms. Morgan Kaufmann, 1996. Section 4.2: broadcast and convergecast.',
    ],
  },
})
