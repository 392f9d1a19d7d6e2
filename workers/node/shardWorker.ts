import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import * as Comlink from 'comlink'
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs'
import { parentPort } from 'node:worker_threads'
import { ShardWorker } from '../shared/ShardWorker.ts'

Comlink.expose(new ShardWorker(), nodeEndpoint(parentPort as never))
