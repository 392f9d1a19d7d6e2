import { requireNode } from './nodeVersion.mjs'
requireNode()

const { join } = await import('node:path')
const { pathToFileURL } = await import('node:url')
const { installIfMissing } = await import('./install.mjs')
const { BUNDLES, bundleNode } = await import('./bundleNode.mjs')

installIfMissing()
const entries = await bundleNode().catch((/** @type {Error} */ error) => {
  console.error(`The headless command could not be bundled.\n${error.message}`)
  process.exit(1)
})
if (!entries.includes('lab')) {
  console.error('The headless command is not here: workers/node/lab.ts is missing.')
  process.exit(1)
}
process.setSourceMapsEnabled(true) // a stack trace names the TypeScript line
await import(pathToFileURL(join(BUNDLES, 'lab.mjs')).href)
