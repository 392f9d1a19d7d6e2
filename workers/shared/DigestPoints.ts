export interface DigestPoint {
  readonly timeUs: number
  /** Sixteen hexadecimal digits. */
  readonly value: string
}

/** The digest points that a lane of history has passed, so that going back over them need not take them again. */
export class DigestPoints {
  private readonly points: DigestPoint[] = []

  /** Every point before this time is here, or there is none. */
  get knownUs(): number {
    const last = this.points.at(-1)
    return last === undefined ? 0 : last.timeUs + 1
  }

  /** Points come in the order of time; one that is known already is passed over. */
  add(point: DigestPoint): void {
    if (point.timeUs >= this.knownUs) this.points.push(point)
  }

  /** The latest one at or before `t`. */
  at(t: number): DigestPoint | null {
    let low = 0
    let high = this.points.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.points[middle]!.timeUs <= t) low = middle + 1
      else high = middle
    }
    return low === 0 ? null : this.points[low - 1]!
  }

  /** What is shared by a lane that forks at `t`. */
  forkAt(t: number): DigestPoints {
    const fork = new DigestPoints()
    for (const point of this.points) if (point.timeUs < t) fork.add(point)
    return fork
  }
}
