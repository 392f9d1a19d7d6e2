/** Where the bundles lie: `lab.mjs` and one `…Worker.mjs` a thread entry. */
export const BUNDLES: string
/** Bundles what is newer; resolves to the names of the entries. */
export function bundleNode(): Promise<string[]>
