import { preset } from './Preset.ts'

export const topologyFit = preset({
  sizes: { min: 4, default: 40, max: 400 },
  proofUs: 5_500_000,
  openAtUs: 1_300_000,
  draft: (agents) => ({
    name: 'topology-fit',
    title: 'The same work on mesh, tree and ring',
    group: 'work',
    seed: 3,
    pace: 0.1,
    untilUs: 30_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'mesh', branching: 3 },
    network: { latency: { kind: 'constant', us: 10_000 } },
    programs: [{ kind: 'dataflow', params: { patienceUs: 4_000_000 } }],
    tasks: {
      workload: {
        ...{ arrivals: 'closed', thinkUs: 200_000, dag: 'random', width: agents, depth: 8 },
        ...{ size: 'constant', meanUs: 20_000 },
      },
    },
    faults: [
      { at: 5_000_000, op: 'delay', from: 'all', to: 'all', us: 10_000, forUs: 3_000_000 },
      { at: 20_000_000, op: 'crash', agent: Math.floor(agents / 2), forUs: 1_000_000 },
    ],
    height: 'log',
    layout: 'force',
  }),
  info: {
    what: 'Forty agents work on tasks that need each other’s results. Three kinds of work, three ways to be connected, the same agents and the same delay on every connection. It is often said that a mesh is for highly interdependent tasks, a hierarchy for tasks with clear subdivisions, and a ring for one step after the other: here each of these is measured.',
    how: 'Nobody directs. A task has its place, and begins when the results that it needs have come; its own result goes to each agent that needs it, hop by hop over the connections that there are. Interdependent: eight layers of forty tasks, each at a random agent and in need of one to three before it. Subdivided: the first agent divides the work among three others, each of them again, and results are put together on the way back. One after the other: forty steps, from each agent to the next. A task takes 20 ms, a connection 10 ms.',
    use: 'Set the topology to mesh, hierarchical or ring, and the graphs of tasks to random, fork-join (with a width of 3, as the tree has) or pipeline (with a depth of 40). Compare how long a graph takes. Crash an agent, or make the connections slower.',
    notice: [
      'On the mesh an interdependent graph takes 0.4 s, on the tree 0.7 s, on the ring 1.6 s: every result there passes ten agents on average.',
      'Subdivided work takes the same 0.2 s on the tree and on the mesh, but the tree has 39 connections and the mesh 780. On the ring it takes 0.72 s.',
      'One after the other takes the same 1.2 s on the ring and on the mesh. On the tree neighbours in line are up to six connections apart: 1.88 s.',
      'From 5 s to 8 s every connection takes twice as long. At 20 s an agent crashes: what it had to give is missing, and after 4 s the graph is given up.',
    ],
    tryThis: [
      'Make the connections ten times faster. Which of the sentences still matter?',
      'A torus, a small world or a star: what kind of work does each of them fit?',
      'Lose one message in a thousand. Which topology loses the most graphs, and why?',
    ],
    claims: [
      {
        name: 'fit-mesh-interdependent',
        sentence:
          'Confirmed: interdependent tasks are done fastest on a mesh; a tree and a ring take at least a quarter longer.',
        source: 'Measured: the lower end of four standard errors over graphs and seeds',
      },
      {
        name: 'fit-ring-interdependent',
        sentence: 'On a ring their results take 10.26 hops each, where a mesh needs one.',
        source: 'Closed form: the mean distance between two different agents, ⌊n²/4⌋/(n − 1)',
      },
      {
        name: 'fit-tree-subdivided',
        sentence:
          'Confirmed, but a mesh is as good: work with clear subdivisions takes exactly as long on the tree, with a twentieth of the connections.',
        source: 'Theorem: all who talk with each other are one hop apart on both',
      },
      {
        name: 'fit-tree-delegated',
        sentence:
          'Tasks delegated down the tree are handed on three times, by agents who know only those right below them.',
        source: 'Definition: all 27 agents with nobody below them are three connections from the top',
      },
      {
        name: 'fit-ring-subdivided',
        sentence: 'On a ring it takes at least 2.7 times as long, wherever the parts are placed.',
        source: 'Lower bound: somebody with a share is n/2 hops away, and its part goes there and back',
      },
      {
        name: 'fit-ring-pipeline',
        sentence:
          'Confirmed, but a mesh is as good: one step after the other takes exactly as long on the ring, with a twentieth of the connections.',
        source: 'Theorem: each step is one hop from the one before, also the last from the first',
      },
      {
        name: 'fit-tree-pipeline',
        sentence: 'On the tree it takes 1.57 times as long.',
        source: 'Closed form: the distances 0–1, 1–2, …, 38–39 and 39–0 in the tree, 108 hops instead of 40',
      },
    ],
    references: [
      'D. P. Bertsekas, J. N. Tsitsiklis: Parallel and Distributed Computation: Numerical Methods. Prentice Hall, 1989, section 1.3 (topologies and embeddings).',
    ],
  },
})
