import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deflateRaw, inflateRaw } from './compress.ts'
import { toBase64url } from '../../engine/scenario/base64url.ts'
import { decodeLink, encodeLink, type LinkState } from '../../engine/scenario/link.ts'
import { parseScenario } from '../../engine/scenario/parse.ts'
import { PRESETS } from '../../engine/scenario/presets/index.ts'

const RUNS = 1_200
const SENTENCE = /^link: [^\u0000-\u001f\u2028\u2029]{3,500}$/

const states = PRESETS.map(({ scenario }): LinkState => ({
  scenario,
  log: scenario.faults,
  timeUs: 1,
  camera: [],
  rulesVersion: 1,
  digest: null,
}))
const codes = await Promise.all(
  states.map(async (state) => {
    const link = await encodeLink(state, deflateRaw)
    return link.ok ? link.value.code : ''
  }),
)

async function judge(text: string): Promise<void> {
  const started = performance.now()
  const state = await decodeLink(text, inflateRaw)
  expect(performance.now() - started).toBeLessThan(2_000)
  if (state.ok) expect(parseScenario(state.value.scenario)).toEqual({ ok: true, value: state.value.scenario })
  else expect(state.error).toMatch(SENTENCE)
}

/** The property of scenario/link.ts together with the platform's own streams, as the page and the commands use them. */
describe('mangled links', () => {
  it('open or give one sentence, never throw, in bounded time: damaged characters', async () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.nat({ max: 30 }),
      fc.oneof(fc.base64String({ maxLength: 8 }), fc.string({ maxLength: 8 })),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...codes),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        async (code, edits) => {
          let text = code
          for (const [place, length, put] of edits) {
            const at = place % (text.length + 1)
            text = text.slice(0, at) + put + text.slice(at + length)
          }
          await judge(text)
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('well-formed outside, foreign inside', async () => {
    const part = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('first-swarm', ['first-swarm', 50], 0, [], {}, null),
    )
    const command = fc.array(fc.oneof(fc.integer({ min: -3, max: 20 }), fc.jsonValue({ maxDepth: 1 })), {
      maxLength: 7,
    })
    const parts = fc.tuple(
      fc.oneof(fc.constantFrom<unknown>('raft-lan', 'first-swarm', ['raft-regions', 7]), part),
      fc.oneof(fc.constant<unknown>(1), part),
      fc.oneof(
        fc.constant<unknown>(0),
        fc.array(
          fc.tuple(
            fc.constantFrom('seed', 'swarm.agents', 'network.latency.kind', 'programs.raft.on', '__proto__.x', 'a.b'),
            part,
          ),
        ),
        part,
      ),
      fc.oneof(fc.constant<unknown>(0), fc.array(command), part),
      fc.oneof(fc.constant<unknown>(0), fc.array(command), part),
      fc.oneof(fc.constant<unknown>(0), part),
      fc.oneof(fc.constant<unknown>([]), part),
      fc.oneof(fc.constant<unknown>(1), part),
      fc.oneof(fc.constant<unknown>(0), part),
    )
    await fc.assert(
      fc.asyncProperty(parts, async (packed) => {
        const json = JSON.stringify(packed).replace(/[\u007f-\uffff]/g, '?')
        await judge(`1.${toBase64url(await deflateRaw(Uint8Array.from(json, (c) => c.charCodeAt(0))))}`)
      }),
      { numRuns: RUNS },
    )
    expect(({} as any).x).toBeUndefined()
  })

  it('random bytes and random text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (bytes) => judge(`1.${toBase64url(bytes)}`)),
      { numRuns: RUNS },
    )
    await fc.assert(fc.asyncProperty(fc.string({ maxLength: 300, unit: 'binary' }), judge), { numRuns: RUNS })
  })
})
