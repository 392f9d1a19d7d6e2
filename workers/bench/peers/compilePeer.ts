import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** From the sources and from the bundles alike: both lie two folders deep. */
export const ROOT = new URL('../../', import.meta.url.replace(/\/peers\/[^/]*$/, '/x'))
export const PEERS = new URL('workers/bench/peers/', ROOT)
/** Ignored by git; whatever is in it can be made again. */
export const PEER_CACHE = new URL('.cache/peers/', ROOT)

/** A C program out of PEERS, compiled with -O2 into the cache; null where there is no compiler. */
export async function compilePeer(name: string): Promise<string | null> {
  const source = fileURLToPath(new URL(`${name}.c`, PEERS))
  const stamp = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16)
  const program = fileURLToPath(new URL(`${name}-${stamp}`, PEER_CACHE))
  if (existsSync(program)) return program
  mkdirSync(PEER_CACHE, { recursive: true })
  const unfinished = `${program}.${process.pid}`
  try {
    await run('cc', ['-O2', '-o', unfinished, source, '-lm'])
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return null
    throw error
  }
  renameSync(unfinished, program)
  return program
}

/** What the compiler calls itself. */
export const compilerVersion = async (): Promise<string> =>
  (await run('cc', ['--version'])).stdout.split('\n')[0]!.trim()

/** The numbers that a program prints on one line. */
export async function numbersFrom(program: string, args: readonly number[]): Promise<readonly number[]> {
  const { stdout } = await run(program, args.map(String))
  return stdout.trim().split(/\s+/).map(Number)
}
