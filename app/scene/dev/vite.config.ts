import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The stage by itself, with invented frames: npx vite -c app/scene/dev/vite.config.ts */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../../../node_modules/.vite-stage',
  plugins: [react()],
  server: { port: 5391, strictPort: true },
})
