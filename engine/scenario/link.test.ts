import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toBase64url } from './base64url.ts'
import { LIMITS } from './limits.ts'
import { fail, ok } from '../kernel/result.ts'
import { decodeLink, type Deflate, encodeLink, type Inflate, type LinkState } from './link.ts'
import { parseLog, parseScenario } from './parse.ts'
import { PRESETS } from './presets/index.ts'
import type { Command, Scenario } from './Scenario.ts'
import { setFields } from './set.ts'

/**
 * The page and the headless commands use workers/shared/compress.ts; a second implementation shows what the format is.
 */
const deflateRaw: Deflate = promisify(zlib.deflateRaw)
const inflateRaw: Inflate = async (bytes, maxBytes) => {
  try {
    return ok(
      await promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.inflateRaw)(bytes, { maxOutputLength: maxBytes }),
    )
  } catch (error) {
    const isBomb = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
    return fail(
      isBomb ? `it inflates past the ${maxBytes} bytes allowed` : 'it is not deflated data, or its end is missing',
    )
  }
}

const stateOf = (scenario: Scenario, log: readonly Command[] = scenario.faults): LinkState => ({
  scenario,
  log,
  timeUs: 4_200_000,
  camera: [1.5, -2.25, 0.001],
  rulesVersion: 1,
  digest: { timeUs: 4_000_000, value: 'a91f03c7a91f03c7' },
})
const encode = async (state: LinkState) => {
  const link = await encodeLink(state, deflateRaw)
  if (!link.ok) throw new Error(link.error)
  return link.value
}
const decode = (text: string) => decodeLink(text, inflateRaw)
const errorOf = async (text: string): Promise<string> => {
  const state = await decode(text)
  return state.ok ? 'opened' : state.error
}
const codeOf = async (parts: unknown): Promise<string> =>
  `1.${toBase64url(await deflateRaw(Uint8Array.from(JSON.stringify(parts), (c) => c.charCodeAt(0))))}`

const first = PRESETS[0]!.scenario
/** Twelve faults of every family: what somebody who plays for a while leaves behind. */
const TWELVE = [
  { at: 3_800_000, op: 'crash', agent: 'leader', forUs: 3_000_000 },
  { at: 4_512_345, op: 'partition', side: { group: 1 }, forUs: 2_000_000 },
  { at: 5_100_000, op: 'heal' },
  { at: 5_300_217, op: 'cut', from: [0, 40], to: 'leader', forUs: 700_000 },
  { at: 6_000_000, op: 'slow', agent: 81, factor: 20, forUs: 1_000_000 },
  { at: 6_250_000, op: 'lose', probability: 0.2, from: 'all', to: 'all', kind: 'append', forUs: 500_000 },
  { at: 7_000_001, op: 'delay', us: 80_000, from: { group: 3 }, to: 'all', forUs: 500_000 },
  { at: 7_700_000, op: 'dropMessage', src: 40, seq: 1_234 },
  { at: 8_000_000, op: 'join', group: 2 },
  { at: 8_500_000, op: 'crash', agent: 200 },
  { at: 9_000_000, op: 'pause', agent: 'follower', forUs: 250_000 },
  { at: 9_999_999, op: 'propose', agent: 'leader', program: 'raft', value: { op: 'propose', value: 3 } },
] as const satisfies readonly Command[]

describe('share links', () => {
  it('bring back every built-in scenario at every size, changed or not', async () => {
    for (const preset of PRESETS) {
      for (const agents of [preset.sizes.min, preset.sizes.default, preset.sizes.max]) {
        const plain = { ...preset.withAgents(agents), seed: 4_000_000_000 }
        const changed = setFields(plain, [
          'network.loss=0.02',
          'pace=0.5',
          'faults=[{"at":7,"op":"heal"}]',
          'checks=[]',
        ])
        if (!changed.ok) throw new Error(changed.error)
        for (const scenario of [plain, changed.value]) {
          const state = stateOf(scenario)
          expect(await decode((await encode(state)).code)).toEqual({ ok: true, value: state })
        }
      }
    }
  })

  it('bring back a custom scenario, non-ASCII title included, without its defaults', async () => {
    const custom = parseScenario({
      name: 'mine',
      title: 'São Paulo, 東京 und 😀',
      swarm: { agents: 6 },
      topology: { kind: 'ring', weights: [{ a: 0, b: 1, weight: 4 }] },
      network: { latency: { kind: 'exponential', meanUs: 9 } },
      programs: [
        { kind: 'raft', params: { preVote: true } },
        { kind: 'client', on: [5], params: { servers: [1, 2] } },
      ],
      faults: [{ at: 3, op: 'propose', agent: 1, program: 'raft', value: null }],
    })
    if (!custom.ok) throw new Error(custom.error)
    const link = await encode(stateOf(custom.value))
    expect(await decode(link.code)).toEqual({ ok: true, value: stateOf(custom.value) })
    expect(link.code.length).toBeLessThan(450)
  })

  it('first-swarm with twelve faults of every family stays below 500 characters', async () => {
    const log = parseLog(TWELVE, first)
    if (!log.ok) throw new Error(log.error)
    const link = await encode(stateOf(first, log.value))
    expect(await decode(link.fragment)).toEqual({ ok: true, value: stateOf(first, log.value) })
    expect(link.code.length).toBeLessThan(500)
    expect(link.warning).toBeNull()
    // 293 when written; stated so that growth is noticed. The exact figure depends on the platform's deflate.
    expect(link.code.length).toBeLessThanOrEqual(320)
  })

  it('open from an address, a fragment or a bare code, as pasting leaves them', async () => {
    const { code, fragment } = await encode(stateOf(first))
    for (const text of [code, fragment, `https://lab.example/x/${fragment}`, `  ${code}\n`, `(${code}).`, `s=${code}`])
      expect((await decode(text)).ok).toBe(true)
  })

  it('warn above 2,000 characters and are refused above 12,000, with the advice to use a file', async () => {
    const clicks = (count: number): Command[] =>
      Array.from({ length: count }, (_, i) => ({
        at: i * 9_973 + ((i * 7_919) % 5_003),
        op: 'delayMessage',
        src: (i * 37) % 200,
        seq: Math.imul(i, 0x9e3779b1) >>> 0,
        us: 1 + (Math.imul(i, 0x7feb352d) >>> 4),
      }))
    expect((await encode(stateOf(first, clicks(200)))).warning).toMatch(/^The link has .* a file is safer\.$/)
    const long = await encodeLink(stateOf(first, clicks(1_000)), deflateRaw)
    expect(long.ok ? `a link of ${long.value.code.length}` : long.error).toMatch(
      /^link: 1\d,\d{3} characters are above the 12,000 allowed; save it as a file instead$/,
    )
  })

  it.each([
    ['', 'link: "" does not start with a version number and a dot, like "1."'],
    ['hello', 'link: "hello" does not start with a version number and a dot, like "1."'],
    ['2.AAAA', 'link: version 2 was made by a newer lab; this one reads 1..1'],
    ['0.AAAA', 'link: version 0 does not exist; versions start at 1'],
    ['1.AA*A', 'link: damaged, character 3 is not one of A-Z a-z 0-9 - _'],
    ['1.AAAAA', 'link: damaged, 5 characters are one too many or too few'],
    ['1.AAAA', 'link: damaged, it is not deflated data, or its end is missing'],
    ['1.', 'link: "1" does not start with a version number and a dot, like "1."'],
    [`1.${'A'.repeat(12_000)}`, 'link: 12,002 characters are above the 12,000 allowed'],
  ])('refuse %j with one sentence', async (text, sentence) => {
    expect(await errorOf(text)).toBe(sentence)
  })

  it.each<[string, unknown]>([
    ['link: damaged, it does not hold the nine parts of version 1', {}],
    ['link: scenario: "raft-lam" is not built in; did you mean "raft-lan"?', ['raft-lam', 1, 0, 0, 0, 0, [], 1, 0]],
    ['link: swarm.agents: 31 is not a size of first-swarm, 10..5000', [['first-swarm', 31], 1, 0, 0, 0, 0, [], 1, 0]],
    ['link: network.loss: 1.4 is outside 0..1', ['raft-lan', 1, [['network.loss', 1.4]], 0, 0, 0, [], 1, 0]],
    ['link: seed: "x" is not a whole number', ['raft-lan', 'x', 0, 0, 0, 0, [], 1, 0]],
    ['link: log[0].agent: agent 99 is outside 0..9 at that time', ['raft-lan', 1, 0, 0, [[0, 5, 99]], 0, [], 1, 0]],
    ['link: log: damaged, not a list of commands', ['raft-lan', 1, 0, 0, [[77, 5]], 0, [], 1, 0]],
    ['link: time: -4 is outside 0..9007199254740991', ['raft-lan', 1, 0, 0, 0, -4, [], 1, 0]],
    ['link: camera: "up" is not a list of at most 16 numbers', ['raft-lan', 1, 0, 0, 0, 0, 'up', 1, 0]],
    ['link: digest: a list of 2 is not a time and a hexadecimal number', ['raft-lan', 1, 0, 0, 0, 0, [], 1, [1, 'zz']]],
    [
      'link: programs: none is named and there is no space, so nothing happens; name at least one program',
      [{ name: 'mine' }, 1, 0, 0, 0, 0, [], 1, 0],
    ],
  ])('name the part that is wrong: %s', async (sentence, parts) => {
    expect(await errorOf(await codeOf(parts))).toBe(sentence)
  })

  it('give up a bomb at the cap', async () => {
    // 12,000 characters hold about 9 kB, and deflate shrinks zeros a thousandfold.
    const bomb = `1.${toBase64url(await deflateRaw(new Uint8Array(8_500_000)))}`
    expect(bomb.length).toBeGreaterThan(10_000)
    expect(bomb.length).toBeLessThan(LIMITS.linkCharsMax)
    expect(await errorOf(bomb)).toBe('link: damaged, it inflates past the 262144 bytes allowed')
  })
})

/** A custom scenario is frozen whole; of a built-in one, what the link itself carries (its tuning may move on). */
describe('frozen links', () => {
  const fixtures = JSON.parse(readFileSync(new URL('testdata/links-v1.json', import.meta.url), 'utf8')) as {
    code: string
    state: LinkState
  }[]
  it.each(fixtures.map(({ code, state }) => [state.scenario.name, code, state] as const))(
    'a version 1 link of %s opens for ever',
    async (_, code, state) => {
      expect(await decode(code)).toMatchObject({ ok: true, value: state })
    },
  )
})
