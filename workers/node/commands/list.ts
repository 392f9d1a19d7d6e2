import { PRESETS } from '../../../engine/scenario/presets/index.ts'
import type { Flags } from '../args.ts'
import { printTable } from '../print.ts'

/** The built-in scenarios. */
export function list(flags: Flags): number {
  const rows = PRESETS.map(({ scenario, sizes, info }) => ({
    name: scenario.name,
    title: scenario.title,
    group: scenario.group,
    agents: sizes,
    claims: info.claims.map((claim) => claim.name),
  }))
  if (flags.json) console.log(JSON.stringify(rows))
  else
    printTable(
      rows.map((r) => [
        r.name,
        r.title,
        r.group,
        `${r.agents.min}..${r.agents.default}..${r.agents.max}`,
        r.claims.join(', '),
      ]),
    )
  return 0
}
