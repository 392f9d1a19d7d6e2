// Imported before anything else and kept to old syntax, so that an old Node prints this sentence and not a stack trace.
const WANTED = [20, 19]

/**
 * @param {string} version as in process.versions.node
 * @returns {boolean} whether the lab's tools run on it
 */
export function isRecentEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])
}

/** Ends the process with one sentence where Node is too old. */
export function requireNode() {
  if (isRecentEnough(process.versions.node)) return
  console.error(
    `This needs Node ${WANTED.join('.')} or newer, and this is Node ${process.versions.node}: see https://nodejs.org.`,
  )
  process.exit(1)
}
