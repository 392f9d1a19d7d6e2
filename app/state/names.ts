import type { StageInfo } from '../../workers/protocol.ts'

/** How agents and groups are called in sentences. */
export interface Names {
  agent(id: number): string
  group(id: number): string
  groups: readonly string[]
}

/** The head of a named group carries the group's name; the others its name and their place in it. */
export function namesOf(stage: StageInfo | null): Names {
  const groups = stage?.groupNames.filter((name) => name !== '') ?? []
  if (stage === null || groups.length === 0)
    return { agent: (id) => `Agent ${id}`, group: (id) => `Group ${id}`, groups: [] }
  const place = new Int32Array(stage.capacity)
  const count = new Map<number, number>()
  for (let id = 0; id < stage.group.length; id++) {
    const group = stage.group[id]!
    place[id] = count.get(group) ?? 0
    count.set(group, place[id]! + 1)
  }
  const group = (id: number): string => stage.groupNames[id] || `Group ${id}`
  return {
    agent: (id) => {
      if (!(id >= 0 && id < stage.group.length)) return `Agent ${id}`
      const name = group(stage.group[id]!)
      return place[id] === 0 ? name : `${name} ${place[id]}`
    },
    group,
    groups,
  }
}
