/** Where the accessibility checker lies once it has been fetched. */
export const AXE: string
export function installAxeIfMissing(): void
