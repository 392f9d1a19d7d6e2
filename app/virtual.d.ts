/** Made by the build from the first built-in scenario; see vite.config.ts. */
declare module 'virtual:opening' {
  import type { Scenario } from '../engine/scenario/Scenario.ts'
  export const scenario: Scenario
  export const openAtUs: number
}
