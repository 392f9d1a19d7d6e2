import { preset } from './Preset.ts'

/** Periods that a suspect has to speak up: four for each factor of ten in the number of members, as in memberlist. */
export const suspicionPeriodsFor = (agents: number): number => {
  let decades = 1
  for (let reach = 10; reach < agents; reach *= 10) decades++
  return 4 * decades
}

export const swim = preset({
  sizes: { min: 5, default: 100, max: 10_000 },
  proofUs: 6_000_000,
  openAtUs: 1_500_000,
  draft: (agents) => ({
    name: 'swim',
    title: 'Nobody watches everybody, yet everybody knows',
    group: 'coordination',
    seed: 6,
    pace: 0.5,
    untilUs: 30_000_000,
    digestEveryUs: 1_000_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'uniform', minUs: 20_000, maxUs: 60_000 } },
    programs: [
      {
        kind: 'swim',
        params: {
          periodUs: 500_000,
          ackTimeoutUs: 150_000,
          suspicionPeriods: suspicionPeriodsFor(agents),
          verbose: agents <= 300,
        },
      },
    ],
    faults: [
      { at: 3_000_000, op: 'crash', agent: Math.floor(agents / 3), forUs: 13_000_000 },
      { at: 12_000_000, op: 'lose', probability: 0.1, from: 'all', to: 'all', forUs: 3_000_000 },
      { at: 22_000_000, op: 'join' },
    ],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'A hundred agents keep a list of who is there, and no list is kept in one place. An agent fails, and within a few seconds everybody has struck it off.',
    how: 'Twice a second each agent pings one other and waits for its answer. If none comes, it asks three others to try; if they fail too, it suspects the agent. The suspicion travels on later pings and answers. Whoever is suspected wrongly says so with a higher number; whoever stays silent for eight periods is declared dead.',
    use: 'Crash an agent and watch yellow spread from the first one that noticed. Change the number of agents: each of them still sends as many messages as before. Turn the waiting time of suspects down to 0 and lose a tenth of the messages.',
    notice: [
      'Somebody notices within one or two periods, whatever the number of agents: as many ping at random as there are.',
      'News spreads like a rumour. It needs one more period when the number of agents doubles, not twice as many.',
      'An agent with fresh news stands high and sinks as it passes it on. After some twenty tellings it stops.',
      'From 12 s to 15 s one message in ten is lost. Agents are suspected that work, and speak up in time.',
      'At 16 s the failed agent is back. It learns that it was declared dead, and returns under a higher number.',
    ],
    tryThis: [
      'Set the probes before a suspect counts as dead to 0: lost messages now bury agents that are alive.',
      'Set how often news is repeated (λ) to 0, so that nobody passes anything on, and see how long the last one takes to find out.',
      'Cut one agent off in one direction only, then in both.',
      'Take 1,000 agents, or 10,000.',
    ],
    claims: [
      {
        name: 'swim-first-detection',
        sentence:
          'From a crash among 100 members to the first failed probe it takes 1.577 periods in the mean, e/(e − 1) for many.',
        source: 'Das, Gupta and Motivala 2002, section 3.1: 1/(1 − (1 − 1/(n − 1))ⁿ⁻¹); theorem for random targets',
      },
      {
        name: 'swim-round-robin',
        sentence: 'In turns through a shuffled list every member probes the failed one within 2n − 1 periods, always.',
        source: 'Das, Gupta and Motivala 2002, section 4.3; theorem',
      },
      {
        name: 'swim-load',
        sentence: 'A member sends two messages a period, one ping and one answer, whether there are 25 members or 400.',
        source: 'Das, Gupta and Motivala 2002, section 3.1: the load of a member does not depend on their number',
      },
      {
        name: 'swim-missed-probes',
        sentence:
          'With one message in ten lost, one probe of a working member in 130 fails: (1 − q²)(1 − q⁴)³ for q = 0.9.',
        source: 'Das, Gupta and Motivala 2002, section 3.1; closed form for three helpers',
      },
      {
        name: 'swim-suspicion',
        sentence:
          'With one message in twenty lost, no working member is declared dead: those suspected speak up in time.',
        source: 'Das, Gupta and Motivala 2002, section 4.2: suspicion before the verdict',
      },
      {
        name: 'swim-infection',
        sentence:
          'All members know of a failure within 3·ln n periods of the first suspicion, for 50 and for 400 members.',
        source: 'Das, Gupta and Motivala 2002, section 4.1: after λ·ln n periods all but n^(2 − 2λ) have heard; λ = 3',
      },
    ],
    references: [
      'A. Das, I. Gupta, A. Motivala: SWIM: Scalable Weakly-consistent Infection-style Process Group Membership Protocol. DSN 2002.',
      'A. Dadgar, J. Phillips, J. Currey: Lifeguard: Local Health Awareness for More Accurate Failure Detection. DSN-W 2018.',
    ],
  },
})
