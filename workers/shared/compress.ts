import { fail, ok, type Result } from '../../engine/kernel/result.ts'

/** Raw deflate (RFC 1951) by the platform's own streams, which browsers and Node ≥ 20 share. */
export async function deflateRaw(bytes: Uint8Array): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of through(bytes, new CompressionStream('deflate-raw'))) chunks.push(chunk)
  return join(chunks)
}

/**
 * Inflates at most `maxBytes`: a bomb is given up as soon as it passes the cap, not after it has filled the memory.
 * Never throws; the sentence completes "damaged, …".
 */
export async function inflateRaw(bytes: Uint8Array, maxBytes: number): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of through(bytes, new DecompressionStream('deflate-raw'))) {
      size += chunk.length
      if (size > maxBytes) return fail(`it inflates past the ${maxBytes} bytes allowed`)
      chunks.push(chunk)
    }
  } catch {
    return fail('it is not deflated data, or its end is missing')
  }
  return ok(join(chunks))
}

/** Largest piece handed to the stream at once: 4 KiB of deflated zeros come out as 4 MiB. */
const PIECE = 4_096

/** What comes out of `stream`, chunk by chunk; leaving the loop early cancels it. */
async function* through(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): AsyncGenerator<Uint8Array> {
  const writer = stream.writable.getWriter()
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader()
  const write = async (): Promise<void> => {
    for (let at = 0; at < bytes.length; at += PIECE) await writer.write(bytes.slice(at, at + PIECE))
    await writer.close()
  }
  // A stream that fails or is cancelled rejects both ends; the reader's end is the one that reports it.
  const written = write().catch(() => undefined)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
    await writer.abort().catch(() => undefined)
    await written
  }
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
