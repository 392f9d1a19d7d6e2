import type { Mark } from '../../agents/Program.ts'
import type { ClaimRun } from './Claim.ts'

/** What observers can tell of a membership run from its marks. */

export const swimMarks = ({ marks }: ClaimRun, kind: string): readonly Mark[] =>
  marks.filter(({ program, body }) => program === 'swim' && body.kind === kind)

export const paramOf = ({ scenario }: ClaimRun, kind: string, name: string): number =>
  Number(scenario.programs.find((program) => program.kind === kind)?.params[name])

/** The first agent that the host saw crash, and when; null where nobody did. */
export function firstCrash({ marks }: ClaimRun): { readonly agent: number; readonly us: number } | null {
  const crash = marks.find(({ program, body }) => program === 'host' && body.kind === 'crashed')
  return crash === undefined ? null : { agent: crash.agent, us: crash.key.time }
}

/** Whole periods from `crashUs` to the start of the failed probe that `mark` tells of; a begun one counts. */
const periodsUntilProbe = (mark: Mark, crashUs: number, periodUs: number): number =>
  Math.max(1, Math.ceil((mark.key.time - (mark.body['afterUs'] as number) - crashUs) / periodUs))

/**
 * For each observer that suspected the crashed agent by its own probe: whole periods from the crash until that probe.
 * In order of time.
 */
export function probesOfTheCrashed(run: ClaimRun): readonly { readonly agent: number; readonly periods: number }[] {
  const crash = firstCrash(run)
  if (crash === null) return []
  const periodUs = paramOf(run, 'swim', 'periodUs')
  return swimMarks(run, 'suspected')
    .filter(({ body, key }) => body['of'] === crash.agent && key.time >= crash.us)
    .map((mark) => ({ agent: mark.agent, periods: periodsUntilProbe(mark, crash.us, periodUs) }))
}

/** Agents that were up when somebody declared them dead, one entry a verdict. */
export function falseVerdicts(run: ClaimRun): number {
  const down = new Set<number>()
  let found = 0
  for (const { program, agent, body } of run.marks) {
    if (program === 'host') {
      if (body.kind === 'crashed' || body.kind === 'left') down.add(agent)
      else if (body.kind === 'restarted') down.delete(agent)
    } else if (program === 'swim' && body.kind === 'confirmed' && !down.has(body['of'] as number)) found++
  }
  return found
}

/** Whether every change of every view is told of. */
export const isVerbose = ({ scenario }: ClaimRun): boolean =>
  scenario.programs.find(({ kind }) => kind === 'swim')?.params['verbose'] === true

/**
 * From the first suspicion of the crashed agent until all other founders had heard, µs; to the end of the run where one
 * had not. NaN where there was none.
 */
export function infectionUs(run: ClaimRun): number {
  const crash = firstCrash(run)
  if (crash === null) return NaN
  const { agents } = run.scenario.swarm
  const about = run.marks.filter(
    ({ program, agent, body, key }) =>
      program === 'swim' && body['of'] === crash.agent && key.time > crash.us && agent < agents,
  )
  const first = about.find(({ body }) => body.kind === 'suspected')
  if (first === undefined) return NaN
  const heardUs = new Map<number, number>()
  for (const { agent, body, key } of about)
    if (['suspected', 'heard', 'confirmed'].includes(body.kind) && !heardUs.has(agent)) heardUs.set(agent, key.time)
  if (heardUs.size < agents - 1) return run.untilUs - first.key.time
  return Math.max(...heardUs.values()) - first.key.time
}

export interface Settling {
  /** How often anybody came or went. */
  readonly changes: number
  /** Of each change: how long until every view had it right, µs; of one that none ever had, to the end of the run. */
  readonly tookUs: readonly number[]
  /** Pairs of an observer that is up and a member about which it is wrong, at the end. */
  readonly wrong: number
}

/**
 * Follows every view through the marks of a verbose run: who is taken for live by whom, beside who is up. A suspect is
 * taken for live until it is declared dead. A change that another of the same agent overtakes is not counted.
 */
export function settling({ marks, scenario, untilUs }: ClaimRun): Settling {
  const views = new Views(scenario.swarm.agents)
  const since = new Map<number, number>()
  const tookUs: number[] = []
  let changes = 0
  for (const { key, program, agent, body } of marks) {
    const of = program === 'host' ? agent : (body['of'] as number)
    if (program === 'host') {
      if (!views.host(agent, body.kind)) continue
      since.set(agent, key.time)
      changes++
    } else if (program !== 'swim' || !views.told(agent, of, body.kind, body['status'] as string)) continue
    const changedUs = since.get(of)
    if (changedUs === undefined || views.wrongAbout(of) > 0) continue
    tookUs.push(key.time - changedUs)
    since.delete(of)
  }
  for (const changedUs of since.values()) tookUs.push(untilUs - changedUs)
  return { changes, tookUs, wrong: views.wrong() }
}

const LIVE_KINDS = ['discovered', 'cleared', 'suspected']

class Views {
  private readonly up: boolean[]
  /** By observer: what it believes against the rule that founders are live and others unknown. */
  private readonly beliefs: Map<number, boolean>[]
  /** By member: observers that are wrong about it. */
  private readonly errors: number[]

  constructor(private readonly founders: number) {
    this.up = Array.from({ length: founders }, () => true)
    this.beliefs = this.up.map(() => new Map<number, boolean>())
    this.errors = this.up.map(() => 0)
  }

  wrongAbout = (member: number): number => this.errors[member]!
  wrong = (): number => this.errors.reduce((sum, errors) => sum + errors, 0)

  /** Returns whether somebody came or went. */
  host(agent: number, kind: string): boolean {
    if (kind !== 'crashed' && kind !== 'left' && kind !== 'restarted' && kind !== 'joined') return false
    while (this.up.length <= agent) {
      this.up.push(false)
      this.beliefs.push(new Map())
      this.errors.push(0)
    }
    this.recount(agent, -1)
    this.up[agent] = kind === 'restarted' || kind === 'joined'
    if (this.up[agent]) this.beliefs[agent] = new Map()
    this.recount(agent, 1)
    return true
  }

  /** Returns whether the mark tells what `observer` believes of `of`. */
  told(observer: number, of: number, kind: string, status: string): boolean {
    const live = LIVE_KINDS.includes(kind) || (kind === 'heard' && (status === 'alive' || status === 'suspect'))
    if (!live && kind !== 'confirmed' && kind !== 'heard') return false
    this.errors[of]! -= this.isWrong(observer, of)
    this.beliefs[observer]!.set(of, live)
    this.errors[of]! += this.isWrong(observer, of)
    return true
  }

  private isWrong(observer: number, of: number): number {
    if (observer === of || !this.up[observer]) return 0
    return (this.beliefs[observer]!.get(of) ?? of < this.founders) === this.up[of] ? 0 : 1
  }

  /** Everything that `agent` believes, and everything believed of it. */
  private recount(agent: number, sign: number): void {
    for (let other = 0; other < this.up.length; other++) {
      this.errors[other]! += sign * this.isWrong(agent, other)
      this.errors[agent]! += sign * this.isWrong(other, agent)
    }
  }
}
