import type { Plain } from '../../engine/kernel/plain.ts'
import type { SpaceKind } from '../../engine/scenario/Scenario.ts'
import { parameterText } from '../../engine/scenario/spaceTexts.ts'
import { countText, durationText } from './format.ts'
import { labelOf } from './programLabels.ts'

/** What a parameter that is set becomes, for captions, bands and the log: by the words of the parameters' panel. */
export function parameterWords(program: string, name: string, value: Plain, space: SpaceKind | undefined): string {
  if (program === 'space' && space !== undefined) return parameterText(space, name, value)
  const sentence = SENTENCES[name]
  if (sentence && typeof value === 'string') return sentence(value, program)
  const { label, none } = partsOf(labelOf(program, name))
  if (typeof value === 'boolean') return `“${label}” is switched ${value ? 'on' : 'off'}`
  const text = value === 0 && none !== '' ? none : valueText(name, value)
  if (value === 0 && /\bevery\b/.test(label)) return `“${label}” becomes never`
  if (label.includes('…')) return lowered(label.replace('…', text))
  return READS_ON.test(label) && text !== none ? `${lowered(label)} ${text}` : `“${label}” becomes ${text}`
}

/** Labels that go on with the value: "Tasks wait in the order of", "Reports every". */
const READS_ON = /\b(by|of|every|after|within|for|from|to|is|be|the|its|ask|an?|in|come)$/

/** "Tasks at one worker (0: no limit)" says what none of them means. */
function partsOf(label: string): { label: string; none: string } {
  const none = / \((?:[^()]*; )?(?:0|none): ([^()]+)\)$/.exec(label)
  return { label: none ? label.slice(0, none.index) : label, none: none?.[1] ?? '' }
}

function valueText(name: string, value: Plain): string {
  if (typeof value === 'number' && name.endsWith('Us')) return durationText(value)
  if (typeof value === 'number') return Number.isInteger(value) ? countText(value) : String(value)
  if (typeof value === 'string') return value.replaceAll('-', ' ')
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one) => valueText(name, one)).join(', ')
  return JSON.stringify(value)
}

const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

const SHARED_OUT: { readonly [strategy: string]: string } = {
  random: 'at random',
  'round-robin': 'in turn',
  central: 'from one queue for all',
  choices: 'to the better of a few',
  'least-loaded': 'to who has least to do',
  hash: 'by hash',
  predictive: 'by prediction',
  delegate: 'down the tree',
}
const ORDERS: { readonly [discipline: string]: string } = {
  fcfs: 'first come, first served',
  priority: 'by priority',
  deadline: 'by deadline',
  'shortest-predicted': 'by predicted size, the shortest first',
  feedback: 'by levels of feedback',
}
const QUEUES: { readonly [program: string]: string } = {
  worker: 'the queues of workers go',
  distributor: 'the queue of who shares tasks out goes',
}

/** Where a label and a word make no sentence. */
const SENTENCES: { readonly [name: string]: (word: string, program: string) => string } = {
  strategy: (word) => `tasks are shared out ${SHARED_OUT[word] ?? `by ${word.replaceAll('-', ' ')}`}`,
  discipline: (word, program) => `${QUEUES[program] ?? 'the queue goes'} ${ORDERS[word] ?? word}`,
}
