import type { Space } from './SpaceModel.ts'

/**
 * The same world with places and headings of one's own, for `rows` bodies that begin in the corner. Workers that set up
 * a body run at the same time over shared columns: each must work it out aside and write only what comes of it, or one
 * would read what another has half done.
 */
export const aside = (space: Space, rows: number): Space =>
  Object.create(space, {
    position: { value: new Float32Array(3 * rows) },
    heading: { value: new Float32Array(3 * rows) },
    flags: { value: new Uint8Array(rows) },
  }) as Space
