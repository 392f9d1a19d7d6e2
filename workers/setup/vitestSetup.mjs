import { bundleNode } from './bundleNode.mjs'

/** Before any test: tests start worker threads from .cache/node, as the headless command does. */
export async function setup() {
  await bundleNode()
}
