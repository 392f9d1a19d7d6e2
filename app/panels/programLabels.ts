/**
 * What parameters of programs are called. `program.name` goes before `name`; what is in neither is made from the name,
 * so that a new parameter has a label at once.
 */
const LABELS: { readonly [name: string]: string } = {
  // raft and its clients
  preVote: 'Ask before standing (pre-vote)',
  checkQuorum: 'A leader without a majority steps down',
  batchMax: 'Entries a message, at most',
  'raft.queueMax': 'Requests waiting, at most',
  announce: 'The leader tells the whole swarm',
  opsPerSecond: 'Operations a second (none: one after the other)',
  thinkUs: 'Time between operations',
  readFraction: 'Share of reads',
  casFraction: 'Share of compare-and-set',
  clientsPerAgent: 'Clients an agent',
  sessions: 'Sessions (a repeated request acts once)',
  // trees
  missedMax: 'Heartbeats missed before it counts as dead',
  orderEveryUs: 'An order every',
  // membership
  'swim.periodUs': 'A probe every',
  ackTimeoutUs: 'Waits for an answer',
  proxies: 'Others asked to try',
  targets: 'Whom to probe next',
  suspicionPeriods: 'Probes before a suspect counts as dead',
  lambda: 'How often news is repeated (λ)',
  newsMax: 'News a message, at most',
  reconnectEvery: 'Asks a lost one again every … probes',
  verbose: 'Every agent reports what it believes',
  'phi.heartbeats': 'Heartbeats come',
  'phi.model': 'Expects them to be',
  'phi.threshold': 'Suspects from φ =',
  windowMax: 'Heartbeats remembered, at most',
  warmUp: 'Heartbeats before it judges',
  deviationMinUs: 'Least deviation assumed',
  watchMax: 'Agents watched, at most',
  // gossip and errands
  'gossip.mode': 'Who passes it on',
  'gossip.interest': 'Loses interest',
  'gossip.stop': 'How it decides to stop',
  'gossip.k': 'Patience (k; 0: never stops)',
  'gossip.reset': 'A useful call restores patience',
  roundUs: 'A round every',
  aligned: 'All agents call at the same moment',
  judgedAt: 'Judged at',
  'gossip.peers': 'Calls any of its',
  antiEntropyEvery: 'Compares all it knows every … rounds',
  firstAtUs: 'Begins at',
  everyUs: 'Again every',
  'errand.times': 'How often (0: without end)',
  aggregate: 'Reports are added up on the way',
  // surveys
  origins: 'Agents that start a flood',
  floodEveryUs: 'A flood every',
  settleUs: 'Waits for the last answers',
  neighbourhoods: 'Asks whether neighbours know each other',
  'survey.rounds': 'Rounds of averaging',
  gain: 'Weight of a neighbour (0: by the degree)',
  'survey.pauseUs': 'Rests between steps',
  // calls and pipelines
  'rpc.servers': 'Servers',
  callsPerSecond: 'Calls a second of each caller',
  'rpc.failure': 'Calls that fail',
  'rpc.timeoutUs': 'Gives up a call after',
  'rpc.queueMax': 'Calls waiting, at most',
  'rpc.window': 'Calls the breaker looks back on',
  'rpc.threshold': 'Breaker opens from this share of failures',
  openUs: 'Breaker stays open for',
  trials: 'Calls tried before it closes',
  'pipeline.credits': 'Items on the way, at most',
  'pipeline.timeoutUs': 'An item counts as lost after',
  serviceUs: 'Service time',
  service: 'Service time is',
  reportEvery: 'Reports every … items',
  'phi.reportEvery': 'Reports every … heartbeats',
}

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/ us$/, ''],
  [/ max$/, ', at most'],
  [/ min$/, ', at least'],
  [/ per /, ' a '],
]

/** `missedMax` → "Heartbeats missed…"; one that is not listed: `hopsMax` → "Hops, at most". */
export function labelOf(program: string, name: string): string {
  const fixed = LABELS[`${program}.${name}`] ?? LABELS[name]
  if (fixed !== undefined) return fixed
  let words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  for (const [from, to] of ENDINGS) words = words.replace(from, to)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const TITLES: { readonly [kind: string]: string } = {
  swim: 'Membership (SWIM)',
  phi: 'Failure detector (φ)',
  rpc: 'Calls',
}

/** `tree-sync` → "Tree sync". */
export function programTitle(kind: string): string {
  const words = TITLES[kind] ?? kind.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
