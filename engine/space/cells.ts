import type { SpaceSpec } from '../scenario/Scenario.ts'

/** Cells of one layer of a field: the last ones may reach over the edge of the world. */
export const cellsOf = ({ width, height, cell }: SpaceSpec): { columns: number; rows: number } => ({
  columns: Math.max(1, Math.ceil(width / cell)),
  rows: Math.max(1, Math.ceil(height / cell)),
})
