import { CompletionContext, type Completion } from '@codemirror/autocomplete'
import { json } from '@codemirror/lang-json'
import { EditorState, type TransactionSpec } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../../../engine/scenario/jsonSchema.ts'
import { parseScenarioText } from '../../../engine/scenario/parse.ts'
import { PRESETS } from '../../../engine/scenario/presets/index.ts'
import { scenarioFile } from '../../../engine/scenario/scenarioFile.ts'
import { checkScenario, pathIn } from './checkScenario.ts'
import { completeScenario } from './completeScenario.ts'
import { explainField } from './explainField.ts'
import { pathTo, rootOf } from './jsonTree.ts'
import { kindText, sample } from './schemaWalk.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../../public/schema/scenario-1.json', import.meta.url), 'utf8'),
) as JsonSchema

/** A text with the cursor where it has a `|`. */
function at(text: string): { state: EditorState; pos: number } {
  const pos = text.indexOf('|')
  return { state: EditorState.create({ doc: text.replace('|', ''), extensions: [json()] }), pos }
}
const options = (text: string): readonly Completion[] => {
  const { state, pos } = at(text)
  return completeScenario(schema)(new CompletionContext(state, pos, true))?.options ?? []
}
/** The text after an option is chosen, with what is selected then in brackets. */
function completed(text: string, label: string): string {
  const { state, pos } = at(text)
  const result = completeScenario(schema)(new CompletionContext(state, pos, true))!
  const option = result.options.find((known) => known.displayLabel === label)!
  let after = state
  const view = {
    state,
    dispatch: (spec: TransactionSpec) => (after = state.update(spec).state),
  } as unknown as EditorView
  if (typeof option.apply === 'function') option.apply(view, option, result.from, pos)
  const { from, to } = after.selection.main
  return `${after.sliceDoc(0, from)}[${after.sliceDoc(from, to)}]${after.sliceDoc(to)}`
}
const labels = (text: string): string[] => options(text).map(({ label }) => label.replace(/^"|"$/g, ''))
const wrong = (text: string): { error: string; marked: string } => {
  const state = EditorState.create({ doc: text, extensions: [json()] })
  const checked = checkScenario(state)
  if (checked.ok) throw new Error('it parses')
  return { error: checked.error, marked: state.sliceDoc(checked.from, checked.to) }
}

describe('completion', () => {
  it('offers the fields of the object that the cursor is in, without those that are there', () => {
    expect(labels('{ "seed": 1, "|" }')).toEqual(expect.arrayContaining(['swarm', 'network', 'programs', 'chaos']))
    expect(labels('{ "seed": 1, "|" }')).not.toContain('seed')
    expect(labels('{ "swarm": { | } }')).toEqual(['agents', 'serviceUs', 'service', 'inboxMax', 'clocks'])
    expect(labels('{ "swarm": { "agents": 5, "s|" } }')).toContain('serviceUs')
  })
  it('offers the fields of the option that is written: another law, program or command has others', () => {
    expect(labels('{ "network": { "latency": { "kind": "uniform", "|" } } }')).toEqual(['minUs', 'maxUs'])
    expect(labels('{ "programs": [{ "kind": "raft", "params": { "|" } }] }')).toContain('electionMinUs')
    expect(labels('{ "programs": [{ "kind": "client", "params": { "|" } }] }')).not.toContain('electionMinUs')
    expect(labels('{ "faults": [{ "op": "slow", "|" }] }')).toEqual(['at', 'agent', 'factor', 'forUs'])
  })
  it('offers words, numbers and whole entries as values', () => {
    expect(labels('{ "topology": { "kind": "|" } }')).toEqual(expect.arrayContaining(['mesh', 'ring', 'torus']))
    expect(labels('{ "topology": { "kind": "ri|" } }')).toContain('ring')
    expect(labels('{ "topology": { "oneWay": | } }')).toEqual(['true', 'false'])
    expect(labels('{ "programs": [|] }')).toEqual(expect.arrayContaining(['raft', 'client', 'tree-sync']))
    expect(labels('{ "programs": [{ "kind": "|" }] }')).toEqual(expect.arrayContaining(['raft', 'client']))
    expect(labels('{ "faults": [{ "at": 1, "op": "crash", "agent": "|" }] }')).toEqual(
      expect.arrayContaining(['leader', 'follower']),
    )
    expect(labels('{ "network": { "latency": | } }')).toEqual(expect.arrayContaining(['constant', 'regions']))
  })
  it('offers nothing behind a value, where a comma is needed first', () => {
    expect(labels('{ "seed": 1 | }')).toEqual([])
    expect(labels('{ "swarm": {} | }')).toEqual([])
    expect(labels('{ "swarm": {} }|')).toEqual([])
  })
  it('brings the value that stands where nothing is said, and a comma where another field follows', () => {
    expect(completed('{ "swarm": { "ag|" } }', 'agents')).toBe('{ "swarm": { "agents": [5] } }')
    expect(completed('{ "ti|"\n  "seed": 1 }', 'title')).toBe('{ "title": "[Custom scenario]",\n  "seed": 1 }')
    expect(completed('{ "swa|": { "agents": 7 } }', 'swarm')).toBe('{ "swarm"[]: { "agents": 7 } }')
    expect(completed('{ "topology": { "kind": "m|esh" } }', 'ring')).toBe('{ "topology": { "kind": "ring"[] } }')
    expect(completed('{ "programs": [|] }', 'bus')).toBe('{ "programs": [{ "kind": "bus" }[]] }')
  })
  it('makes up values that the parser takes, for every field at the top', () => {
    for (const [field, inner] of Object.entries(schema.properties!)) {
      if (field === '$schema') continue
      const value = field === 'programs' ? [{ kind: 'raft' }] : field === 'name' ? 'mine' : sample(inner)
      const parsed = parseScenarioText(JSON.stringify({ programs: [{ kind: 'raft' }], [field]: value }))
      expect([field, parsed.ok || parsed.error]).toEqual([field, true])
    }
  })
})

describe('what is wrong', () => {
  it('is the parser’s own sentence, at the value, the name or the object that it is about', () => {
    const raft = '"programs": [{ "kind": "raft" }]'
    expect(wrong(`{ ${raft}, "network": { "loss": 1.5 } }`)).toEqual({
      error: 'network.loss: 1.5 is outside 0..1',
      marked: '1.5',
    })
    expect(wrong(`{ ${raft}, "network": { "los": 0 } }`).marked).toBe('"los"')
    expect(wrong('{ "programs": [{ "kind": "raft", "params": { "heartbeatUs": 0 } }] }').marked).toBe('0')
    expect(wrong(`{ ${raft}, "faults": [{ "at": 1, "op": "crash", "agent": 77 }] }`).marked).toBe('77')
    expect(wrong('{ "seed": 1 }')).toEqual({
      error: 'programs: none is named and there is no space, so nothing happens; name at least one program',
      marked: '{',
    })
    expect(wrong(`{ ${raft}, "faults": [{ "op": "heal" }] }`).marked).toBe('{')
  })
  it('of a text that is not JSON is where it stops being JSON, by its line', () => {
    const { error, marked } = wrong('{\n  "seed": 1,\n  "swarm" 5\n}')
    expect(error).toBe('scenario: not valid JSON, see line 3')
    expect(marked).toBe('5')
    expect(wrong('').error).toBe('scenario: not valid JSON, see line 1')
    expect(wrong('{\n  "faults": [1, ]\n}')).toEqual({ error: 'scenario: not valid JSON, see line 2', marked: ']' })
  })
  it('is nothing in any built-in scenario, as it is offered for editing', () => {
    for (const { scenario } of PRESETS) {
      const doc = scenarioFile(scenario, scenario.faults)
      expect(checkScenario(EditorState.create({ doc, extensions: [json()] }))).toMatchObject({ ok: true })
    }
  })
  it('finds the path in a sentence', () => {
    expect(pathIn('faults[2].agent: 9 is not there')).toEqual(['faults', 2, 'agent'])
    expect(pathIn('programs.ring-election.on: x')).toEqual(['programs', 'ring-election', 'on'])
    expect(pathIn('scenario: not valid JSON')).toEqual([])
  })
})

describe('help', () => {
  const explain = (text: string) => {
    const { state, pos } = at(text)
    return explainField(schema, state, pos)
  }
  it('says what the field at the cursor is for, what it may be and what it is where left out', () => {
    expect(explain('{ "swarm": { "age|nts": 7 } }')).toMatchObject({
      path: 'swarm.agents',
      text: 'Number of agents at the start; ids count from 0.',
      kind: 'whole number, 1 to 1,000,000; left out: 5',
    })
    expect(explain('{ "faults": [{ "at": 5, "op": "cra|sh", "agent": 1 }] }')?.path).toBe('faults[0].op')
    expect(explain('{ "faults": [{ "at": 5, "op": "crash", "ag|ent": 1 }] }')?.kind).toContain('"leader"')
    expect(explain('{ "nonsen|se": 1 }')).toBeNull()
  })
  it('knows the way to every place', () => {
    const { state, pos } = at('{ "a": [1, { "b": |2 }] }')
    expect(pathTo(rootOf(state)!, state.doc)).toEqual([])
    expect(
      explainField({ properties: { a: { items: { properties: { b: { type: 'number' } } } } } }, state, pos)?.path,
    ).toBe('a[1].b')
  })
  it('names kinds in plain words', () => {
    expect(kindText(schema.properties!['seed']!)).toBe('whole number, 0 to 4,294,967,295')
    expect(kindText(schema.properties!['programs']!)).toMatch(/^list of: one of raft, client/)
  })
})
