/**
 * The same way with the agents between: where there is a reporting chain, what goes from one agent to another passes
 * those above them.
 * @param parent by agent: whom it reports to, −1 at a root.
 */
export function alongTree(path: readonly number[], parent: Int32Array): readonly number[] {
  if (path.length < 2) return path
  const out = [path[0]!]
  for (let k = 1; k < path.length; k++) out.push(...between(path[k - 1]!, path[k]!, parent), path[k]!)
  return out
}

/** Agents strictly between two. */
function between(a: number, b: number, parent: Int32Array): readonly number[] {
  const up = chainOf(a, parent)
  const down = chainOf(b, parent)
  const meet = up.find((agent) => down.includes(agent))
  const way =
    meet === undefined
      ? [...up, ...down.reverse()]
      : [...up.slice(0, up.indexOf(meet) + 1), ...down.slice(0, down.indexOf(meet)).reverse()]
  return way.slice(1, -1)
}

/** An agent and all above it. */
function chainOf(agent: number, parent: Int32Array): number[] {
  const chain = [agent]
  for (let at = parent[agent] ?? -1; at >= 0 && chain.length <= parent.length; at = parent[at] ?? -1) chain.push(at)
  return chain
}
