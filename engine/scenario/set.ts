import { clonePlain } from '../kernel/plain.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { type Assignment, diff } from './diff.ts'
import { withoutImplied } from './implied.ts'
import { parseScenario } from './parse.ts'
import { type Document, setAt, splitPath } from './paths.ts'
import { presetNamed } from './presets/index.ts'
import type { Scenario } from './Scenario.ts'
import { show } from './show.ts'

/** `--set path=value`: the scenario with one field changed, checked as a whole. */
export const setField = (scenario: Scenario, text: string): Result<Scenario> => setFields(scenario, [text])

/**
 * Several `path=value` at once; only the outcome is checked, so fields that depend on each other may come in any order.
 */
export function setFields(scenario: Scenario, texts: readonly string[]): Result<Scenario> {
  const assignments: Assignment[] = []
  for (const text of texts) {
    const at = text.indexOf('=')
    if (at < 1) return fail(`--set: ${show(text)} is not path=value`)
    assignments.push([text.slice(0, at).trim(), valueOf(text.slice(at + 1))])
  }
  return assignFields(scenario, assignments)
}

/** The same with values that are already plain data, as links and the page's sliders have them. */
export function assignFields(scenario: Scenario, assignments: readonly Assignment[]): Result<Scenario> {
  let document: Document = clonePlain(withoutImplied(scenario))
  for (const [path, value] of assignments) {
    const set = path === 'swarm.agents' ? ok(resized(document, value)) : setAt(document, splitPath(path), value)
    if (!set.ok) return set
    document = set.value
  }
  return parseScenario(document)
}

/** JSON where it is JSON, else the text itself: `ring` and `"ring"` are the same. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * A built-in scenario of another size keeps its shape (groups, who runs what) as its preset says, and keeps what had
 * been changed on it. Any other scenario, and a size the preset does not have, only gets the number.
 */
function resized(document: Document, agents: unknown): Document {
  const plain = { ...document, swarm: { ...document.swarm, agents } }
  const preset = presetNamed(document.name)
  if (preset === undefined || typeof agents !== 'number') return plain
  const [before, after] = [preset.withAgents(document.swarm.agents), preset.withAgents(agents)]
  if (before.swarm.agents !== document.swarm.agents || after.swarm.agents !== agents) return plain
  const next: Document = clonePlain(withoutImplied(after))
  for (const [path, value] of diff(withoutImplied(before), document)) {
    if (!setAt(next, splitPath(path), value).ok) return plain
  }
  return next
}
