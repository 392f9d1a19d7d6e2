/** One job as observers saw it: times in µs, `startUs` when its processors were given to it. */
export interface SeenJob {
  readonly submitUs: number
  readonly sizeUs: number
  readonly processors: number
  readonly startUs: number
}

/**
 * When jobs begin on a machine of `processors` under first come, first served, by recursion: each when those before it
 * have begun and enough processors are free. An account of its own, beside engine/tasks/: no messages take time here.
 * @param jobs in order of submission
 * @returns starts in the same order, µs
 */
export function firstComeStarts(jobs: readonly SeenJob[], processors: number): number[] {
  // When each processor comes free, ascending.
  let freeUs = Array.from({ length: processors }, () => 0)
  let before = 0
  return jobs.map(({ submitUs, sizeUs, processors: k }) => {
    before = Math.max(before, submitUs, freeUs[k - 1]!)
    const taken = Array.from({ length: k }, () => before + sizeUs)
    freeUs = [...freeUs.slice(k), ...taken].sort((a, b) => a - b)
    return before
  })
}

/** Share of the machine's time up to `untilUs` in which processors had a job that began at the given times. */
export function utilisation(
  jobs: readonly SeenJob[],
  starts: readonly number[],
  processors: number,
  untilUs: number,
): number {
  const work = jobs.reduce((sum, job, i) => {
    const heldUs = Math.min(untilUs, starts[i]! + job.sizeUs) - Math.min(untilUs, starts[i]!)
    return sum + heldUs * job.processors
  }, 0)
  return work / (processors * untilUs)
}
