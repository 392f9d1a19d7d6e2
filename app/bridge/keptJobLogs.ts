import type { JobLog } from '../../workers/jobs/jobLogClient.ts'

/** Job logs that this browser keeps, by the hash of their files, so that a reload finds them. In IndexedDB. */

interface Kept extends Omit<JobLog, 'buffer'> {
  readonly rows: ArrayBuffer
  /** Wall ms. */
  readonly seenAt: number
}
/** The oldest of more go. */
const KEPT_MAX = 8
const NAME = 'swarm-lab-jobs'

let opened: Promise<IDBDatabase> | null = null
function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      const logs = request.result.createObjectStore('logs', { keyPath: 'sha256' })
      logs.createIndex('seenAt', 'seenAt')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  opened.catch(() => (opened = null))
  return opened
}

/** Null where it is not kept, or the browser keeps nothing. The rows are this page's own. */
export async function keptJobLog(sha256: string): Promise<(Omit<JobLog, 'buffer'> & { rows: ArrayBuffer }) | null> {
  try {
    const logs = (await database()).transaction('logs').objectStore('logs')
    const request: IDBRequest<Kept | undefined> = logs.get(sha256)
    return await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result ?? null)
      request.onerror = () => reject(request.error)
    })
  } catch {
    return null
  }
}

/** Resolves to whether it is kept; storage may be full or switched off, and then only a reload asks again. */
export async function keepJobLog({ buffer, ...log }: JobLog): Promise<boolean> {
  try {
    const transaction = (await database()).transaction('logs', 'readwrite')
    const logs = transaction.objectStore('logs')
    const rows = new Uint8Array(buffer).slice().buffer
    logs.put({ ...log, rows, seenAt: Date.now() } satisfies Kept)
    let seen = 0
    logs.index('seenAt').openKeyCursor(null, 'prev').onsuccess = (event) => {
      const cursor = (event.target as IDBRequest<IDBCursor | null>).result
      if (!cursor) return
      if (++seen > KEPT_MAX) logs.delete(cursor.primaryKey)
      cursor.continue()
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    return true
  } catch {
    return false
  }
}
