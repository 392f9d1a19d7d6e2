import { expect, it } from 'vitest'
import type { MarkBody } from '../../../engine/agents/Program.ts'
import { ENV, micros } from '../../../engine/kernel/units.ts'
import { spaceCaption } from './space.ts'

const names = { agent: (id: number) => `agent ${id}`, group: (id: number) => `group ${id}`, groups: [] }
const words = (body: MarkBody): string | undefined =>
  spaceCaption(
    { key: { time: micros(1), dst: ENV, src: ENV, seq: 1 }, index: 0, agent: ENV, program: 'space', body },
    names,
  )?.[0]
const begins = (what: string, figure: string, value: number, rest = {}): MarkBody => ({
  ...{ kind: 'emerged', what, figure, value, alive: 200, onsetUs: 1_000_000 },
  ...rest,
})

it.each<[MarkBody, string | undefined]>([
  [begins('flock', 'polarisation', 0.93, { members: 190 }), 'A flock has formed: 95 % head the same way'],
  [begins('mill', 'milling', 0.7, { members: 156 }), 'A mill has formed: 78 % circle about one centre'],
  [begins('clusters', 'clusters', 5, { members: 60 }), 'The swarm has come apart into 5 groups'],
  [begins('clusters', 'clusterPurity', 0.93), 'Like has found like: 93 % are among their own kind'],
  [begins('trail', 'trailLength', 42.34), 'A trail has formed, 42.3 long'],
  [begins('symmetry', 'largerShare', 0.87), 'The balance has tipped: 87 % are on one side'],
  [begins('symmetry', 'shareLeft', 0.87), 'share on the left has reached 0.87'],
  [begins('synchrony', 'synchrony', 0.9), 'All have fallen into step: synchrony 0.9'],
  [begins('oscillation', 'oscillationMass', 0.9), 'scent in all goes up and down in a steady beat'],
  [begins('oscillation', 'oscillation', 0.9), 'polarisation goes up and down in a steady beat'],
  [begins('collapse', 'collapse', 0.5), '50 % of the bodies are down at once'],
  [begins('clusters', 'purity', 0.81), 'Like has found like: 81 % of neighbours have the same task'],
  [begins('collapse', 'collapseTrailMass', 0.5), 'Collapse: scent of the trails is down by 50 %'],
])('what emerges: %j', (body, sentence) => expect(words(body)).toBe(sentence))

const ends = { kind: 'dissolved', value: 0.1, onsetUs: 1_000_000, endUs: 13_500_000 }
it.each<[MarkBody, string | undefined]>([
  [{ ...ends, what: 'mill', figure: 'milling' }, 'The mill has broken up, after 12.5 s'],
  [{ ...ends, what: 'collapse', figure: 'collapse' }, 'the number of bodies holds steady again, after 12.5 s'],
  [{ ...ends, what: 'symmetry', figure: 'shareLeft' }, 'share on the left has fallen back, after 12.5 s'],
  [{ ...ends, what: 'oscillation', figure: 'oscillationMass' }, 'scent in all no longer swings, after 12.5 s of it'],
])('what is over: %j', (body, sentence) => expect(words(body)).toBe(sentence))

const at = { column: 'position', tick: 1_200, agent: 7, cell: -1 }
it.each<[MarkBody, string | undefined]>([
  [
    { kind: 'not a number', ...at, value: 'NaN' },
    'The run has stopped at step 1,200: the position of agent 7 is not a number',
  ],
  [
    { kind: 'not a number', ...at, column: 'field', agent: -1, cell: 44, value: 'Infinity' },
    'The run has stopped at step 1,200: the field in cell 44 is infinite',
  ],
  [
    { kind: 'outside', ...at, value: '100.5' },
    'The run has stopped at step 1,200: agent 7 has left the world, with a coordinate of 100.5',
  ],
  [{ kind: 'measure', polarisation: 0.3 }, undefined],
])('what stops a run: %j', (body, sentence) => expect(words(body)).toBe(sentence))
