import type { Mark } from '../../../engine/agents/Program.ts'
import { detectionsAt, type LiveDetection } from './detectionsAt.ts'

/** Wall seconds at the scenario's own pace for which a finding is pointed out on the stage. */
const SHOWN_S = 5

/** What has just been found, for the stage: asked for anew only where marks come or the time passes one. */
export class Findings {
  private marks: readonly Mark[] = []
  private count = -1
  private last: readonly LiveDetection[] = []
  /** Times at which something is found or is over, ascending. */
  private times: number[] = []
  private passed = -1
  private readonly shownUs: number

  constructor(pace: number) {
    this.shownUs = SHOWN_S * pace * 1_000_000
  }

  /** @param marks headlines in key order; the list may have grown in place */
  setMarks(marks: readonly Mark[]): void {
    if (marks === this.marks && marks.length === this.count) return
    this.marks = marks
    this.count = marks.length
    this.times = []
    for (const { program, body, key } of marks)
      if (program === 'space' && (body.kind === 'emerged' || body.kind === 'dissolved')) this.times.push(key.time)
    this.passed = -1
  }

  /** Those that are live at `timeUs` and were noticed not long before, and have a place. */
  at(timeUs: number): readonly LiveDetection[] {
    let passed = 0
    while (passed < this.times.length && this.times[passed]! <= timeUs) passed++
    if (passed !== this.passed) {
      this.passed = passed
      this.last = passed === 0 ? [] : detectionsAt(this.marks, timeUs).filter(({ place }) => place !== null)
    }
    return this.last
  }

  isShown({ noticedUs }: LiveDetection, timeUs: number): boolean {
    return timeUs - noticedUs < this.shownUs
  }
}
