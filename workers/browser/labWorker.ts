import * as Comlink from 'comlink'
import { ShardWorker } from '../shared/ShardWorker.ts'
import { Lead } from './Lead.ts'

/**
 * The one worker script of the page: a worker named 'lead' is asked by the page, any other runs a shard and is asked by
 * the lead, on a port that the page sends.
 */
if (self.name === 'lead') Comlink.expose(new Lead())
else
  self.onmessage = ({ data }: MessageEvent) => {
    if (data?.port instanceof MessagePort) Comlink.expose(new ShardWorker(), data.port)
  }
