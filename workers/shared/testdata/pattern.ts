/** A message whose length and bytes follow from its number, so that a reader can tell loss, order and damage apart. */
export const expectedLength = (n: number, capacity: number): number => {
  if (n % 97 === 96) return 3 * capacity + (n % 11) // longer than the ring
  return (Math.imul(n, 2_654_435_761) >>> 8) % (capacity >>> 1)
}

export function fill(bytes: Uint8Array, n: number, length: number): void {
  for (let i = 0; i < length; i++) bytes[i] = n * 31 + i
}

/** What is wrong with message `n`, or ''. */
export function firstDamage(bytes: Uint8Array, offset: number, length: number, n: number, capacity: number): string {
  if (length !== expectedLength(n, capacity))
    return `message ${n} is ${length} bytes long, not ${expectedLength(n, capacity)}`
  for (let i = 0; i < length; i++) if (bytes[offset + i] !== ((n * 31 + i) & 255)) return `message ${n}, byte ${i}`
  return ''
}
