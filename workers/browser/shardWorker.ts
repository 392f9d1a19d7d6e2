import * as Comlink from 'comlink'
import { ShardWorker } from '../shared/ShardWorker.ts'

/** A worker that runs one shard; the page sends it a port on which the lead speaks to it. */
self.onmessage = ({ data }: MessageEvent) => {
  if (data?.port instanceof MessagePort) Comlink.expose(new ShardWorker(), data.port)
}
