import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import { parentPort } from 'node:worker_threads'
import { runJob, type Job } from '../claims/runJob.ts'

/** One job at a time; an error ends the thread, and its parent says so. */
parentPort!.on('message', (job: Job) => parentPort!.postMessage(runJob(job)))
