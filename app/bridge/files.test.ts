import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../engine/scenario/limits.ts'
import { FILE_BYTES_MAX, headProblem, isJobLog, readText, type FileHead } from './files.ts'

const bytes = (...list: number[]): ArrayBuffer => Uint8Array.from(list).buffer
/** A file whose contents must not be touched, or are those given. */
const file = (head: Partial<FileHead>, contents?: ArrayBuffer) => ({
  name: 'x.json',
  size: contents?.byteLength ?? 1,
  type: 'application/json',
  ...head,
  arrayBuffer: () => (contents ? Promise.resolve(contents) : Promise.reject(new Error('it was read'))),
})

describe('a file that is opened', () => {
  it('has the bound that the engine has', () => expect(FILE_BYTES_MAX).toBe(LIMITS.scenarioBytesMax))

  it.each<[FileHead, string]>([
    [
      { name: 'huge.json', size: 2 ** 30, type: 'application/json' },
      'huge.json: 1,073,741,824 bytes is outside 1..1,048,576 of a scenario.',
    ],
    [
      { name: 'empty.json', size: 0, type: '' },
      'empty.json: 0 bytes is an empty file; a scenario names at least one program.',
    ],
    [
      { name: 'cat.png', size: 9, type: 'image/png' },
      'cat.png: image/png is not a scenario, which is a file of text in JSON.',
    ],
    [
      { name: 'a.zip', size: 9, type: 'application/zip' },
      'a.zip: application/zip is not a scenario, which is a file of text in JSON.',
    ],
  ])('is refused unread, with one sentence: $name', async (head, sentence) => {
    expect(headProblem(head)).toBe(sentence)
    expect(await readText(file(head))).toEqual({ ok: false, error: sentence })
  })

  it('is refused where it is not text', async () => {
    const sentence = 'x.json: not a text, so not a scenario.'
    expect(await readText(file({}, bytes(0xff, 0xfe, 0x41)))).toEqual({ ok: false, error: sentence })
    expect(await readText(file({}, bytes(0x50, 0, 0x4b)))).toEqual({ ok: false, error: sentence })
  })

  it('is refused where the browser cannot read it, as a folder', async () => {
    expect(await readText(file({ name: 'folder', type: '' }))).toMatchObject({ ok: false })
  })

  it('is its text otherwise, with or without a byte order mark', async () => {
    expect(await readText(file({}, bytes(0x7b, 0x7d)))).toEqual({ ok: true, value: '{}' })
    expect(await readText(file({}, bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d)))).toEqual({ ok: true, value: '{}' })
  })
})

describe('a job log among other files', () => {
  const named = (name: string, text: string): Promise<boolean> => isJobLog(new File([text], name))
  it('is told by its name, or by what it begins with', async () => {
    expect(await named('any.swf', '')).toBe(true)
    expect(await named('log.txt', '; Version: 2.2\n')).toBe(true)
    expect(await named('log', '  1  0 -1 1451.5 128 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1\n')).toBe(true)
  })
  it('is no scenario and no other text', async () => {
    expect(await named('a.json', '{"name": "a"}')).toBe(false)
    expect(await named('a.txt', '1 2 3\n')).toBe(false)
    expect(await named('a.txt', 'notes; and more')).toBe(false)
  })
})
