/** Values over time, ascending by time; the oldest go when there are too many. */
export class Samples {
  readonly atUs: number[] = []
  readonly values: number[] = []
  /** How many of the oldest are no longer here. */
  dropped = 0

  constructor(private readonly max = 200_000) {}

  add(atUs: number, value: number): void {
    this.atUs.push(atUs)
    this.values.push(value)
    if (this.atUs.length <= this.max * 1.25) return
    const gone = this.atUs.length - this.max
    this.atUs.splice(0, gone)
    this.values.splice(0, gone)
    this.dropped += gone
  }

  /** Index of the first at or after `timeUs`. */
  firstFrom(timeUs: number): number {
    let low = 0
    let high = this.atUs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.atUs[middle]! < timeUs) low = middle + 1
      else high = middle
    }
    return low
  }

  /** How many there were up to `timeUs`, itself included. */
  countUpTo(timeUs: number): number {
    return this.dropped + this.firstFrom(timeUs + 0.5)
  }

  /** Those of fromUs ≤ time ≤ toUs, ascending by value. */
  sortedWithin(fromUs: number, toUs: number): Float64Array {
    return Float64Array.from(this.values.slice(this.firstFrom(fromUs), this.firstFrom(toUs + 0.5))).sort()
  }

  clear(): void {
    this.atUs.length = this.values.length = this.dropped = 0
  }
}
