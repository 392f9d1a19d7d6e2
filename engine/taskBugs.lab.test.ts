import { describe, expect, it } from 'vitest'
import type { Effects, MarkBody, Program } from './agents/Program.ts'
import { checkContext } from './checkContext.ts'
import { micros } from './kernel/units.ts'
import { LocalRun } from './LocalRun.ts'
import { Observer } from './Observer.ts'
import './programs.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Command, Scenario } from './scenario/Scenario.ts'
import type { DistributorDisk } from './tasks/distributor/distributorDisk.ts'
import type { TaskMsg } from './tasks/messages.ts'
import { distributor } from './tasks/distributor/TaskDistributor.ts'
import { worker } from './tasks/worker/worker.ts'

const UNTIL_US = 10_000_000
const DISTRIBUTOR = { leaseUs: 300_000, openUs: 100_000, retriesMax: 3, retryUs: 5_000, creditsPerWorker: 4, trials: 1 }

const crash = (agent: number, at: number): Command => ({ at, op: 'crash', agent, forUs: 300_000 })

function scenarioOf(
  faults: readonly Command[],
  more: { distributor?: object; worker?: object; workload?: object } = {},
): Scenario {
  const parsed = parseScenario({
    ...{ name: 'mistakes', title: 'Mistakes', seed: 3, untilUs: UNTIL_US, faults, swarm: { agents: 5 } },
    network: { latency: { kind: 'uniform', minUs: 500, maxUs: 3_000 }, duplicate: 0.1 },
    tasks: {
      workload: { perSecond: 150, meanUs: 20_000, count: 300, kinds: 2, prediction: 'exact', ...more.workload },
    },
    programs: [
      { kind: 'distributor', on: { first: 1 }, params: { ...DISTRIBUTOR, ...more.distributor } },
      { kind: 'worker', on: { last: 4 }, params: { queueMax: 8, ...more.worker } },
    ],
  })
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

/** What a run with other programs in place of the right ones violates. */
function violated(scenario: Scenario, ...programs: readonly Program[]): string[] {
  const run = new LocalRun(scenario, { programs })
  const observer = new Observer(scenario.checks, checkContext(scenario, scenario.faults))
  run.runTo(micros(scenario.untilUs))
  observer.take(run.takeMarks(), run.clock)
  return observer.status().flatMap(({ name, ok }) => (ok ? [] : [name]))
}

/** The program, whose every mark goes through `change`; null is not told. */
const telling = <P extends Program>(program: P, change: (body: MarkBody, state: any) => MarkBody | null): P => ({
  ...program,
  step(state, input, out) {
    const mark = (body: MarkBody): void => {
      const changed = change(body, state)
      if (changed !== null) out.mark(changed)
    }
    program.step(state, input, Object.create(out, { mark: { value: mark } }) as Effects<TaskMsg>)
  },
})

const forgetful: typeof distributor = {
  ...distributor,
  disk: { ...distributor.disk!, write: (_disk: DistributorDisk) => undefined },
}

const twice = telling(distributor, (body) => (body.kind === 'again' ? { ...body, kind: 'done', tookUs: 0 } : body))

/** It can do one kind of task, and takes both. */
const boastful: typeof worker = {
  ...worker,
  step(state, input, out) {
    if (input.type === 'start') out.mark({ kind: 'able', kinds: [0], slots: 1 })
    worker.step(state, input, out)
  },
}

/** Whatever its parameters say, the task that is thought shortest goes first. */
const unfair: typeof worker = {
  ...worker,
  boot: (self, disk, ctx) =>
    worker.boot(self, disk, { ...ctx, params: { ...ctx.params, discipline: 'shortest-predicted' } }),
}

/** Once it is idle it begins nothing before it is asked again. */
const lazy: typeof worker = {
  ...worker,
  step(state, input, out) {
    if (input.type === 'timer' && input.name.startsWith('work') && out.localUs > 1_000_000) return
    worker.step(state, input, out)
  },
}

/** What tasks take is nothing to it. */
const thin: typeof worker = {
  ...worker,
  step(state, input, out) {
    const { type } = input
    if (type !== 'message' || input.msg.type !== 'assign') return worker.step(state, input, out)
    const msg = { ...input.msg, task: { ...input.msg.task, demand: 1 } }
    worker.step(state, { ...input, msg }, out)
  },
}

/** However many slots it says it has, one is in use. */
const single: typeof worker = {
  ...worker,
  boot: (self, disk, ctx) => worker.boot(self, disk, { ...ctx, params: { ...ctx.params, slots: 1 } }),
}

/** It forgets what it holds and says all the same that it has it. */
const liar: typeof worker = {
  ...worker,
  step(state, input, out) {
    if (input.type === 'message' && input.msg.type === 'assign' && input.msg.task.id === 100)
      return out.setTimer('lie', 50_000)
    if (input.type !== 'timer' || input.name !== 'lie') return worker.step(state, input, out)
    out.sendTo('distributor', 0 as never, { type: 'renew', held: [100], done: [] })
    out.setTimer('lie', 50_000)
  },
}

describe('right programs', () => {
  it('violate nothing under the same faults', () => {
    expect(violated(scenarioOf([crash(2, 500_000)]))).toEqual([])
    expect(violated(scenarioOf([crash(0, 500_000), crash(3, 900_000)]))).toEqual([])
    expect(violated(scenarioOf([], { worker: { kinds: 'half' } }))).toEqual([])
    expect(violated(scenarioOf([{ at: 500_000, op: 'pause', agent: 2, forUs: 600_000 }]))).toEqual([])
  })
})

/** What is never answered keeps the counts where they are, too. */
const STUCK = ['tasks-answered', 'counts-progress']

describe('every mistake is caught by its check', () => {
  it('a worker that crashes forgets its queue, and without leases nobody notices: tasks-answered', () => {
    expect(violated(scenarioOf([crash(2, 500_000)], { distributor: { leaseUs: 0 } }))).toEqual(STUCK)
  })

  it('a worker that says it has what it has lost: tasks-answered', () => {
    expect(violated(scenarioOf([]), liar)).toEqual(STUCK)
  })

  it('a distributor that does not write down what it has told: task-conservation', () => {
    expect(violated(scenarioOf([crash(0, 500_000)]), forgetful)).toContain('task-conservation')
    expect(violated(scenarioOf([]), forgetful)).toEqual([])
  })

  it('a distributor that is told not to: task-conservation', () => {
    expect(violated(scenarioOf([crash(0, 500_000)], { distributor: { durable: false } }))).toContain(
      'task-conservation',
    )
  })

  it('a second completion that counts as one more: task-conservation', () => {
    // A pause longer than the lease: the work is done elsewhere, and once more when the worker goes on.
    const pause: Command = { at: 500_000, op: 'pause', agent: 2, forUs: 600_000 }
    expect(violated(scenarioOf([pause]), twice)).toEqual(['task-conservation'])
  })

  it('a distributor whose counts do not add up: task-conservation', () => {
    const skimming = telling(distributor, (body) =>
      body.kind === 'report' ? { ...body, done: (body['done'] as number) - 1 } : body,
    )
    expect(violated(scenarioOf([], { distributor: { verbose: false } }), skimming)).toEqual(['task-conservation'])
  })

  it('a worker that starts what it cannot do: capability', () => {
    expect(violated(scenarioOf([]), boastful)).toEqual(['capability'])
  })

  it('a queue in which short tasks pass all others: starvation-bound', () => {
    expect(violated(scenarioOf([]), unfair)).toEqual(['starvation-bound'])
  })

  it('a worker that does not tell when it goes on: no-idle-hoarding', () => {
    const silent = telling(worker, (body) => (body.kind === 'started' ? null : body))
    expect(violated(scenarioOf([]), silent)).toContain('no-idle-hoarding')
  })

  it('a worker that takes every task for one of a single slot: within-slots', () => {
    const scenario = scenarioOf([], { worker: { slots: 2 }, workload: { demands: 2 } })
    expect(violated(scenario)).toEqual([])
    expect(violated(scenario, thin)).toEqual(['within-slots'])
  })

  it('a worker that never uses its second slot: no-idle-hoarding', () => {
    const slots = { worker: { slots: 2, speed: 0.5 } }
    expect(violated(scenarioOf([], slots))).toEqual([])
    expect(violated(scenarioOf([], slots), single)).toEqual(['no-idle-hoarding'])
  })

  it('a worker that never comes to an end: tasks-answered', () => {
    expect(violated(scenarioOf([]), lazy)).toEqual(STUCK)
  })
})

describe('mistakes are caught where only counts are told', () => {
  const quiet = (more: object = {}) => ({ distributor: { verbose: false, ...more }, worker: { verbose: false } })

  it('right programs violate nothing', () => {
    expect(violated(scenarioOf([crash(2, 500_000), crash(0, 900_000)], quiet()))).toEqual([])
  })

  it('a worker that crashes without leases, one that lies and one that never comes to an end: counts-progress', () => {
    expect(violated(scenarioOf([crash(2, 500_000)], quiet({ leaseUs: 0 })))).toEqual(['counts-progress'])
    expect(violated(scenarioOf([], quiet()), liar)).toEqual(['counts-progress'])
    expect(violated(scenarioOf([], quiet()), lazy)).toEqual(['counts-progress'])
  })
})
