import { preset } from './Preset.ts'

export const aimd = preset({
  sizes: { min: 3, default: 7, max: 101 },
  proofUs: 10_000_000,
  openAtUs: 1_500_000,
  draft: (agents) => ({
    name: 'aimd',
    title: 'Strangers come to share evenly',
    group: 'work',
    seed: 5,
    pace: 0.5,
    untilUs: 60_000_000,
    digestEveryUs: 1_000_000,
    swarm: { agents },
    topology: { kind: 'star' },
    network: { latency: { kind: 'constant', us: 20_000 } },
    programs: [{ kind: 'aimd', params: { perSecond: 20 * (agents - 1), rates: [30, 2, 15, 5], minus: 5, depth: 6 } }],
    faults: [
      { at: 9_000_000, op: 'crash', agent: 1, forUs: 4_000_000 },
      { at: 26_000_000, op: 'set', agent: 'all', program: 'aimd', param: 'decrease', value: 'subtract' },
      { at: 30_000_000, op: 'crash', agent: 1, forUs: 500_000 },
      { at: 44_000_000, op: 'set', agent: 'all', program: 'aimd', param: 'decrease', value: 'multiply' },
    ],
    height: 'load',
    layout: 'force',
  }),
  info: {
    what: 'Senders share one narrow passage. None of them knows how many others there are or how fast they send; all they ever hear is that the queue is long. Each goes a little faster all the time and halves its speed at such a signal, and after a few signals all of them send equally fast.',
    how: 'The passage lets packets through by a token bucket; the others wait in a queue. When six wait, it sends a signal to every sender. Ten times a second each sender adds one packet a second to its rate, and a signal multiplies the rate by β = ½. Adding keeps the difference between two senders, halving halves it: only the difference shrinks for good.',
    use: 'Change β, the step, or how senders speed up and slow down. Crash a sender, delay the signals to one of them, or narrow the passage.',
    notice: [
      'At the start the fastest sends fifteen times as much as the slowest. Each signal halves every difference.',
      'From 9 to 13 s a sender is away, and the others take up what it leaves. It comes back with its first rate and is even with them again within some signals.',
      'From 26 s on a signal subtracts instead of halving. The sender that comes back at 30.5 s stays ahead of the others, signal after signal, until halving returns at 44 s.',
    ],
    tryThis: [
      'Let rates grow by multiplying: with multiplication both ways, ratios stay what they were at the start.',
      'Give β = 0.9: the queue stays busier, and becoming equal takes longer.',
      'Tell only the sender of the packet that met the long queue. Do they still become equal?',
    ],
    claims: [
      {
        name: 'aimd-half',
        sentence: 'With β = ½ every signal halves the difference between any two senders, to the last bit.',
        source: 'Chiu and Jain 1989: addition keeps the difference, multiplication by β multiplies it',
      },
      {
        name: 'aimd-three-quarters',
        sentence: 'With β = ¾ every signal leaves three quarters of it.',
        source: 'Chiu and Jain 1989: addition keeps the difference, multiplication by β multiplies it',
      },
      {
        name: 'aimd-fair',
        sentence: 'Wherever they begin, senders end up with a fairness index of 1.',
        source: 'Chiu and Jain 1989; the index: Jain, Chiu and Hawe 1984',
      },
      {
        name: 'token-bucket',
        sentence: 'Within any time t no more than b + r t packets pass a token bucket of depth b and rate r.',
        source: 'Turner 1986; RFC 2697',
      },
    ],
    references: [
      'D.-M. Chiu, R. Jain: Analysis of the Increase and Decrease Algorithms for Congestion Avoidance in Computer Networks. Computer Networks and ISDN Systems 17, 1989.',
      'R. Jain, D.-M. Chiu, W. Hawe: A Quantitative Measure of Fairness and Discrimination for Resource Allocation in Shared Computer Systems. DEC-TR-301, 1984.',
      'J. S. Turner: New Directions in Communications (or Which Way to the Information Age?). IEEE Communications Magazine 24(10), 1986.',
    ],
  },
})
