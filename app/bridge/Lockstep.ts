import type { Advanced, LockstepClient } from '../../workers/browser/client.ts'
import { HeldFrames } from './HeldFrames.ts'

/** A second of wall time is never made up for: whoever comes back to a hidden page finds the run where it was. */
const LONGEST_STEP_S = 0.1

export type Steps = Pick<LockstepClient, 'advance' | 'seek' | 'stepBack' | 'pause' | 'frames'>

export interface Member<C extends Steps = Steps> {
  readonly id: number
  readonly client: C
  readonly frames: HeldFrames
  /** Where it stands, and what it has counted. */
  at: Advanced
  /** Wall ms of its last step. */
  tookMs: number
}

/**
 * Several labs that stand at the same virtual time, always: each step goes to one time for all, and the next one waits
 * for the slowest. One thing at a time, in the order it was asked for.
 */
export class Lockstep<C extends Steps = Steps> {
  members: readonly Member<C>[] = []
  timeUs = 0
  private queue: Promise<unknown> = Promise.resolve()
  private stepping = false
  private lastWallMs = Number.NaN

  /** @param onMoved all have come to another time, or one has counted on. */
  constructor(private readonly onMoved: () => void) {}

  /** Runs `work` when everything asked before is done; what goes wrong in it is the asker's. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work)
    this.queue = done.catch(() => {})
    return done
  }

  /** A lab that is open joins at the time of the others. The first one brings its own time along. */
  add(id: number, client: C, timeUs: number): Promise<Member<C>> {
    return this.alone(async () => {
      const to = this.members.length === 0 ? timeUs : this.timeUs
      if (to > 0) await client.seek(to)
      const at = await client.advance(to)
      const member: Member<C> = { id, client, frames: new HeldFrames(client.frames), at, tookMs: 0 }
      this.members = [...this.members, member]
      this.arrive(to)
      return member
    })
  }

  remove(id: number): void {
    this.members = this.members.filter((member) => member.id !== id)
  }

  /** To the cut at `timeUs`, forwards or back. */
  to(timeUs: number): Promise<void> {
    return this.alone(async () => {
      await this.each((client) => client.seek(timeUs))
      await this.meet(timeUs)
    })
  }

  /** To the cut just after the next event of any of them; not beyond `untilUs`. */
  step(untilUs: number): Promise<void> {
    return this.alone(async () => {
      await this.meet(this.timeUs) // a command may have put something before what was next
      const next = Math.min(...this.members.map(({ at }) => at.nextUs)) + 1
      if (next <= untilUs) await this.meet(next)
    })
  }

  /** To the latest cut just after an event of any of them before this one. */
  stepBack(): Promise<void> {
    return this.alone(async () => {
      await this.each((client) => client.stepBack())
      await this.each((client) => client.advance(0))
      await this.meet(Math.max(...this.members.map(({ at }) => at.timeUs)))
    })
  }

  /**
   * Once an animation frame: takes all on by what wall time says, unless they are still under way.
   * @param rate virtual seconds a wall second; 0 = paused
   * @returns false where the end is reached
   */
  tick(wallMs: number, rate: number, untilUs: number): boolean {
    if (rate <= 0 || this.members.length === 0) {
      this.lastWallMs = Number.NaN
      return true
    }
    if (Number.isNaN(this.lastWallMs)) this.lastWallMs = wallMs
    if (this.stepping) return true
    if (this.timeUs >= untilUs) return false
    const by = Math.floor(Math.min(LONGEST_STEP_S, (wallMs - this.lastWallMs) / 1_000) * rate * 1e6)
    if (by < 1) return true // too little yet: the next frame brings more
    this.lastWallMs = wallMs
    this.stepping = true
    void this.alone(() => this.meet(Math.min(untilUs, this.timeUs + by)))
      .catch(() => {}) // a worker's death is told by its client
      .finally(() => (this.stepping = false))
    return true
  }

  /** What was done to some of them may have changed what they have counted and what comes next. */
  refresh(): Promise<void> {
    return this.alone(() => this.meet(this.timeUs))
  }

  /** Standing still, every lab tells all it knows. */
  settle(): Promise<void> {
    return this.alone(async () => {
      await this.each((client) => client.pause())
      await this.meet(this.timeUs)
    })
  }

  private async meet(timeUs: number): Promise<void> {
    await this.each((client) => client.advance(timeUs))
    this.arrive(timeUs)
  }

  private async each(ask: (client: C) => Promise<Advanced | void>): Promise<void> {
    await Promise.all(
      this.members.map(async (member) => {
        const began = performance.now()
        const at = await ask(member.client)
        if (at === undefined) return
        member.at = at
        member.tookMs = performance.now() - began
      }),
    )
  }

  private arrive(timeUs: number): void {
    this.timeUs = timeUs
    for (const { frames } of this.members) frames.show(timeUs)
    this.onMoved()
  }
}
