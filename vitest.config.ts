import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{app,engine,workers}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    setupFiles: ['engine/programs.ts', 'engine/spaceModels.ts', 'workers/setup/propertySeed.mjs'],
    globalSetup: ['workers/setup/vitestSetup.mjs'],
    testTimeout: 30_000,
  },
})
