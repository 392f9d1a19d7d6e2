import { knowRoleWords } from './roleWords.ts'

/** What agents of the programs show that the first scenario does not run: importing this file makes it known. */
knowRoleWords({
  'ring-election': {
    roles: [
      ['leader', 'leader'],
      ['candidate', 'candidate'],
    ],
  },
  gossip: {
    roles: [
      ['spreading', 'spreads the news'],
      ['informed', 'knows, keeps still'],
      ['idle', 'has not heard'],
    ],
    load: 'how eager to pass the news on',
  },
  errand: {
    roles: [
      ['spreading', 'at work'],
      ['informed', 'has done its share'],
      ['idle', 'not reached'],
    ],
  },
  survey: {
    roles: [
      ['spreading', 'passes it on'],
      ['informed', 'has passed it on'],
      ['member', 'not reached'],
    ],
    load: 'the number being averaged',
  },
  swim: {
    roles: [
      ['suspect', 'suspects somebody'],
      ['spreading', 'passes news on'],
      ['member', 'all is well'],
    ],
    load: 'news still to pass on',
  },
  phi: {
    roles: [
      ['suspect', 'suspects somebody'],
      ['member', 'all is well'],
    ],
    load: 'suspicion, of its threshold',
  },
  auction: {
    roles: [
      ['candidate', 'bids'],
      ['client', 'has an object'],
      ['informed', 'sold'],
      ['idle', 'not sold'],
    ],
    load: 'price; of a person, what it gains',
  },
  'sealed-bid': {
    roles: [
      ['leader', 'sells'],
      ['candidate', 'has bid'],
      ['informed', 'won'],
      ['idle', 'did not win'],
    ],
    load: 'bid; of the seller, the latest price',
  },
  rpc: {
    roles: [
      ['client', 'calls'],
      ['blocked', 'breaker open'],
      ['suspect', 'breaker half open'],
      ['member', 'serves'],
    ],
    load: 'failed calls; at a server, waiting ones',
  },
  distributor: {
    roles: [
      ['member', 'gives out tasks'],
      ['blocked', 'breaker open, tasks wait'],
      ['idle', 'nothing to do'],
    ],
    load: 'tasks that wait',
  },
  worker: {
    roles: [
      ['spreading', 'works'],
      ['idle', 'nothing to do'],
    ],
    load: 'how full its queue is',
  },
  cluster: {
    roles: [
      ['spreading', 'works on a job'],
      ['blocked', 'scheduler, with a queue'],
      ['idle', 'nothing to do'],
    ],
    load: 'has a job; of the scheduler, jobs that wait',
  },
  allocator: {
    roles: [
      ['client', 'owns the resources'],
      ['spreading', 'holds a share'],
      ['blocked', 'waits for a share'],
      ['idle', 'wants nothing'],
    ],
    load: 'dominant share; at the owner, the fullest resource',
  },
  aimd: {
    roles: [
      ['member', 'the narrow passage'],
      ['blocked', 'its queue is long'],
      ['spreading', 'sends'],
    ],
    load: 'rate, of what passes; at the passage, its queue',
  },
  stealing: {
    roles: [
      ['spreading', 'works'],
      ['idle', 'looks for work'],
    ],
    load: 'steps ready here',
    hasItems: true,
  },
  dataflow: {
    roles: [
      ['spreading', 'works'],
      ['idle', 'waits for results'],
    ],
    load: 'tasks ready here',
    hasItems: true,
  },
  list: {
    roles: [
      ['leader', 'has the list'],
      ['spreading', 'works'],
      ['idle', 'nothing to do'],
    ],
    load: 'jobs here',
    hasItems: true,
  },
  pipeline: {
    roles: [
      ['spreading', 'works'],
      ['blocked', 'out of credits'],
      ['idle', 'nothing to do'],
    ],
    load: 'items here, of the credits',
    hasItems: true,
  },
})
