import { readFileSync } from 'node:fs'
import type { Bench, BenchRow } from './Bench.ts'

/** Written by the end-to-end suite, which has a page; seen from the bundled command, in .cache/node. */
const RECORDED = new URL('../page-speed.json', import.meta.url)

/** The page's figures as the end-to-end suite last recorded them; none where it has not run here. */
export const pageBench: Bench = {
  name: 'page',
  title: 'The page at 10,000 and 20,000 agents and at 100,000 bodies, as the end-to-end suite last recorded it',
  async run(): Promise<readonly BenchRow[]> {
    try {
      return JSON.parse(readFileSync(RECORDED, 'utf8')) as readonly BenchRow[]
    } catch {
      console.error('page: not recorded here yet; npm test -- build e2e does it')
      return []
    }
  },
}
