import type { Row, SweepIdentity } from '../../workers/sweep/sweepClient.ts'

/** A sweep as the browser keeps it over a reload: what it is, and its rows by their numbers. */
export interface KeptSweep {
  /** Another number for every sweep: a tab whose sweep another tab has replaced must not mix its rows in. */
  readonly id: string
  readonly identity: SweepIdentity
  readonly goesOn: boolean
}

const NAME = 'swarm-lab-sweep'
const KEY = 'sweep'

let opened: Promise<IDBDatabase> | null = null
const database = (): Promise<IDBDatabase> =>
  (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('sweep')
      request.result.createObjectStore('rows')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB did not open'))
    request.onblocked = () => reject(new Error('another tab holds an older IndexedDB'))
  }))

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'))
  })

async function write(work: (sweep: IDBObjectStore, rows: IDBObjectStore) => void): Promise<void> {
  const transaction = (await database()).transaction(['sweep', 'rows'], 'readwrite')
  work(transaction.objectStore('sweep'), transaction.objectStore('rows'))
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB refused'))
  })
}

/** Another sweep takes the place of the one that is kept. */
export const keepSweep = (kept: KeptSweep): Promise<void> =>
  write((sweep, rows) => {
    rows.clear()
    sweep.put(kept, KEY)
  })

/** The rows from number `from` on, and whether the sweep goes on by itself after a reload. */
export const keepRows = (kept: KeptSweep, from: number, added: readonly Row[]): Promise<void> =>
  write((sweep, rows) => {
    const now: IDBRequest<KeptSweep | undefined> = sweep.get(KEY)
    now.onsuccess = () => {
      if (now.result?.id !== kept.id) return
      sweep.put(kept, KEY)
      added.forEach((row, i) => rows.put(row, from + i))
    }
  })

export const forgetSweep = (): Promise<void> =>
  write((sweep, rows) => {
    sweep.clear()
    rows.clear()
  })

/** What was kept, with the rows that follow each other from the first on; null where there is nothing. */
export async function keptSweep(): Promise<{ readonly kept: KeptSweep; readonly rows: readonly Row[] } | null> {
  const transaction = (await database()).transaction(['sweep', 'rows'], 'readonly')
  const rowsHere = transaction.objectStore('rows')
  const [kept, numbers, rows] = await Promise.all([
    answer<KeptSweep | undefined>(transaction.objectStore('sweep').get(KEY)),
    answer(rowsHere.getAllKeys()),
    answer<Row[]>(rowsHere.getAll()),
  ])
  if (kept === undefined) return null
  const gap = numbers.findIndex((number, i) => number !== i)
  return { kept, rows: gap < 0 ? rows : rows.slice(0, gap) }
}
