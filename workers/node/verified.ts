import { writeFileSync } from 'node:fs'
export const writeVerified = (...a: unknown[]) => void a
void writeFileSync
