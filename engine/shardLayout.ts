/**
 * Which shard owns which agent: contiguous ranges of the initial ids, on group boundaries where there are groups enough
 * (the links inside a group are the short ones, and the lookahead is the shortest link between shards); ids given out
 * later go round. Nothing that a program, a check or a digest sees depends on it.
 */
export function layOutShards(agents: number, groups: number, shards: number): (id: number) => number {
  if (shards === 1) return () => 0
  const unit = groups >= shards ? Math.ceil(agents / groups) : 1
  const units = Math.ceil(agents / unit)
  const starts = new Float64Array(shards)
  for (let s = 0; s < shards; s++) starts[s] = Math.round((units * s) / shards) * unit
  return (id) => {
    if (id >= agents) return id % shards
    let s = shards - 1
    while (id < starts[s]!) s--
    return s
  }
}
