import { rmSync } from 'node:fs'
import { BUNDLES, bundleNode } from './bundleNode.mjs'

/**
 * Before any test: tests start worker threads from .cache/node, as the headless command does. Where the bundle fails,
 * the old one goes too, so that those tests fail and the others still say what they know.
 */
export async function setup() {
  try {
    await bundleNode()
  } catch (error) {
    rmSync(BUNDLES, { recursive: true, force: true })
    console.error(error)
  }
}
