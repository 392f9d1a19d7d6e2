import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page on a scripted look-alike of the engine: `npx vite --config app/dev/vite.config.ts`. Never part of a build. */
const root = resolve(import.meta.dirname, '../..')
export default defineConfig({
  root,
  cacheDir: resolve(root, 'node_modules/.vite-dev-page'),
  server: { port: 5177, strictPort: true, headers: { 'Cross-Origin-Opener-Policy': 'same-origin' } },
  plugins: [
    react(),
    {
      name: 'scripted-engine',
      enforce: 'pre',
      resolveId: (id) => (id.endsWith('workers/browser/client.ts') ? resolve(root, 'app/dev/fakeClient.ts') : null),
      configureServer(server) {
        server.middlewares.use((req, res, next) => {
          if (req.url?.split('?')[0] !== '/') return next()
          const html = readFileSync(resolve(root, 'app/dev/index.html'), 'utf8')
          void server.transformIndexHtml('/', html).then((text) => {
            res.setHeader('content-type', 'text/html')
            res.end(text)
          })
        })
      },
    },
  ],
})
