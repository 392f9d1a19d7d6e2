import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryEvent } from './history.ts'
import { checkLinearizable } from './linearizability.ts'

/** `'0 w 1'`: process 0 invokes write 1; `'0 ok'`, `'1 r'`, `'1 ok 2'`, `'2 c 1 3'`, `'2 no'` (refused), `'2 info'`. */
function parse(script: string, key = 'x'): HistoryEvent[] {
  const open = new Map<number, { f: HistoryEvent['f']; value: HistoryEvent['value'] }>()
  return script.split(';').map((line, time) => {
    const [p, what, a, b] = line.trim().split(' ') as [string, string, string?, string?]
    const process = Number(p)
    if (what === 'w') open.set(process, { f: 'write', value: Number(a) })
    if (what === 'r') open.set(process, { f: 'read', value: null })
    if (what === 'c') open.set(process, { f: 'cas', value: [Number(a), Number(b)] })
    if ('wrc'.includes(what)) return { process, type: 'invoke', ...open.get(process)!, key, time }
    const op = open.get(process)!
    const value = op.f === 'read' ? (a === undefined ? null : Number(a)) : op.value
    if (what === 'no') return { process, type: 'fail', ...op, key, time, error: 'precondition-failed' }
    return { process, type: what as 'ok' | 'info' | 'fail', f: op.f, value, key, time }
  })
}
const verdict = (script: string): string => checkLinearizable(parse(script)).verdict

describe('checkLinearizable (Wing & Gong 1993, Lowe 2017)', () => {
  it('accepts a read that overlaps a write, whichever value it sees', () => {
    expect(verdict('0 w 1; 0 ok; 0 w 2; 1 r; 1 ok 1; 0 ok')).toBe('linearizable')
    expect(verdict('0 w 1; 0 ok; 0 w 2; 1 r; 1 ok 2; 0 ok')).toBe('linearizable')
  })
  it('refuses a stale read after a completed write', () => {
    expect(verdict('0 w 1; 0 ok; 0 w 2; 0 ok; 1 r; 1 ok 1')).toBe('not linearizable')
  })
  it('refuses two reads that see a write and then not', () => {
    expect(verdict('0 w 1; 1 r; 1 ok 1; 1 r; 1 ok; 0 ok')).toBe('not linearizable')
  })
  it('lets an operation without completion happen late, or never', () => {
    expect(verdict('0 w 1; 1 r; 1 ok; 1 r; 1 ok 1')).toBe('linearizable')
    expect(verdict('0 w 1; 0 info; 1 r; 1 ok')).toBe('linearizable')
    expect(verdict('0 w 1; 0 info; 1 r; 1 ok 1; 1 r; 1 ok')).toBe('not linearizable')
  })
  it('takes a failed operation as one that never happened, and a refused cas as an observation', () => {
    expect(verdict('0 w 1; 0 fail; 1 r; 1 ok 1')).toBe('not linearizable')
    expect(verdict('0 w 1; 0 ok; 1 c 1 2; 1 no')).toBe('not linearizable')
    expect(verdict('0 w 1; 0 ok; 1 c 3 2; 1 no; 1 r; 1 ok 1')).toBe('linearizable')
  })
  it('judges keys apart (Herlihy & Wing 1990, locality)', () => {
    const events = [...parse('0 w 1; 0 ok', 'x'), ...parse('1 r; 1 ok 1', 'y')]
    expect(checkLinearizable(events)).toEqual({ verdict: 'not linearizable', key: 'y' })
  })
  it('says undecided past its bound', () => {
    const writes = [...Array(9).keys()].map((p) => `${p} w ${p}`).join('; ')
    const ends = [...Array(9).keys()].map((p) => `${p} ok`).join('; ')
    expect(checkLinearizable(parse(`${writes}; 9 r; 9 ok 77; ${ends}`), 50).verdict).toBe('undecided')
    expect(checkLinearizable(parse(`${writes}; 9 r; 9 ok 77; ${ends}`)).verdict).toBe('not linearizable')
  })
  it('agrees with trying every order, on random short histories', () => {
    const step = fc.record({ process: fc.nat(2), choice: fc.nat(3), value: fc.integer({ min: 1, max: 2 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 9 }), (steps) => {
        const events = randomHistory(steps)
        expect(checkLinearizable(events).verdict === 'linearizable').toBe(bruteForce(events))
      }),
      { numRuns: 2_000 },
    )
  })
})

function randomHistory(steps: readonly { process: number; choice: number; value: number }[]): HistoryEvent[] {
  const open = new Map<number, HistoryEvent>()
  return steps.map(({ process, choice, value }, time) => {
    const started = open.get(process)
    if (!started) {
      const f = choice === 0 ? 'write' : choice === 1 ? 'cas' : 'read'
      const argument = f === 'write' ? value : f === 'cas' ? ([value, 3 - value] as const) : null
      const event: HistoryEvent = { process, type: 'invoke', f, key: 'x', value: argument, time }
      open.set(process, event)
      return event
    }
    open.delete(process)
    if (choice === 3 && started.f !== 'read') return { ...started, type: 'info', time }
    if (choice === 2 && started.f === 'cas') return { ...started, type: 'fail', error: 'precondition-failed', time }
    return { ...started, type: 'ok', value: started.f === 'read' ? (choice === 0 ? null : value) : started.value, time }
  })
}

/** Every subset of the pending operations in every order that respects real time. */
function bruteForce(events: readonly HistoryEvent[]): boolean {
  interface Op {
    call: number
    ret: number
    event: HistoryEvent
    end: HistoryEvent | undefined
  }
  const ops: Op[] = []
  events.forEach((event, at) => {
    if (event.type === 'invoke') ops.push({ call: at, ret: Infinity, event, end: undefined })
    else {
      const op = ops.findLast((o) => o.event.process === event.process)!
      op.end = event
      if (event.type !== 'info') op.ret = at
    }
  })
  const search = (left: readonly Op[], held: number | null): boolean => {
    if (left.every(({ ret }) => ret === Infinity)) return true
    return left.some((op) => {
      if (left.some((other) => other.ret < op.call)) return false
      const rest = left.filter((other) => other !== op)
      const { f, value } = op.event
      if (f === 'read') return op.end && op.end.value === held && search(rest, held)
      if (f === 'write') return search(rest, value as number)
      const [from, to] = value as readonly [number, number]
      return op.end?.type === 'fail' ? held !== from && search(rest, held) : held === from && search(rest, to)
    })
  }
  return search(ops, null)
}
