import { preset } from './Preset.ts'

/** Below 1/n, so that whole benefits make the result exact. */
const exactEpsilon = (persons: number): number => Math.floor(1_000_000 / (persons + 1)) / 1_000_000

export const auction = preset({
  sizes: { min: 4, default: 40, max: 400 },
  step: 2,
  proofUs: 4_500_000,
  openAtUs: 150_000,
  draft: (agents) => ({
    name: 'auction',
    title: 'Everybody bids, and the whole comes out best',
    group: 'work',
    seed: 4,
    pace: 0.25,
    untilUs: 14_000_000,
    digestEveryUs: 500_000,
    swarm: { agents },
    topology: { kind: 'mesh' },
    network: { latency: { kind: 'uniform', minUs: 6_000, maxUs: 14_000 } },
    programs: [{ kind: 'auction', params: { epsilon: exactEpsilon(agents / 2) } }],
    faults: [{ at: 4_000_000, op: 'crash', agent: 1, forUs: 5_000_000 }],
    height: 'load',
    layout: 'ring',
  }),
  info: {
    what: 'Half of the agents are persons, the other half hold one object each. Every person values every object differently. Each bids for what serves it best, prices rise, whoever is outbid looks again: and in the end the sum of all benefits is the greatest there is, although nobody ever saw all the numbers.',
    how: 'A person looks for the object whose benefit exceeds its price most, and bids until the second best would be as good, and ε more. The object goes to the higher bid and tells who was outbid. When the bidding ends, each person is within ε of its best choice at these prices, so the sum is within n·ε of the greatest. Benefits are whole numbers: with ε below 1/n nothing is lost at all. To be fast, the first phase bids with a large ε, and a desk beside the first object begins the next with a smaller one once everything is sold.',
    use: 'Change ε, lose messages, crash persons, objects and the desk. An object that does not hear of its owner for a second returns, and all prices begin again at 0.',
    notice: [
      'Objects stand as high as their price, persons as high as what they gain by theirs. Prices only rise within a round.',
      'Within each phase most are served at once; then a single bidder wanders from object to object, outbidding one who outbids the next.',
      'At 4 s a person crashes. After a second its object returns, and the others share out everything anew, at prices from 0. When it comes back it outbids some of them, who look again, until the one object that was left is taken too.',
    ],
    tryThis: [
      'Set ε to 0 and the first ε too: equal bids change hands for ever, and nobody pays more.',
      'Set ε to 5. It ends much sooner: is the sum still the greatest?',
      'Let everybody bid all that an object is worth, with the first ε at 0: the first come take it all.',
    ],
    claims: [
      {
        name: 'auction-exact',
        sentence: 'With whole benefits and ε below 1/n the auction of 100 objects finds the greatest sum, every time.',
        source: 'Bertsekas 1979; the greatest sum by shortest augmenting paths (Jonker and Volgenant 1987)',
      },
      {
        name: 'auction-bound',
        sentence: 'With ε = 0.1, 1 and 5 the sum is never more than n·ε below the greatest.',
        source: 'Bertsekas 1979: ε-complementary slackness bounds the loss by nε',
      },
      {
        name: 'auction-ends',
        sentence: 'The bidding ends with an object for everybody; with ε = 0 it does not.',
        source: 'Bertsekas 1988: without ε, persons of equal bids take objects from each other without raising a price',
      },
      {
        name: 'auction-crash',
        sentence: 'When three persons crash for good, their objects return and the others reach their greatest sum.',
        source:
          'Bertsekas and Castañon 1992: fewer persons than objects, prices from 0; the greatest sum by shortest augmenting paths',
      },
    ],
    references: [
      'D. P. Bertsekas: A Distributed Algorithm for the Assignment Problem. LIDS working paper, MIT, 1979.',
      'D. P. Bertsekas: The Auction Algorithm: A Distributed Relaxation Method for the Assignment Problem. Annals of Operations Research 14, 1988.',
      'D. P. Bertsekas, D. A. Castañon: Parallel Synchronous and Asynchronous Implementations of the Auction Algorithm. Parallel Computing 17, 1991.',
      'D. P. Bertsekas, D. A. Castañon: A Forward/Reverse Auction Algorithm for Asymmetric Assignment Problems. Computational Optimization and Applications 1, 1992.',
    ],
  },
})
