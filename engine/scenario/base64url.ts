import { fail, ok, type Result } from '../kernel/result.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** RFC 4648 §5 without padding: safe in the fragment of an address. */
export function toBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += ALPHABET[word >>> 18]! + ALPHABET[(word >>> 12) & 63]!
    if (left > 1) text += ALPHABET[(word >>> 6) & 63]!
    if (left > 2) text += ALPHABET[word & 63]!
  }
  return text
}

/** Refuses, with the place, any other character and a length that no bytes have. */
export function fromBase64url(text: string): Result<Uint8Array> {
  const tail = text.length % 4
  if (tail === 1) return fail(`${text.length} characters are one too many or too few`)
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let word = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const digit = ALPHABET.indexOf(text[i]!)
    if (digit === -1) return fail(`character ${i + 1} is not one of A-Z a-z 0-9 - _`)
    word = ((word << 6) | digit) & 0xffffff
    bits += 6
    if (bits >= 8) bytes[at++] = (word >>> (bits -= 8)) & 255
  }
  return ok(bytes)
}
