import type { Scenario } from '../../engine/scenario/Scenario.ts'

/** The roles that a program shows, and what each means there: for the legend and for labels. */
const ROLES_OF: { readonly [program: string]: readonly (readonly [role: string, word: string])[] } = {
  raft: [
    ['leader', 'leader'],
    ['follower', 'follower'],
    ['candidate', 'candidate'],
  ],
  'ring-election': [
    ['leader', 'leader'],
    ['candidate', 'candidate'],
  ],
  'tree-sync': [
    ['leader', 'heads a tree'],
    ['member', 'follows orders'],
  ],
  gossip: [
    ['spreading', 'spreads the news'],
    ['informed', 'knows, keeps still'],
    ['idle', 'has not heard'],
  ],
  errand: [
    ['spreading', 'at work'],
    ['informed', 'has done its share'],
    ['idle', 'not reached'],
  ],
  survey: [
    ['spreading', 'passes it on'],
    ['informed', 'has passed it on'],
    ['member', 'not reached'],
  ],
  swim: [
    ['suspect', 'suspects somebody'],
    ['spreading', 'passes news on'],
    ['member', 'all is well'],
  ],
  phi: [
    ['suspect', 'suspects somebody'],
    ['member', 'all is well'],
  ],
  auction: [
    ['candidate', 'bids'],
    ['member', 'has an object'],
    ['informed', 'sold'],
    ['idle', 'not sold'],
  ],
  'sealed-bid': [
    ['leader', 'sells'],
    ['candidate', 'has bid'],
    ['informed', 'won'],
    ['idle', 'did not win'],
  ],
  rpc: [
    ['client', 'calls'],
    ['blocked', 'breaker open'],
    ['suspect', 'breaker half open'],
    ['member', 'serves'],
  ],
  distributor: [
    ['member', 'gives out tasks'],
    ['blocked', 'breaker open, tasks wait'],
    ['idle', 'nothing to give out'],
  ],
  worker: [
    ['spreading', 'works'],
    ['idle', 'nothing to do'],
  ],
  cluster: [
    ['spreading', 'works on a job'],
    ['blocked', 'scheduler, with a queue'],
    ['idle', 'nothing to do'],
  ],
  allocator: [
    ['member', 'owns the resources'],
    ['spreading', 'holds a share'],
    ['blocked', 'waits for a share'],
    ['idle', 'wants nothing'],
  ],
  aimd: [
    ['member', 'the narrow passage'],
    ['blocked', 'its queue is long'],
    ['spreading', 'sends'],
  ],
  stealing: [
    ['spreading', 'works'],
    ['idle', 'looks for work'],
  ],
  dataflow: [
    ['spreading', 'works'],
    ['idle', 'waits for results'],
  ],
  list: [
    ['leader', 'has the list'],
    ['spreading', 'works'],
    ['idle', 'nothing to do'],
  ],
  pipeline: [
    ['spreading', 'works'],
    ['blocked', 'out of credits'],
    ['idle', 'nothing to do'],
  ],
}

/** Of several programs each role once, in the words of the first that shows it. */
export function roleWords(programs: readonly string[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  for (const program of programs)
    for (const [role, word] of ROLES_OF[program] ?? []) if (!words.has(role)) words.set(role, word)
  return words
}

/** What an agent's load stands for, where it stands for something of its own. */
const LOAD_OF: { readonly [program: string]: string } = {
  auction: 'price; of a person, what it gains',
  client: 'operations under way',
  gossip: 'how eager to pass the news on',
  phi: 'suspicion, of its threshold',
  distributor: 'tasks that wait',
  worker: 'how full its queue is',
  cluster: 'has a job; of the scheduler, jobs that wait',
  aimd: 'rate, of what passes; at the passage, its queue',
  allocator: 'dominant share; at the owner, the fullest resource',
  pipeline: 'items here, of the credits',
  rpc: 'failed calls; at a server, waiting ones',
  'sealed-bid': 'bid; of the seller, the latest price',
  survey: 'the number being averaged',
  stealing: 'steps ready here',
  list: 'jobs here',
  dataflow: 'tasks ready here',
  swim: 'news still to pass on',
}

/** What the third axis means in a run of these programs, for the legend; empty where it means nothing. */
export function heightWords(height: Scenario['height'], programs: readonly string[]): string {
  if (height === 'none') return ''
  if (height === 'level') return 'height: level in the hierarchy'
  if (height === 'log') return `height: ${programs.some((kind) => WITH_ITEMS.has(kind)) ? ITEMS : LOG}`
  const own = programs.find((program) => program in LOAD_OF)
  return `height: ${own === undefined ? 'load of the agent' : LOAD_OF[own]}`
}
const LOG = 'log index, solid = committed'
const ITEMS = 'items here, solid = in work'
/** Programs whose columns are what waits at them, not a log. */
const WITH_ITEMS = new Set(['pipeline', 'stealing', 'list', 'dataflow'])
