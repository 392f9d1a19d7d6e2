export interface FieldFigures {
  /** Sum, and the largest value. */
  readonly mass: number
  readonly peak: number
  /** Of the distribution along each axis, about its mean, cells²; 0 where there is nothing. */
  readonly varianceX: number
  readonly varianceY: number
  /** Mean of the finest ripple that the cells can hold: +, −, +, − like a chessboard. */
  readonly ripple: number
}

/** Figures of the first layer of a field, cells ascending. */
export function figuresOf(values: Float32Array, columns: number, rows: number): FieldFigures {
  let [mass, x, y, xx, yy, ripple] = [0, 0, 0, 0, 0, 0]
  let peak = -Infinity
  // From the middle: about a far corner the squares would cancel the digits that count.
  const [midX, midY] = [(columns - 1) / 2, (rows - 1) / 2]
  for (let row = 0; row < rows; row++) {
    const dy = row - midY
    let [sum, sumX, sumXX, sign] = [0, 0, 0, row % 2 === 0 ? 1 : -1]
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]!
      const dx = column - midX
      sum += value
      sumX += dx * value
      sumXX += dx * dx * value
      ripple += sign * value
      sign = -sign
      if (value > peak) peak = value
    }
    mass += sum
    x += sumX
    xx += sumXX
    y += dy * sum
    yy += dy * dy * sum
  }
  const per = mass === 0 ? 0 : 1 / mass
  return {
    mass,
    peak,
    varianceX: xx * per - x * per * (x * per),
    varianceY: yy * per - y * per * (y * per),
    ripple: ripple / (columns * rows),
  }
}
