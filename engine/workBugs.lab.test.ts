import { describe, expect, it } from 'vitest'
import type { Effects, Input, MarkBody, Program } from './agents/Program.ts'
import type { CheckStatus } from './checks/Checks.ts'
import { checkContext } from './checkContext.ts'
import { micros, type AgentId } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { Observer } from './Observer.ts'
import './programs.ts'
import { aimd } from './resources/aimd.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import { assignmentAuction } from './tasks/auctions/assignmentAuction.ts'
import { sealedBid } from './tasks/auctions/sealedBid.ts'
import { dataflow } from './tasks/scheduling/dataflow.ts'

const UNTIL_US = 8_000_000

interface Options {
  readonly params?: object
  readonly faults?: readonly Command[]
  readonly agents?: number
}

function scenarioOf(kind: string, { params = {}, faults = [], agents = 8 }: Options): Scenario {
  const workload = { arrivals: 'closed', thinkUs: 50_000, dag: 'random', width: 6, depth: 4, meanUs: 10_000 }
  const parsed = parseScenario({
    ...{ name: 'mistakes', title: 'Mistakes', seed: 3, untilUs: UNTIL_US, faults, swarm: { agents } },
    network: { latency: { kind: 'uniform', minUs: 500, maxUs: 3_000 }, duplicate: 0.1 },
    ...(kind === 'dataflow' ? { tasks: { workload } } : {}),
    programs: [{ kind, params }],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

/** What a run with another program in place of the right one violates. */
function violated(program: Program, options: Options = {}): string[] {
  return statusOf(program, options).flatMap(({ name, ok }) => (ok ? [] : [name]))
}

function statusOf(program: Program, options: Options): readonly CheckStatus[] {
  const scenario = scenarioOf(program.kind, options)
  const run = new LocalRun(scenario, { programs: [program] })
  const observer = new Observer(scenario.checks, checkContext(scenario, scenario.faults))
  run.runTo(micros(UNTIL_US))
  observer.take(run.takeMarks(), run.clock)
  return observer.status()
}

type Step = (state: any, input: Input<any>, out: Effects<any>) => void
const stepping = <P extends Program>(program: P, step: Step): P => ({ ...program, step })

/** Effects whose every mark goes through `change`, or whose every message. */
const marking = (out: Effects<any>, change: (body: MarkBody) => MarkBody): Effects<any> =>
  Object.create(out, { mark: { value: (body: MarkBody) => out.mark(change(body)) } }) as Effects<any>
const sending = (out: Effects<any>, change: (msg: any) => any): Effects<any> =>
  Object.create(out, { send: { value: (to: AgentId, msg: any) => out.send(to, change(msg)) } }) as Effects<any>

const isA = (input: Input<any>, type: string): boolean => input.type === 'message' && input.msg.type === type
const crash: Command = { at: 2_000_000, op: 'crash', agent: 1, forUs: 700_000 }

describe('right programs', () => {
  it.each([assignmentAuction, sealedBid, dataflow, aimd])(
    'violate nothing, and a crash is no excuse: $kind',
    (program) => {
      const params = {
        ...(program.kind === 'sealed-bid' ? { pauseUs: 5_000, reportEvery: 1 } : {}),
        ...(program.kind === 'dataflow' ? { patienceUs: 500_000 } : {}),
      }
      expect(violated(program, { params })).toEqual([])
      expect(violated(program, { params, faults: [crash] })).toEqual([])
    },
  )
})

describe('mistakes in an auction are caught by their checks', () => {
  it('an object that forgets its price from bid to bid: prices-rise', () => {
    const cheap = stepping(assignmentAuction, (state, input, out) => {
      if (isA(input, 'bid') && state.lot?.place === 1) state.lot.price = 0
      assignmentAuction.step(state, input, out)
    })
    expect(violated(cheap)).toContain('prices-rise')
  })

  it('persons that bid all that an object is worth: within-epsilon', () => {
    expect(violated(assignmentAuction, { params: { bidding: 'everything' } })).toEqual(['within-epsilon'])
  })

  it('a person that does not look for the second best: within-epsilon', () => {
    const eager = stepping(assignmentAuction, (state, input, out) => {
      const more = (msg: any): any => (msg.type === 'bid' && state.bidder ? { ...msg, amount: msg.amount + 5 } : msg)
      assignmentAuction.step(state, input, sending(out, more))
    })
    expect(violated(eager)).toEqual(['within-epsilon'])
  })

  it('a person that keeps what it has and bids for more: one-object-each', () => {
    const greedy = stepping(assignmentAuction, (state, input, out) => {
      const kept = (msg: any): any => (msg.type === 'release' ? { ...msg, type: 'keep' } : msg)
      assignmentAuction.step(state, input, sending(out, kept))
      const { self, objects, round, phase } = state
      if (self !== 0 || input.type === 'message') return
      for (const object of objects.slice(0, 2))
        if (input.type === 'start') out.send(object, { type: 'bid', round, phase, amount: 1_000_000 })
        else out.send(object, { type: 'keep', round, phase, version: 1 })
      out.setTimer('hoard', 50_000)
    })
    expect(violated(greedy, { params: { epsilonFirst: 0 } })).toContain('one-object-each')
  })
})

describe('mistakes at a sale by sealed bids are caught by their checks', () => {
  const params = { pauseUs: 5_000, reportEvery: 1 }

  it('a seller that takes the first bid for the best: highest-bid-wins', () => {
    const hasty = stepping(sealedBid, (state, input, out) => {
      if (isA(input, 'bid') && state.open && input.type === 'message' && state.bids.includes(1))
        return sealedBid.step(state, { ...input, msg: { ...input.msg, amount: 0 } }, out)
      if (isA(input, 'bid') && input.type === 'message')
        return sealedBid.step(state, { ...input, msg: { ...input.msg, amount: 1 } }, out)
      sealedBid.step(state, input, out)
    })
    expect(violated(hasty, { params })).toContain('highest-bid-wins')
  })

  it('a seller that lets the winner pay its own bid under the second price: price-as-ruled', () => {
    const own = (body: MarkBody): MarkBody =>
      body.kind === 'revenue' ? { ...body, price: Math.max(...(body['bids'] as number[])) } : body
    const dear = stepping(sealedBid, (state, input, out) => sealedBid.step(state, input, marking(out, own)))
    expect(violated(dear, { params })).toEqual(['price-as-ruled'])
  })

  it('a bidder that takes every sale for its own: price-as-ruled', () => {
    const proud = stepping(sealedBid, (state, input, out) =>
      sealedBid.step(
        state,
        input.type === 'message' && input.msg.type === 'result' ? { ...input, msg: { ...input.msg, won: 1 } } : input,
        out,
      ),
    )
    expect(violated(proud, { params })).toEqual(['price-as-ruled'])
  })
})

describe('mistakes in a graph of tasks are caught by their checks', () => {
  it('a step that begins with the first of its inputs: inputs-first', () => {
    const hasty = stepping(dataflow, (state, input, out) => {
      for (const own of state.own) if (own.missing > 1) own.missing = 1
      dataflow.step(state, input, out)
    })
    expect(violated(hasty)).toContain('inputs-first')
  })

  it('a result that counts again when it comes again: every-step-once', () => {
    const forgetful = stepping(dataflow, (state, input, out) => {
      if (isA(input, 'begin') && input.type === 'message' && input.msg.graph === state.graph) state.begun = false
      dataflow.step(state, input, out)
    })
    expect(violated(forgetful)).toEqual(['every-step-once'])
  })
})

describe('mistakes at a bottleneck are caught by their checks', () => {
  it('a flow that is cut by every copy of a signal: rates-by-rule', () => {
    const timid = stepping(aimd, (state, input, out) => {
      if (isA(input, 'signal')) state.flow.event = 0
      aimd.step(state, input, out)
    })
    expect(violated(timid)).toEqual(['rates-by-rule'])
  })

  it('a flow that grows twice a round: rates-by-rule', () => {
    const pushy = stepping(aimd, (state, input, out) => {
      if (input.type === 'timer' && input.name === 'round') aimd.step(state, input, out)
      aimd.step(state, input, out)
    })
    expect(violated(pushy)).toEqual(['rates-by-rule'])
  })

  it('a flow that gives way by a third only: rates-by-rule', () => {
    const stubborn = stepping(aimd, (state, input, out) => {
      const before = state.flow?.rate
      aimd.step(
        state,
        input,
        marking(out, (body) => (body.kind === 'cut' ? { ...body, to: (before * 2) / 3 } : body)),
      )
    })
    expect(violated(stubborn)).toEqual(['rates-by-rule'])
  })

  it('a bottleneck whose bucket drips twice as fast as is said: within-bucket', () => {
    const leaky = stepping(aimd, (state, input, out) => {
      if (state.bottleneck) state.bottleneck.bucket.level += 50_000_000
      aimd.step(state, input, out)
    })
    expect(violated(leaky, { params: { signalAt: 30, rates: [200] } })).toContain('within-bucket')
  })
})
