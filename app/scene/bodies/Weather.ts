import { obstaclesAt, windAt } from '../../../engine/scenario/spaceAt.ts'
import type { Command, Disc, Scenario } from '../../../engine/scenario/Scenario.ts'

/**
 * Obstacles and wind at the time of the picture. They are worked out again only where a command begins or ends, so that
 * a frame allocates nothing.
 */
export class Weather {
  obstacles: readonly Disc[] = []
  wind: readonly [number, number, number] = [0, 0, 0]
  private log: readonly Command[] = []
  /** The time on screen lies in from..to, in which nothing changes. */
  private from = Infinity
  private to = -Infinity

  constructor(private readonly scenario: Scenario) {}

  setLog(log: readonly Command[]): void {
    if (log === this.log) return
    this.log = log
    this.from = Infinity
  }

  /** Returns whether anything may have changed. */
  update(timeUs: number): boolean {
    if (timeUs >= this.from && timeUs < this.to) return false
    this.from = 0
    this.to = Infinity
    for (const command of this.log) {
      if (command.op !== 'obstacle' && command.op !== 'wind') continue
      this.cut(command.at, timeUs)
      if (command.forUs !== undefined) this.cut(command.at + command.forUs, timeUs)
    }
    this.obstacles = obstaclesAt(this.scenario, this.log, timeUs)
    this.wind = windAt(this.log, timeUs)
    return true
  }

  private cut(at: number, timeUs: number): void {
    if (at <= timeUs) this.from = Math.max(this.from, at)
    else this.to = Math.min(this.to, at)
  }
}
