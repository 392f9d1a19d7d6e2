import fc from 'fast-check'

/**
 * `npm test` draws every property's cases from the commit: a new commit tries new ones, and whoever tests that commit
 * tries the same. vitest alone draws anew each time. Either way a failure prints its seed.
 */
const seed = process.env['SWARM_LAB_SEED']
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) })
