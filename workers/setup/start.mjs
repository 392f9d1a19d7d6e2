import { requireNode } from './nodeVersion.mjs'
requireNode()

const { spawn } = await import('node:child_process')
const { join } = await import('node:path')
const { ROOT } = await import('./files.mjs')
const { installIfMissing } = await import('./install.mjs')
const { buildIfStale } = await import('./build.mjs')
const { listen, staticServer } = await import('./serve.mjs')

const FIRST_PORT = 4173
const PORTS_TRIED = 100

installIfMissing()
if (buildIfStale() !== 0) {
  console.error('The build failed; what is above says why.')
  process.exit(1)
}
const port = await listen(staticServer(join(ROOT, 'dist')), FIRST_PORT, PORTS_TRIED)
const address = `http://localhost:${port}/${fragment(process.argv[2])}`
console.log(`AMOS Swarm Lab runs at ${address} (Ctrl+C ends it)`)
if (hasDisplay()) open(address)

/**
 * What a share code becomes in an address. A whole link may be pasted too: its part after # counts.
 * @param {string | undefined} code
 */
function fragment(code) {
  if (code === undefined || code === '') return ''
  const bare = code.replace(/^.*#/s, '').replace(/^s=/, '')
  return `#s=${encodeURIComponent(bare)}`
}

function hasDisplay() {
  if (process.env['CI']) return false
  if (process.platform === 'darwin' || process.platform === 'win32') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** @param {string} url Opened by whatever the system opens addresses with; where that is missing, it was printed. */
function open(url) {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['explorer.exe', [url]]
        : ['xdg-open', [url]]
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => console.log('No browser could be opened here: open the address by hand.'))
    .unref()
}
