import { preset } from './Preset.ts'

export const secondPrice = preset({
  sizes: { min: 3, default: 6, max: 200 },
  proofUs: 4_500_000,
  openAtUs: 1_000_000,
  draft: (agents) => ({
    name: 'second-price',
    title: 'Who pays the second price may say the truth',
    group: 'work',
    seed: 3,
    pace: 0.3,
    untilUs: 20_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'star' },
    network: { latency: { kind: 'uniform', minUs: 15_000, maxUs: 35_000 } },
    programs: [
      {
        kind: 'sealed-bid',
        params: { factors: [0.7, 1, 1, 1, 1], closeUs: 100_000, pauseUs: 150_000, reportEvery: 1 },
      },
    ],
    faults: [
      { at: 4_000_000, op: 'crash', agent: 2, forUs: 3_000_000 },
      { at: 10_000_000, op: 'set', agent: 'all', program: 'sealed-bid', param: 'price', value: 'first' },
    ],
    height: 'load',
    layout: 'force',
  }),
  info: {
    what: 'One agent sells one thing after another. The others each know what it is worth to them and hand in a bid that nobody else sees. The highest bid wins, but pays only the second highest. Under this rule nobody ever does better than by bidding exactly what the thing is worth.',
    how: 'Worth is drawn evenly from 0 to 1 for every bidder and every sale. Your bid decides whether you win, the bids of the others decide what you pay: less than the truth only loses sales that would have paid, more only wins sales that cost too much. With n bidders the seller earns (n − 1) / (n + 1) a sale. The first bidder here bids 70 % of the truth.',
    use: 'Change the factors that bidders bid by, let the winner pay its own bid, crash a bidder, slow the links. Bids that come later than 100 ms after the call do not count.',
    notice: [
      'Bidders stand as high as their bids, the seller as high as the price it got: the second highest bid.',
      'From 4 s to 7 s a bidder is down. The seller waits 100 ms for it at every sale, and sells to the rest.',
      'At 10 s the winner begins to pay its own bid. Now those who say the truth gain nothing at all, and only the one that bids less does.',
    ],
    tryThis: [
      'Let the first bidder bid 130 %: it wins more often, and gains less.',
      'Two bidders only: what does the seller earn?',
      'First price with everybody at 80 %: with five bidders the seller earns as much as under the second price.',
    ],
    claims: [
      {
        name: 'second-price-revenue',
        sentence: 'With five truthful bidders the seller earns 4 / 6 a sale.',
        source: 'Vickrey 1961: the mean of the second highest of n even draws, (n − 1) / (n + 1)',
      },
      {
        name: 'second-price-shading',
        sentence:
          'Among four truthful rivals a bidder that bids 70 % of the truth gains 0.0176 a sale, where the truth would gain 0.0333.',
        source: 'Closed form: the mean of v − y where y, the highest of four even draws, is below 0.7 v',
      },
      {
        name: 'second-price-truth',
        sentence:
          'In no sale at all would the truth have gained a bidder less than what it bid, whatever the others bid.',
        source: 'Vickrey 1961: truthful bidding is a dominant strategy',
      },
    ],
    references: [
      'W. Vickrey: Counterspeculation, Auctions, and Competitive Sealed Tenders. Journal of Finance 16(1), 1961.',
      'V. Krishna: Auction Theory. Academic Press, 2nd edition 2010, chapter 2.',
    ],
  },
})
