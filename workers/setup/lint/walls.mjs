import { posix } from 'node:path'

/**
 * The walls of the house: app → workers → engine, and inside engine rooms that meet only in its top-level files.
 * Paths are from the project's root, with forward slashes; a package is named as imported.
 */

/** Types of these may be imported by every room of the engine. */
const CONTRACTS = [
  'engine/agents/Program.ts',
  'engine/scenario/Scenario.ts',
  'engine/frame/frame.ts',
  'engine/space/SpaceModel.ts',
]

/**
 * What a room is built on besides the kernel: who shares out work needs queues, balancers and breakers. No way back.
 */
const BUILT_ON = /** @type {Record<string, readonly string[]>} */ ({
  'engine/tasks/': ['engine/resources/', 'engine/net/CircuitBreaker.ts'],
  'engine/resources/': ['engine/net/CircuitBreaker.ts'],
})

/** What of the engine runs on the page: its doors and plain tables. Types may come from anywhere. */
const PAGE_ENGINE = /^engine\/((frame|scenario|faults)\/|kernel\/(units|key)\.ts$|net\/regions\.ts$)/

/** What of the workers the page calls: the contract, the client, the probe and the two ends' common codec. */
const PAGE_WORKERS = [
  'workers/protocol.ts',
  'workers/browser/client.ts',
  'workers/claims/measureClaims.ts',
  'workers/compare/comparison.ts',
  'workers/jobs/jobLogClient.ts',
  'workers/probe/probe.ts',
  'workers/shared/compress.ts',
  'workers/sweep/csv.ts',
  'workers/sweep/sweepClient.ts',
]

/** Rooms of the workers that know no host; '' is protocol.ts. */
const IN_BROWSERS_TOO = ['shared', 'browser', 'sweep', 'compare', 'jobs', '']

const isTest = (/** @type {string} */ path) => /\.test\.\w+$|[fF]ixture\.ts$|\/testdata\/|\/testing\//.test(path)
const isDev = (/** @type {string} */ path) => /^app\/(\w+\/)*dev\//.test(path)
const isInside = (/** @type {string} */ path) => /^(app|engine|workers|e2e)\//.test(path)
const isNode = (/** @type {string} */ path) => path.startsWith('node:')

/** @param {string} path `engine/net/rules.ts` → `engine/net/`; `engine/index.ts` → `engine/` */
const roomOf = (path) => /^engine\/(?:[^/]+\/)?/.exec(path)?.[0] ?? ''

/**
 * @param {string} from the importing file
 * @param {string} specifier as written
 * @returns {string} the imported file from the project's root, or the package's name
 */
export const resolveImport = (from, specifier) =>
  specifier.startsWith('.')
    ? posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''))
    : specifier.startsWith('/')
      ? specifier.slice(1)
      : specifier

/**
 * Why an import is not allowed.
 * @param {string} from the importing file, from the project's root
 * @param {string} to what `resolveImport` makes of the specifier
 * @param {boolean} typeOnly whether nothing of it exists at run time
 * @returns {string | null} one sentence, or null where it is allowed
 */
export function wallBetween(from, to, typeOnly) {
  if (from.startsWith('engine/')) return engineWall(from, to, typeOnly)
  if (from.startsWith('workers/')) return workersWall(from, to)
  if (from.startsWith('app/')) return appWall(from, to, typeOnly)
  return null
}

/** @param {string} from @param {string} to @param {boolean} typeOnly */
function engineWall(from, to, typeOnly) {
  if (/^(app|workers|e2e)\//.test(to)) return 'The engine imports nothing from workers, app or e2e.'
  if (isTest(from)) return null
  if (isNode(to)) return 'The engine is pure: nothing of Node.'
  if (!isInside(to))
    return to === 'valibot' && from.startsWith('engine/scenario/')
      ? null
      : 'The engine uses no package; only scenario/ uses valibot.'
  if (isTest(to)) return 'Nothing but a test imports a test.'
  const room = roomOf(from)
  if (room === 'engine/' || room === roomOf(to)) return null
  if (room === 'engine/kernel/') return 'The kernel imports nothing outside the kernel.'
  if (to.startsWith('engine/kernel/') || to === 'engine/frame/frame.ts') return null
  if (BUILT_ON[room]?.some((base) => to.startsWith(base))) return null
  if (CONTRACTS.includes(to)) return typeOnly ? null : `Only types may be imported from ${to}.`
  return 'Rooms of the engine meet only in its top-level files and through messages.'
}

/** @param {string} from @param {string} to */
function workersWall(from, to) {
  if (/^(app|e2e)\//.test(to)) return 'Workers import nothing from app or e2e.'
  if (isTest(from) || from.startsWith('workers/setup/')) return null
  if (isTest(to)) return 'Nothing but a test imports a test.'
  const place = /^workers\/(\w+)\//.exec(from)?.[1] ?? ''
  const other = /^workers\/(\w+)\//.exec(to)?.[1] ?? ''
  if ((place === 'shared' || place === 'sweep') && (other === 'browser' || other === 'node'))
    return 'What both hosts share imports neither.'
  if ((place === 'browser' && other === 'node') || (place === 'node' && other === 'browser'))
    return 'The two hosts meet only in workers/shared.'
  if (isNode(to)) return IN_BROWSERS_TOO.includes(place) ? 'This runs in browsers too.' : null
  if (place === 'sweep' && to === 'hyparquet-writer') return null
  if (place === 'jobs' && to.startsWith('@noble/hashes/')) return null
  if (!isInside(to) && !/^comlink($|\/)/.test(to))
    return 'Workers use no package but comlink, the sweep its Parquet writer and job logs their hash.'
  return null
}

/** @param {string} from @param {string} to @param {boolean} typeOnly */
function appWall(from, to, typeOnly) {
  if (to.startsWith('e2e/')) return 'The page imports nothing from its tests.'
  if (isTest(from) || isDev(from)) return null
  if (isNode(to)) return 'The page runs in a browser.'
  if (isTest(to) || isDev(to)) return 'What is for development or tests stays out of the production build.'
  if (to.startsWith('engine/') && !typeOnly && !PAGE_ENGINE.test(to))
    return 'The page may use of the engine its types, frame/, scenario/, faults/, units, keys and regions.'
  if (to.startsWith('workers/') && !PAGE_WORKERS.includes(to))
    return 'The page talks to the workers through protocol.ts, the client and the probe.'
  return null
}
