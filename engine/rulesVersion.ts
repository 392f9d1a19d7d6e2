/** Counts changes that alter any run's bits. A link carries it; a replay under another version says so. */
export const RULES_VERSION = 3
