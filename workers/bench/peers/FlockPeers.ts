import { execFile, fork, type ChildProcess } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { PEER_CACHE, PEERS } from './compilePeer.ts'

/** Installed on demand, never a dependency of this package (AgentScript is under the GPL). */
export const FLOCK_PEERS = { agentscript: '0.10.27', flocc: '0.7.0' } as const
export type FlockPeer = keyof typeof FLOCK_PEERS
const NAMES = Object.keys(FLOCK_PEERS) as readonly FlockPeer[]

export interface FlockTask {
  readonly agents: number
  readonly side: number
  readonly vision: number
  readonly steps: number
}

const INSTALL_MS = 120_000

/** A folder with the peers at their pinned versions, or null where they cannot be had. */
async function installed(): Promise<string | null> {
  const pinned = NAMES.map((name) => `${name}@${FLOCK_PEERS[name]}`)
  const folder = fileURLToPath(new URL(`npm-${pinned.join('-')}/`, PEER_CACHE))
  const stamp = `${folder}installed`
  if (existsSync(stamp)) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}package.json`, '{ "private": true }\n')
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--omit=dev', '--no-save']
  try {
    await promisify(execFile)('npm', ['install', ...flags, ...pinned], { cwd: folder, timeout: INSTALL_MS })
  } catch {
    return null
  }
  writeFileSync(stamp, '')
  return folder
}

/** The package's own models/FlockModel.js, its imports pointed at the package's own library. */
function flockModel(folder: string): string {
  const own = `${folder}node_modules/agentscript/`
  const library = pathToFileURL(`${own}dist/agentscript.js`).href
  return readFileSync(`${own}models/FlockModel.js`, 'utf8')
    .replace("import Model from '/src/Model.js'", `import { Model } from '${library}'`)
    .replace("import * as util from '/src/utils.js'", `import { util } from '${library}'`)
}

/** The peers in a process of their own. */
export interface FlockPeers {
  /** Wall milliseconds of the steps, setting up not counted. */
  run(peer: FlockPeer, task: FlockTask): Promise<number>
  stop(): void
}

export async function flockPeers(): Promise<FlockPeers | null> {
  const folder = await installed()
  if (folder === null) return null
  writeFileSync(`${folder}FlockModel.mjs`, flockModel(folder))
  copyFileSync(fileURLToPath(new URL('flockModels.mjs', PEERS)), `${folder}flockModels.mjs`)
  const child = fork(`${folder}flockModels.mjs`, [], { stdio: 'ignore' })
  return { run: (peer, task) => ask(child, { peer, ...task }), stop: () => void child.kill() }
}

function ask(child: ChildProcess, task: FlockTask & { peer: FlockPeer }): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`the peer ${task.peer} ended without an answer`))
    child.once('exit', ended)
    child.once('message', (ms: number) => {
      child.off('exit', ended)
      resolve(ms)
    })
    child.send(task)
  })
}
