import type { Command, Scenario } from '../../engine/scenario/Scenario.ts'

/** The scenario with the whole command log as its schedule: what `lab run FILE` and a drop on the page read. */
export const scenarioFile = (scenario: Scenario, log: readonly Command[]): string =>
  `${JSON.stringify({ ...scenario, faults: log }, null, 2)}\n`

export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
