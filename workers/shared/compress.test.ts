import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase64url } from '../../engine/scenario/base64url.ts'
import { decodeLink } from '../../engine/scenario/link.ts'
import { deflateRaw, inflateRaw } from './compress.ts'

describe('deflateRaw and inflateRaw', () => {
  it('are inverse', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 20_000 }), async (bytes) => {
        expect(await inflateRaw(await deflateRaw(bytes), 20_000)).toEqual({ ok: true, value: bytes })
      }),
    )
  })
  it('stop a bomb of 50 MB of zeros at the cap, long before it has inflated', async () => {
    const bomb = await deflateRaw(new Uint8Array(50_000_000))
    expect(bomb.length).toBeLessThan(60_000)
    const started = performance.now()
    expect(await inflateRaw(bomb, 262_144)).toEqual({ ok: false, error: 'it inflates past the 262144 bytes allowed' })
    expect(performance.now() - started).toBeLessThan(1_000)
  })
  it('refuse what is cut short or damaged', async () => {
    const whole = await deflateRaw(new TextEncoder().encode('the quick brown fox'.repeat(50)))
    expect((await inflateRaw(whole.slice(0, -2), 10_000)).ok).toBe(false)
    expect((await inflateRaw(Uint8Array.of(255, 255, 255), 10_000)).ok).toBe(false)
    expect((await inflateRaw(new Uint8Array(0), 10_000)).ok).toBe(false)
  })
  it('keep a bomb that fits into a link (8.5 MB of zeros) from being opened', async () => {
    const link = `1.${toBase64url(await deflateRaw(new Uint8Array(8_500_000)))}`
    expect(await decodeLink(link, inflateRaw)).toEqual({
      ok: false,
      error: 'link: damaged, it inflates past the 262144 bytes allowed',
    })
  })
})
