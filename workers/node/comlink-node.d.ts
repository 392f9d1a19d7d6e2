declare module 'comlink/dist/esm/node-adapter.mjs' {
  import type { Endpoint } from 'comlink'
  /** Adapts a worker_threads Worker or MessagePort to what comlink expects. */
  export default function nodeEndpoint(port: import('node:worker_threads').MessagePort): Endpoint
}
