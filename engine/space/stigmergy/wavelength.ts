import { cos, sin, TAU } from '../../kernel/math.ts'

/** Larger fields are averaged over blocks of cells first, to at most so many blocks a side. */
const BLOCKS_MAX = 200

/**
 * Typical wavelength of the pattern in a layer, world units: 1 / mean wavenumber, each wave weighted by its power
 * (ΣP / ΣPq, q cycles a world unit). Waves down to four blocks (without averaging: four cells) count. 0 where the field
 * is the same everywhere. The world is taken as periodic.
 * @param values the layer begins at `base`, row by row. Read only.
 */
export function wavelengthOf(values: Float32Array, base: number, columns: number, rows: number, cell: number): number {
  const block = Math.ceil(Math.max(columns, rows) / BLOCKS_MAX)
  const across = Math.floor(columns / block)
  const down = Math.floor(rows / block)
  const pattern = averaged(values, base, columns, block, across, down)
  const most = Math.floor(across / 4)
  const [re, im] = alongRows(pattern, across, down, most)
  let power = 0
  let moment = 0
  const waves = tableOf(down)
  for (let l = -Math.floor(down / 4); l <= Math.floor(down / 4); l++)
    for (let k = 0; k <= most; k++) {
      const p = (k === 0 ? 1 : 2) * powerAt(re, im, k * down, down, l, waves)
      const [x, y] = [k / (across * block * cell), l / (down * block * cell)]
      power += p
      moment += p * Math.sqrt(x * x + y * y)
    }
  return moment > 0 ? power / moment : 0
}

/** Means of blocks of cells, less the mean of all. */
function averaged(
  values: Float32Array,
  base: number,
  columns: number,
  block: number,
  across: number,
  down: number,
): Float64Array {
  const pattern = new Float64Array(across * down)
  let total = 0
  for (let y = 0; y < down * block; y++)
    for (let x = 0; x < across * block; x++) {
      const value = values[base + y * columns + x]!
      const at = Math.floor(y / block) * across + Math.floor(x / block)
      pattern[at] = pattern[at]! + value
      total += value
    }
  const mean = total / pattern.length
  for (let i = 0; i < pattern.length; i++) pattern[i] = (pattern[i]! - mean) / (block * block)
  return pattern
}

interface Waves {
  readonly cos: Float64Array
  readonly sin: Float64Array
}
const tableOf = (n: number): Waves => ({
  cos: Float64Array.from({ length: n }, (_, i) => cos((TAU * i) / n)),
  sin: Float64Array.from({ length: n }, (_, i) => sin((TAU * i) / n)),
})

/** Fourier transform of each row for wavenumbers 0..most; element k · down + row. */
function alongRows(
  pattern: Float64Array,
  across: number,
  down: number,
  most: number,
): readonly [re: Float64Array, im: Float64Array] {
  const { cos, sin } = tableOf(across)
  const re = new Float64Array((most + 1) * down)
  const im = new Float64Array((most + 1) * down)
  for (let k = 0; k <= most; k++)
    for (let row = 0; row < down; row++) {
      let [a, b, phase] = [0, 0, 0]
      for (let x = row * across; x < (row + 1) * across; x++) {
        a += pattern[x]! * cos[phase]!
        b -= pattern[x]! * sin[phase]!
        phase = phase + k < across ? phase + k : phase + k - across
      }
      re[k * down + row] = a
      im[k * down + row] = b
    }
  return [re, im]
}

/** Power of wavenumber l of the column that begins at `from`. */
function powerAt(
  re: Float64Array,
  im: Float64Array,
  from: number,
  down: number,
  l: number,
  { cos, sin }: Waves,
): number {
  const step = l < 0 ? l + down : l
  let [a, b, phase] = [0, 0, 0]
  for (let i = from; i < from + down; i++) {
    a += re[i]! * cos[phase]! + im[i]! * sin[phase]!
    b += im[i]! * cos[phase]! - re[i]! * sin[phase]!
    phase = phase + step < down ? phase + step : phase + step - down
  }
  return a * a + b * b
}
