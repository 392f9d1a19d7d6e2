import * as Comlink from 'comlink'
import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'
import type { JobLog } from '../../engine/tasks/jobs/jobRows.ts'
import type { Facts } from '../protocol.ts'
import type { RemoteShard } from '../shared/Conductor.ts'
import { Session } from '../shared/Session.ts'

export interface LeadHooks {
  facts(facts: Facts): void
  error(sentence: string): void
  frame(buffer: ArrayBuffer): void
}

/** What the page reaches through comlink: a session, and the ports of the other workers. */
export class Lead {
  private peers: readonly RemoteShard[] = []
  readonly session: Session

  constructor() {
    const hooks = (): LeadHooks => {
      if (this.hooks === null) throw new Error('the page listens before it opens a scenario')
      return this.hooks
    }
    this.session = new Session({
      facts: (facts) => hooks().facts(facts),
      error: (sentence) => hooks().error(sentence),
      frame: (buffer) => hooks().frame(Comlink.transfer(buffer, [buffer])),
    })
  }

  private hooks: LeadHooks | null = null

  listen(facts: LeadHooks['facts'], error: LeadHooks['error'], frame: LeadHooks['frame']): void {
    this.hooks = { facts, error, frame }
  }

  /** A job log, before the scenario that names it is opened. */
  async knowJobLog(log: JobLog): Promise<void> {
    ;(await import('../../engine/tasks/jobs/jobLogs.ts')).knowJobLog(log)
  }

  connect(...ports: MessagePort[]): void {
    this.peers = ports.map((port) => Comlink.wrap(port) as unknown as RemoteShard)
  }

  open(scenario: Scenario, log: readonly Command[], options: { shared: boolean; spin: boolean; note: string }) {
    return this.session.open(scenario, log, this.peers, options)
  }

  /** Everything else goes to the session by name. */
  call(method: SessionMethod, args: readonly unknown[]): unknown {
    return (this.session[method] as (...args: readonly unknown[]) => unknown)(...args)
  }
}

export type SessionMethod = Exclude<keyof Session, 'open'>
