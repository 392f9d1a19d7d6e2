import type { Result } from '../../engine/kernel/result.ts'
import type { LinkState } from '../../engine/scenario/link.ts'
import type { Scenario } from '../../engine/scenario/Scenario.ts'
import { newId } from './newId.ts'

/** What this browser keeps: scenarios of one's own, and the runs that were open last. In IndexedDB; never sent. */

export interface OwnScenario {
  readonly id: string
  readonly title: string
  /** Plain data from an earlier visit: parsed again before it is run. */
  readonly scenario: Scenario
  /** When it was saved first, wall ms; the list is in this order. */
  readonly savedAt: number
}

export interface RecentRun {
  /** Fingerprint of scenario and log: the same run twice is one entry. */
  readonly id: string
  /** The entry of a tab's history that it was seen in; while it is open its record moves on with it. */
  readonly entry: string
  readonly run: LinkState
  /** When it was on screen last, wall ms. */
  readonly seenAt: number
}

export const RECENT_MAX = 20
export const OWN_MAX = 500

const DATABASE = 'swarm-lab'
const ok = <T>(value: T): Result<T> => ({ ok: true, value })
const listeners = new Set<() => void>()
/** Calls `listener` after every change made by this page; returns what ends that. */
export function onLibrary(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

let opened: Promise<IDBDatabase> | null = null
function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('own', { keyPath: 'id' })
      const recent = request.result.createObjectStore('recent', { keyPath: 'id' })
      recent.createIndex('entry', 'entry')
      recent.createIndex('seenAt', 'seenAt')
    }
    request.onsuccess = () => {
      const forget = (): void => void (opened = null)
      request.result.onclose = forget
      request.result.onversionchange = () => {
        request.result.close() // a newer page in another tab
        forget()
      }
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
  })
  opened.catch(() => (opened = null))
  return opened
}

/** One transaction: all of it or nothing. Resolves when it is on disk. */
async function change(store: 'own' | 'recent', work: (records: IDBObjectStore) => void): Promise<void> {
  const transaction = (await database()).transaction(store, 'readwrite')
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    work(transaction.objectStore(store))
  })
  for (const listener of listeners) listener()
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function all<T>(store: 'own' | 'recent'): Promise<T[]> {
  try {
    const records = (await database()).transaction(store).objectStore(store)
    return (await answer(records.getAll())) as T[]
  } catch {
    return [] // storage switched off: nothing is kept, everything else works
  }
}

/** Why a write failed, as one sentence; nothing that was stored before is lost. */
function failure(what: string, error: unknown): { readonly ok: false; readonly error: string } {
  const full = error instanceof DOMException && error.name === 'QuotaExceededError'
  const why = full ? 'the browser’s storage is full' : 'the browser does not let this page store anything'
  return { ok: false, error: `${what} was not saved: ${why}; save it as a file instead.` }
}

/** Scenarios of one's own, oldest first. */
export const ownScenarios = async (): Promise<OwnScenario[]> =>
  (await all<OwnScenario>('own')).sort((a, b) => a.savedAt - b.savedAt)

/** Adds or replaces; a refused write changes nothing. */
export async function putOwn(own: OwnScenario): Promise<Result<OwnScenario>> {
  const known = await ownScenarios()
  if (known.length >= OWN_MAX && !known.some(({ id }) => id === own.id))
    return { ok: false, error: `“${own.title}” was not saved: ${known.length} scenarios of your own are the most.` }
  try {
    await change('own', (records) => void records.put(own))
    return ok(own)
  } catch (error) {
    return failure(`“${own.title}”`, error)
  }
}

/** A new one; `taken` are the names of the built-in scenarios, which it must not have. */
export async function saveOwn(scenario: Scenario, taken: readonly string[]): Promise<Result<OwnScenario>> {
  const own = await ownScenarios()
  const title = freeText(
    scenario.title,
    own.map((other) => other.title),
  )
  const name = freeName(slug(title), [...taken, ...own.map((other) => other.scenario.name)])
  return putOwn({ id: newId(), title, scenario: { ...scenario, name, title, group: 'custom' }, savedAt: Date.now() })
}

export async function deleteOwn(id: string): Promise<Result<true>> {
  try {
    await change('own', (records) => void records.delete(id))
    return ok(true)
  } catch (error) {
    return failure('The change', error)
  }
}

export const slug = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 56)
    .replace(/^-+|-+$/g, '') || 'scenario'

const freeName = (name: string, taken: readonly string[]): string => free(name, taken, (n) => `${name}-${n}`)
const freeText = (title: string, taken: readonly string[]): string =>
  free(title, taken, (n) => `${title.slice(0, 112)} (${n})`)
function free(first: string, taken: readonly string[], numbered: (n: number) => string): string {
  let text = first
  for (let n = 2; taken.includes(text); n++) text = numbered(n)
  return text
}

/** Runs that were open last, newest first. */
export const recentRuns = async (): Promise<RecentRun[]> =>
  (await all<RecentRun>('recent')).sort((a, b) => b.seenAt - a.seenAt)

/** Notes how far a run is; the oldest of more than RECENT_MAX go. Never rejects: recent runs are a convenience. */
export async function keepRecent(entry: string, run: LinkState): Promise<void> {
  const id = fingerprint(JSON.stringify([run.scenario, run.log]))
  try {
    await change('recent', (records) => {
      records.index('entry').getAllKeys(entry).onsuccess = (event) => {
        for (const old of keysOf(event)) if (old !== id) records.delete(old)
        try {
          records.put({ id, entry, run, seenAt: Date.now() } satisfies RecentRun)
        } catch {
          return records.transaction.abort()
        }
        records.index('seenAt').openKeyCursor(null, 'prev').onsuccess = dropBeyond(records, RECENT_MAX)
      }
    })
  } catch {
    // full or switched off: what is open is not affected
  }
}

const keysOf = (event: Event): readonly IDBValidKey[] => (event.target as IDBRequest<IDBValidKey[]>).result

/** Walks the newest `max` records and deletes every further one. */
function dropBeyond(records: IDBObjectStore, max: number): (event: Event) => void {
  let seen = 0
  return (event) => {
    const cursor = (event.target as IDBRequest<IDBCursor | null>).result
    if (!cursor) return
    if (++seen > max) records.delete(cursor.primaryKey)
    cursor.continue()
  }
}

/** Two 32-bit FNV-1a sums as text: names a run among twenty, protects nothing. */
function fingerprint(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193)
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - i), 0x01000193)
  }
  return `${(a >>> 0).toString(16)}-${(b >>> 0).toString(16)}-${text.length.toString(16)}`
}
