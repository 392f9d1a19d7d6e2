/** The Chromium that the end-to-end tests use: its path, or null where none is installed. */
export function findBrowser(): Promise<string | null>
