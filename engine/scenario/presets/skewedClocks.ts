import { preset } from './Preset.ts'

export const skewedClocks = preset({
  sizes: { min: 3, default: 5, max: 31 },
  proofUs: 4_500_000,
  openAtUs: 2_000_000,
  draft: (agents) => ({
    name: 'skewed-clocks',
    title: 'Wrong clocks, one truth',
    group: 'coordination',
    seed: 12,
    pace: 0.2,
    untilUs: 15_000_000,
    digestEveryUs: 250_000,
    swarm: { agents, clocks: { offsetUs: 3_600_000_000, driftPpm: 20_000 } },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'uniform', minUs: 4_000, maxUs: 12_000 } },
    disk: { fsync: { kind: 'constant', us: 500 } },
    programs: [
      {
        kind: 'raft',
        params: { electionMinUs: 300_000, electionMaxUs: 320_000, heartbeatUs: 200_000, checkQuorum: true },
      },
    ],
    faults: [
      { at: 3_000_000, op: 'clock', agent: 'follower', offsetUs: 0, driftPpm: 800_000, forUs: 4_000_000 },
      { at: 8_000_000, op: 'clock', agent: 'leader', offsetUs: 0, driftPpm: -600_000, forUs: 3_000_000 },
      { at: 12_000_000, op: 'clock', agent: 'leader', offsetUs: 3_600_000_000, driftPpm: 0, forUs: 1_000 },
    ],
    height: 'log',
    layout: 'ring',
  }),
  info: {
    what: 'Five servers whose clocks disagree by up to an hour, and run up to 2 % fast or slow, agree on a leader all the same: Raft compares no clocks, it only measures how long it waits. A clock that runs far too fast breaks the calm, but never the agreement.',
    how: 'The leader sends a heartbeat every 200 ms, and a server that hears none for 300 to 320 ms on its own clock stands for election. A clock that is fast by the share d makes that 300 / (1 + d) ms of true time. As long as this is longer than the gap between two heartbeats nothing happens. Here servers keep their word to a leader whom they hear (check quorum), so the hasty server is refused each time, and deposes the leader each time with its newer term.',
    use: 'Give a server another clock with the fault Clock: fast, slow, ahead or back. Change the time-outs and find the drift that the swarm still bears.',
    notice: [
      'Until 3 s there is one leader, one term. Nobody knows what time it is.',
      'At 3 s the clock of a follower begins to run 80 % fast: its 300 ms are now 167 ms. It stands against every leader until it leads itself; then its own hurry keeps the others quiet.',
      'At 8 s the clock of the leader begins to run 60 % slow. Its heartbeats come every 500 ms, so another server takes over, and the slow one follows without complaint.',
      'At 12 s the leader’s clock jumps ahead an hour: it thinks that it has heard nobody for an hour, and steps down. Throughout, no term has two leaders.',
    ],
    tryThis: [
      'Switch on pre-vote, which asks before it disturbs anybody (Ongaro 2014, section 9.6): the hasty server does no harm any more.',
      'Set the longest drift at the start to 40 % and look for seeds without peace.',
      'Delay all messages by 100 ms and make every clock 90 % fast: now nobody is ever elected, since each gives up before the votes are back.',
    ],
    claims: [
      {
        name: 'clock-timer',
        sentence:
          'A wait of T on a clock that is fast by the share d ends after T / (1 + d) of true time, to the microsecond of the clock.',
        source: 'Definition of drift; both times are whole µs, so the wait may differ by one of them',
      },
      {
        name: 'clock-offset',
        sentence:
          'Clocks that are only set wrong change nothing: the same messages at the same times as with true clocks.',
        source: 'Theorem: the protocol reads differences of one clock only',
      },
      {
        name: 'clock-calm',
        sentence:
          'A follower’s clock that is 48 % fast causes no election: 300 / 1.48 ms is longer than a heartbeat interval.',
        source:
          'Theorem: no wait ends while the shortest one is longer than the gap between heartbeats, here up to a drift of 50 %',
      },
      {
        name: 'clock-hasty',
        sentence:
          'A server whose clock is 72 % fast leaves no other leader in peace for longer than 403 ms, two heartbeats, and still no term has two leaders.',
        source:
          'Theorem: above a drift of 70 % every wait ends before the next heartbeat; safety does not depend on timing (Ongaro and Ousterhout 2014, section 5.6)',
      },
      {
        name: 'clock-storm',
        sentence:
          'Where every clock is so fast that the longest wait is shorter than a round trip, elections never end and nobody ever leads.',
        source:
          'Theorem: a candidate has given up before its votes are back (the timing requirement of Raft, section 5.6)',
      },
    ],
    references: [
      'D. Ongaro, J. Ousterhout: In Search of an Understandable Consensus Algorithm. USENIX ATC 2014, section 5.6.',
      'D. Ongaro: Consensus: Bridging Theory and Practice. Dissertation, Stanford University 2014, sections 4.2.3, 6.2 and 9.6.',
    ],
  },
})
