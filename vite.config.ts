import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { PRESETS } from './engine/scenario/presets/index.ts'
import { ownShadersOnly } from './workers/setup/threeShaders.ts'
import { formatNotices, notices } from './workers/setup/notices.ts'
import headers from './workers/setup/headers.json' with { type: 'json' }

/** Licences ask that their text goes with every copy. */
const thirdPartyNotices = (): Plugin => ({
  name: 'third-party-notices',
  apply: 'build',
  generateBundle() {
    const source = formatNotices(notices(import.meta.dirname))
    this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source })
  },
})

/** The first scenario as data, so that the first picture waits for no parser; checked when it was built. */
const openingScenario = (): Plugin => ({
  name: 'opening-scenario',
  resolveId: (id) => (id === 'virtual:opening' ? `\0${id}` : undefined),
  load(id) {
    if (id !== '\0virtual:opening') return undefined
    const { scenario, openAtUs } = PRESETS[0]!
    return `export const scenario = ${JSON.stringify(scenario)}\nexport const openAtUs = ${openAtUs}`
  },
})

export default defineConfig({
  base: './', // any host, any sub-path
  plugins: [react(), thirdPartyNotices(), openingScenario(), ownShadersOnly()],
  worker: { format: 'es' },
  // The development server writes inline scripts and styles of its own, so the policy is the production server's only.
  server: { headers: headers.isolation },
  preview: { headers: { ...headers.isolation, ...headers.protection } },
  build: {
    target: 'es2023',
    manifest: true, // read by workers/setup/bundleSize.mjs
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the policy allows no data: fonts or scripts
    chunkSizeWarningLimit: 1000, // three; what counts is workers/setup/bundleSize.mjs
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'three', test: /[\\/]node_modules[\\/]three[\\/]/ },
          ],
        },
      },
    },
  },
})
