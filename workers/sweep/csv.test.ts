import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Column } from './columns.ts'
import { csvLine, fieldsOf, RecordScanner, rowOfRecord } from './csv.ts'

const COLUMNS: readonly Column[] = [
  { name: 'run', type: 'int' },
  { name: 'name', type: 'text' },
  { name: 'mean', type: 'real' },
  { name: 'ok', type: 'bool' },
]
const text = fc.oneof(fc.string(), fc.constantFrom('a,b', 'say "so"', 'two\r\nlines', '"', '""', ',', 'größer', '\n'))
const rows = fc.array(
  fc.tuple(
    fc.maxSafeInteger(),
    fc.option(text),
    fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x))),
    fc.option(fc.boolean()),
  ),
  { minLength: 1, maxLength: 8 },
)

describe('CSV', () => {
  it('quotes what RFC 4180 asks for, doubles quotes, ends lines with CR LF', () => {
    expect(csvLine([1, 'a,b', 'say "so"', 0.1, null, '', true])).toBe('1,"a,b","say ""so""",0.1,,"",true\r\n')
    expect(fieldsOf('1,"a,b","say ""so""",0.1,,"",true\r\n')).toEqual(['1', 'a,b', 'say "so"', '0.1', null, '', 'true'])
  })

  it('every row reads back as it was written', () => {
    fc.assert(
      fc.property(rows, (all) => {
        for (const row of all) expect(rowOfRecord(COLUMNS, csvLine(row))).toEqual(row)
      }),
    )
  })

  it('a file that is torn anywhere is whole up to its last complete row, however it is read', () => {
    fc.assert(
      fc.property(rows, fc.nat(), fc.integer({ min: 1, max: 40 }), (all, cut, chunk) => {
        const lines = all.map((row) => new TextEncoder().encode(csvLine(row)))
        const file = Uint8Array.from(lines.flatMap((line) => [...line]))
        const torn = file.subarray(0, cut % (file.length + 1))
        const scanner = new RecordScanner()
        for (let at = 0; at < torn.length; at += chunk) scanner.take(torn.subarray(at, at + chunk))
        let [whole, records] = [0, 0]
        while (records < lines.length && whole + lines[records]!.length <= torn.length)
          whole += lines[records++]!.length
        expect([scanner.wholeBytes, scanner.records]).toEqual([whole, records])
      }),
    )
  })
})
