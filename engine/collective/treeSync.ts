import type { AgentView, BootContext, Effects, Input, Program, Surroundings } from '../agents/Program.ts'
import { f64, i32, record, u32, union } from '../kernel/codec.ts'
import type { Layout } from '../kernel/codec.ts'
import { NONE } from '../kernel/units.ts'
import type { AgentId, U32 } from '../kernel/units.ts'

/**
 * Orders down a tree, reports up: the root learns when its whole tree follows the leader. Without faults one epoch
 * takes
 * exactly n − 1 orders and n − 1 reports. Parents beat; a child that misses them knows that it is cut off, and when the
 * routing layer gives it a new parent it attaches there and catches up.
 */
export type TreeMsg =
  | { type: 'order'; term: U32; seq: U32; leader: AgentId }
  /** Of the sender's whole subtree: agents that follow, the sum of their ids, and what it cost. */
  | { type: 'report'; term: U32; seq: U32; count: U32; sum: number; orders: U32; reports: U32 }
  /** Parent to child: its epoch, and how many agents it has heard of below this child. */
  | { type: 'beat'; term: U32; seq: U32; have: U32 }
  /** Child to a new parent, or to one whose orders it missed: what it has; the answer is an order. */
  | { type: 'attach'; term: U32; seq: U32 }
  /** From the raft program of the same agent. */
  | { type: 'led'; leader: AgentId; term: U32 }

export interface TreeParams {
  /** Between a parent's beats, µs; well above the latency of a link. */
  readonly heartbeatUs: number
  /** Beats in a row that a child misses before it takes its parent for dead. */
  readonly missedMax: number
  /** Between the orders of a root that nobody instructs, µs; 0 = it gives one and no more. */
  readonly orderEveryUs: number
}
export const TREE_DEFAULTS: TreeParams = { heartbeatUs: 200_000, missedMax: 3, orderEveryUs: 0 }

interface Report {
  readonly count: U32
  readonly sum: number
  readonly orders: U32
  readonly reports: U32
}

export interface Tree {
  readonly self: AgentId
  readonly params: TreeParams
  parent: AgentId
  children: AgentId[]
  /** Roots of other trees that took this one as their source, having no raft of their own. */
  listeners: AgentId[]
  /** The epoch: (term, seq), later ones win. (0, 0): none yet. */
  term: U32
  seq: U32
  leader: AgentId
  /** This agent runs raft too, which tells who leads. */
  hasSource: boolean
  /** Power came back: the parent's order may be long gone, so it is asked for. */
  readonly restarted: boolean
  orderedUs: number
  ordersSent: U32
  reportsSent: U32
  /** Latest report of this epoch, in the places of `children`. */
  reports: (Report | null)[]
  reported: Report | null
  heardUs: number
  orphan: boolean
  /** A beat that disagrees is believed at its second time: the first may have overtaken what it asks for. */
  doubts: U32
}

const agent = i32 as Layout<number> as Layout<AgentId>
const messages = union<TreeMsg>({
  order: record({ term: u32, seq: u32, leader: agent }),
  report: record({ term: u32, seq: u32, count: u32, sum: f64, orders: u32, reports: u32 }),
  beat: record({ term: u32, seq: u32, have: u32 }),
  attach: record({ term: u32, seq: u32 }),
  led: record({ leader: agent, term: u32 }),
})
/** Indices into ROLES of frame/. */
const MEMBER_ROLE = 6
const LEADER_ROLE = 3
type Out = Effects<TreeMsg>
type Of<K extends TreeMsg['type']> = Extract<TreeMsg, { type: K }>

export const treeSync: Program<Tree, TreeMsg, Partial<TreeParams>> = {
  kind: 'tree-sync',
  messages,
  messageKinds: ['order', 'report', 'beat', 'attach', 'led'],
  kindOf: (msg) => msg.type,
  boot,
  step,
  view,
}

function boot(self: AgentId, _durable: unknown, ctx: BootContext<Partial<TreeParams>>): Tree {
  const { parent, children } = ctx.surroundings
  return {
    ...{ self, params: { ...TREE_DEFAULTS, ...ctx.params }, parent, children: [...children], listeners: [] },
    ...{
      term: 0,
      seq: 0,
      leader: NONE,
      hasSource: false,
      restarted: ctx.incarnation > 0,
      orderedUs: 0,
      ordersSent: 0,
      reportsSent: 0,
    },
    ...{ reports: children.map(() => null), reported: null, heardUs: 0, orphan: false, doubts: 0 },
  }
}

function step(tree: Tree, input: Input<TreeMsg>, out: Out): void {
  switch (input.type) {
    case 'start':
      tree.heardUs = out.localUs
      if (tree.parent === NONE)
        adopt(tree, 0, 1, tree.self, out) // follow me, until a leader is known
      else if (tree.restarted) out.send(tree.parent, { type: 'attach', term: 0, seq: 0 })
      return out.setTimer('beat', tree.params.heartbeatUs)
    case 'timer':
      if (input.name === 'beat') return onBeatTimer(tree, out)
      if (commands(tree)) adopt(tree, tree.term, tree.seq + 1, tree.self, out)
      return
    case 'clientOp':
      if (tree.parent === NONE) adopt(tree, tree.term, tree.seq + 1, tree.leader, out)
      return
    case 'discovery':
      return onDiscovery(tree, input.surroundings, out)
    case 'message':
      return onMessage(tree, input.from, input.msg, out)
    case 'diskDone':
      return // nothing here is durable: a restarted agent asks its parent
  }
}

/** A root that nobody instructs gives the orders itself. */
const commands = (tree: Tree): boolean => tree.parent === NONE && !tree.hasSource && tree.leader === tree.self

/** What a child last reported of this epoch. */
const reportOf = (tree: Tree, child: AgentId): Report | null => tree.reports[tree.children.indexOf(child)] ?? null

const isLater = (tree: Tree, term: U32, seq: U32): boolean => (term !== tree.term ? term > tree.term : seq > tree.seq)
const isNow = (tree: Tree, term: U32, seq: U32): boolean => term === tree.term && seq === tree.seq

function onMessage(tree: Tree, from: AgentId, msg: TreeMsg, out: Out): void {
  switch (msg.type) {
    case 'led':
      tree.hasSource = true
      if (isLater(tree, msg.term, 0) && msg.term > tree.term) adopt(tree, msg.term, 0, msg.leader, out)
      return
    case 'order':
      if (from === tree.parent) heard(tree, out)
      if (isLater(tree, msg.term, msg.seq)) adopt(tree, msg.term, msg.seq, msg.leader, out)
      else if (from === tree.parent && isNow(tree, msg.term, msg.seq)) reportUp(tree, out, true)
      return
    case 'report':
      if (!isNow(tree, msg.term, msg.seq) || !tree.children.includes(from)) return
      tree.reports[tree.children.indexOf(from)] = {
        count: msg.count,
        sum: msg.sum,
        orders: msg.orders,
        reports: msg.reports,
      }
      return reportUp(tree, out, false)
    case 'beat':
      return onBeat(tree, from, msg, out)
    case 'attach':
      return onAttach(tree, from, msg, out)
  }
}

/** A later epoch: pass it down first, then report what needs no waiting for. */
function adopt(tree: Tree, term: U32, seq: U32, leader: AgentId, out: Out): void {
  Object.assign(tree, { term, seq, leader, orderedUs: out.localUs, ordersSent: 0, reportsSent: 0 })
  tree.reports = tree.children.map(() => null)
  tree.reported = null
  tree.doubts = 0
  const order: TreeMsg = { type: 'order', term, seq, leader }
  for (const child of tree.children) {
    tree.ordersSent++
    out.send(child, order)
  }
  for (const listener of tree.listeners) out.send(listener, order)
  if (tree.params.orderEveryUs > 0 && commands(tree)) out.setTimer('order', tree.params.orderEveryUs)
  reportUp(tree, out, false)
}

/** Once every child has reported, and again when that changes. At a root: the tree is synchronised. */
function reportUp(tree: Tree, out: Out, again: boolean): void {
  let { ordersSent: orders, reportsSent: reports } = tree
  let count = 1
  let sum: number = tree.self
  for (const report of tree.reports) {
    if (!report) return
    count += report.count
    sum += report.sum
    orders += report.orders
    reports += report.reports
  }
  const known = tree.reported
  if (!again && known && known.count === count && known.sum === sum) return
  tree.reported = { count, sum, orders, reports }
  const { term, seq, leader } = tree
  if (tree.parent === NONE) {
    const tookUs = out.localUs - tree.orderedUs
    return out.mark({ kind: 'synced', term, seq, leader, count, sum, orders, reports, tookUs })
  }
  tree.reportsSent++
  out.send(tree.parent, { type: 'report', term, seq, count, sum, orders, reports: reports + 1 })
}

function onBeatTimer(tree: Tree, out: Out): void {
  const { term, seq } = tree
  tree.children.forEach((child, i) => out.send(child, { type: 'beat', term, seq, have: tree.reports[i]?.count ?? 0 }))
  const silentUs = out.localUs - tree.heardUs
  if (tree.parent !== NONE && !tree.orphan && silentUs > (tree.params.missedMax + 0.5) * tree.params.heartbeatUs) {
    tree.orphan = true
    out.mark({ kind: 'orphaned', parent: tree.parent, silentUs })
  }
  out.setTimer('beat', tree.params.heartbeatUs)
}

function heard(tree: Tree, out: Out): void {
  tree.heardUs = out.localUs
  tree.orphan = false
}

/** Repairs what was lost on the way: a missed order is asked for, a missed report is sent again. */
function onBeat(tree: Tree, from: AgentId, msg: Of<'beat'>, out: Out): void {
  if (from !== tree.parent) return
  heard(tree, out)
  const missedOrder = isLater(tree, msg.term, msg.seq)
  const missedReport = isNow(tree, msg.term, msg.seq) && tree.reported !== null && tree.reported.count !== msg.have
  if (!missedOrder && !missedReport) tree.doubts = 0
  else if (++tree.doubts >= 2) {
    tree.doubts = 0
    if (missedOrder) out.send(from, { type: 'attach', term: tree.term, seq: tree.seq })
    else reportUp(tree, out, true)
  }
}

function onAttach(tree: Tree, from: AgentId, msg: Of<'attach'>, out: Out): void {
  const child = tree.children.includes(from)
  if (!child && from !== tree.parent && !tree.listeners.includes(from)) tree.listeners.push(from)
  const behind = tree.term !== msg.term ? tree.term > msg.term : tree.seq > msg.seq
  const lostReport = child && isNow(tree, msg.term, msg.seq) && reportOf(tree, from) === null
  if (tree.leader === NONE || !(behind || lostReport)) return
  if (child) tree.ordersSent++
  out.send(from, { type: 'order', term: tree.term, seq: tree.seq, leader: tree.leader })
}

/** The routing was repaired: drop the children that went elsewhere, attach to a new parent, or head the tree. */
function onDiscovery(tree: Tree, surroundings: Surroundings, out: Out): void {
  const { parent, children, neighbours } = surroundings
  const known = tree.children
  const moved = parent !== tree.parent
  tree.parent = parent
  tree.reports = children.map((child) => reportOf(tree, child))
  tree.children = [...children]
  tree.listeners = tree.listeners.filter((id) => !children.includes(id))
  if (tree.leader !== NONE)
    for (const child of children) {
      if (known.includes(child)) continue
      tree.ordersSent++
      out.send(child, { type: 'order', term: tree.term, seq: tree.seq, leader: tree.leader })
    }
  if (moved) {
    heard(tree, out)
    tree.reported = null
    out.mark({ kind: 'attached', parent })
    const sources = parent === NONE ? neighbours.filter((id) => !children.includes(id)) : [parent]
    for (const source of sources) out.send(source, { type: 'attach', term: tree.term, seq: tree.seq })
    if (parent === NONE && sources.length === 0) return adopt(tree, tree.term, tree.seq + 1, tree.self, out)
  }
  if (tree.leader !== NONE) reportUp(tree, out, false)
}

/** Where raft runs on the same agent, raft says whom it follows. */
function view(tree: Tree, view: AgentView): void {
  if (tree.hasSource) return
  if (view.role === 0) view.role = commands(tree) ? LEADER_ROLE : MEMBER_ROLE
  // Where no term comes from elsewhere the epochs of the root count.
  view.term = tree.term > 0 ? tree.term : tree.seq
  view.follows = tree.leader === NONE ? -1 : tree.leader
}
