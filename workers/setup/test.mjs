import { requireNode } from './nodeVersion.mjs'
requireNode()

const { spawnSync } = await import('node:child_process')
const { rmSync } = await import('node:fs')
const { join } = await import('node:path')
const { CACHE, ROOT, readText } = await import('./files.mjs')
const { installIfMissing } = await import('./install.mjs')
const { build, buildIfStale } = await import('./build.mjs')
const { installAxeIfMissing } = await import('./installAxe.mjs')
const { installBrowserIfMissing } = await import('./installBrowser.mjs')
const { closingLine, failuresOf, single, sum, tallyOfPlaywright, tallyOfVitest } = await import('./tally.mjs')

/** @typedef {import('./tally.mjs').Tally} Tally */

/** In this order. Each step runs even where an earlier one failed, so that one run shows everything that is wrong. */
const STEPS = /** @type {const} */ ({
  format: () => single(tool('prettier/bin/prettier.cjs', ['--check', '.'])),
  types: () => sum(TYPES.map((project) => single(tool('typescript/bin/tsc', ['-p', project])))),
  lint: () => single(tool('oxlint/bin/oxlint', ['--deny-warnings'])),
  unit,
  verify: () => single(node('workers/setup/lab.mjs', ['verify', '--quick'])),
  build: () => sum([single(build() === 0), single(node('workers/setup/bundleSize.mjs'))]),
  e2e: endToEnd,
})
const TYPES = ['engine', 'workers', 'workers/setup', 'app', 'e2e']

const chosen = process.argv.slice(2)
const unknown = chosen.find((name) => !(name in STEPS))
if (unknown !== undefined) {
  console.error(
    `"${unknown}" is no step of the tests: choose from ${Object.keys(STEPS).join(', ')}, or name none for all.`,
  )
  process.exit(2)
}

installIfMissing()
/** @type {Tally[]} */
const tallies = []
/** @type {string[]} */
const failures = []
for (const [name, step] of Object.entries(STEPS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`)
  const start = performance.now()
  const tally = await step()
  tallies.push(tally)
  if (tally.failed > 0) failures.push(`${name}: ${tally.failed} failed`)
  console.log(`   ${name}: ${closingLine(tally)} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
}
const total = sum(tallies)
if (failures.length > 0) console.log(`\nWhat failed:\n  ${failures.join('\n  ')}`)
console.log(`\n${closingLine(total)}`)
process.exitCode = total.failed > 0 ? 1 : 0

/** Unit, property and digest tests. @returns {Tally} */
function unit() {
  const report = join(CACHE, 'unit.json')
  rmSync(report, { force: true })
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const ok = tool('vitest/vitest.mjs', args, { SWARM_LAB_SEED: String(seedOfCommit()) })
  failures.push(...failuresOf(readText(report)))
  return tallyOfVitest(readText(report), ok)
}

/** Seed of the property tests: the first 32 bits of the commit, 1 outside of a repository. @returns {number} */
function seedOfCommit() {
  const { stdout } = spawnSync('git', ['rev-parse', '--short=8', 'HEAD'], { cwd: ROOT, encoding: 'utf8' })
  return Number.parseInt(stdout ?? '', 16) | 0 || 1
}

/** @returns {Promise<Tally>} */
async function endToEnd() {
  const browser = await installBrowserIfMissing()
  if ('error' in browser) {
    console.error(browser.error)
    return single(false)
  }
  if (buildIfStale() !== 0) return single(false)
  installAxeIfMissing()
  const report = join(CACHE, 'e2e.json')
  rmSync(report, { force: true })
  const ok = tool('@playwright/test/cli.js', ['test', '-c', 'e2e'], { SWARM_LAB_BROWSER: browser.path })
  failures.push(...failuresOf(readText(report)))
  return tallyOfPlaywright(readText(report), ok)
}

/**
 * Runs an installed tool by its file, which needs no shell and works the same everywhere.
 * @param {string} file under node_modules
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function tool(file, args, env) {
  return node(join('node_modules', file), args, env)
}

/**
 * @param {string} file @param {string[]} [args] @param {Record<string, string>} [env] @returns {boolean} exit code 0
 */
function node(file, args = [], env = {}) {
  const options = { cwd: ROOT, stdio: /** @type {const} */ ('inherit'), env: { ...process.env, ...env } }
  return spawnSync(process.execPath, [join(ROOT, file), ...args], options).status === 0
}
