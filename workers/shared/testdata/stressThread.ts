import { parentPort, workerData } from 'node:worker_threads'
import { AllReduce } from '../AllReduce.ts'
import { Outbox } from '../Outbox.ts'
import { RingReader, RingWriter } from '../ring.ts'
import { SeqlockReader, SeqlockWriter } from '../seqlock.ts'
import { calibrateLooks, Spinner } from '../spin.ts'
import { TripleBufferReader, TripleBufferWriter } from '../tripleBuffer.ts'
import { expectedLength, fill, firstDamage } from './pattern.ts'

export interface StressJob {
  readonly task: 'ringWrite' | 'ringRead' | 'allReduce' | 'tripleWrite' | 'tripleRead' | 'seqWrite' | 'seqRead'
  readonly memory: SharedArrayBuffer
  /** Ring capacity, rounds, or pictures, by task. */
  readonly capacity: number
  readonly count: number
  readonly me?: number
  readonly workers?: number
  readonly spin?: boolean
}

const looksOf = (job: StressJob): number => (job.spin ? calibrateLooks(() => performance.now()) : 0)

const TASKS: { readonly [T in StressJob['task']]: (job: StressJob) => unknown } = {
  ringWrite(job) {
    const writer = new RingWriter(job.memory, 0, job.capacity)
    const outbox = new Outbox(writer)
    const spinner = new Spinner(looksOf(job))
    const bytes = new Uint8Array(4 * job.capacity)
    for (let n = 0; n < job.count; n++) {
      const length = expectedLength(n, job.capacity)
      fill(bytes, n, length)
      outbox.send(bytes, 0, length)
      if (n % 7 === 0) while (!outbox.pump()) writer.waitForRoom(spinner, 1_000)
    }
    while (!outbox.pump()) writer.waitForRoom(spinner, 1_000)
    return 'written'
  },
  ringRead(job) {
    const reader = new RingReader(job.memory, 0, job.capacity)
    const spinner = new Spinner(looksOf(job))
    let n = 0
    let damage = ''
    while (n < job.count && damage === '') {
      if (!reader.wait(spinner, 10_000)) return `nothing came in 10 s after message ${n}`
      reader.drain((bytes, offset, length) => {
        damage ||= firstDamage(bytes, offset, length, n, job.capacity)
        n++
      })
    }
    return damage || `read ${n}`
  },
  allReduce(job) {
    const me = job.me!
    const all = new AllReduce(job.memory, 0, job.workers!, me, looksOf(job))
    for (let round = 0; round < job.count; round++) {
      all.publish(round * 10 + me)
      all.publish(me === round % job.workers! ? -1 : round, 1)
      if (all.arrive() === 'dead') return `dead in round ${round}`
      for (let w = 0; w < job.workers!; w++)
        if (all.value(w) !== round * 10 + w) return `worker ${me} saw ${all.value(w)} of ${w} in round ${round}`
      if (all.min(1) !== -1) return `worker ${me} missed the least in round ${round}`
    }
    return `met ${job.count} times`
  },
  tripleWrite(job) {
    const { memory, slots } = pictures(job)
    const writer = new TripleBufferWriter(memory, 0)
    for (let picture = 1; picture <= job.count; picture++) {
      slots[writer.back]!.fill(picture)
      writer.publish()
    }
    return 'published'
  },
  tripleRead(job) {
    const { memory, slots } = pictures(job)
    const reader = new TripleBufferReader(memory, 0)
    let last = 0
    let seen = 0
    while (last < job.count) {
      const slot = slots[reader.acquire()]!
      const picture = slot[0]!
      for (let i = 0; i < slot.length; i++) if (slot[i] !== picture) return `torn: ${slot[i]} in picture ${picture}`
      if (picture < last) return `went back from ${last} to ${picture}`
      if (picture > last) seen++
      last = picture
    }
    return seen > 0 ? 'whole' : 'saw nothing'
  },
  seqWrite(job) {
    const writer = new SeqlockWriter(job.memory, 0, job.capacity)
    const values = new Float64Array(job.capacity)
    for (let n = 1; n <= job.count; n++) writer.write(values.fill(n + 0.5))
    return 'published'
  },
  seqRead(job) {
    const reader = new SeqlockReader(job.memory, 0, job.capacity)
    const values = new Float64Array(job.capacity)
    while (values[0] !== job.count + 0.5) {
      const before = values[0]!
      if (!reader.read(values, 8)) continue
      if (values[0]! < before) return `went back from ${before} to ${values[0]}`
      for (const value of values) if (value !== values[0]) return `mixed: ${values.join(' ')}`
    }
    return 'whole'
  },
}

function pictures(job: StressJob): { memory: SharedArrayBuffer; slots: Float64Array[] } {
  const slots = [0, 1, 2].map((s) => new Float64Array(job.memory, 128 + s * 8 * job.capacity, job.capacity))
  return { memory: job.memory, slots }
}

const job = workerData as StressJob
parentPort!.postMessage(TASKS[job.task](job))
