/** Plain data: structured-cloneable, hashable, JSON. State, messages, records and marks are made of nothing else. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain | undefined }

/** A deep copy of mutable plain data; typed arrays are copied, everything else is rebuilt. */
export function clonePlain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const copy = new Array(value.length)
    for (let i = 0; i < value.length; i++) copy[i] = clonePlain(value[i])
    return copy as T
  }
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).slice() as T
  // Spread first: it keeps the shape, which building field by field loses for states of many fields.
  const copy = { ...value } as Record<string, unknown>
  for (const key in copy) if (typeof copy[key] === 'object') copy[key] = clonePlain(copy[key])
  return copy as T
}
