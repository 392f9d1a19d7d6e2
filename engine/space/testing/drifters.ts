import { rowsOf, type BoundModel, type Phase, type Space, type SpaceModel } from '../SpaceModel.ts'

type Poison = { readonly row: number; readonly tick: number } | null

/**
 * A model that touches everything a model can: neighbours over all rows, draws, flags, wind, obstacles, integer
 * deposits into a field that spreads, a sequential phase. Not a model of anything.
 */
export const drifters = (poison: Poison = null): SpaceModel => ({
  kind: 'field',
  groups: () => ['even', 'odd'],
  states: ['moving', 'held'],
  layers: [{ name: 'Trace', unit: 'marks' }],
  arrays: (_spec, capacity, columns, rows) => ({
    field: { type: 'f32', length: columns * rows, keep: true },
    next: { type: 'f32', length: columns * rows, keep: false },
    deposits: { type: 'i32', length: columns * rows, keep: false },
    wanted: { type: 'f64', length: 2 * capacity, keep: false },
    leader: { type: 'i32', length: 1, keep: true },
  }),
  bind: (space) => bind(space, poison),
})

function bind(space: Space, poison: Poison): BoundModel {
  const field = space.array('field') as Float32Array
  const wanted = space.array('wanted')
  const spawn = placing(space)
  return {
    begin: () => {
      for (let row = 0; row < space.count; row++) spawn(row)
    },
    spawn,
    phases: [looking(space), moving(space, poison), ...spreading(space), leading(space)],
    measure: (into) => {
      into['mass'] = field.reduce((sum, value) => sum + value, 0)
    },
    sense: (row) => ({ Wanted: wanted[2 * row]! }),
  }
}

function placing(space: Space): (row: number) => void {
  const { position, heading, speed, group, spec } = space
  const words = new Uint32Array(4)
  return (row) => {
    space.draw(words, row, 1)
    position[3 * row] = (words[0]! / 2 ** 32) * spec.width * 0.999
    position[3 * row + 1] = (words[1]! / 2 ** 32) * spec.height * 0.999
    const x = words[2]! / 2 ** 31 - 1
    heading[3 * row] = x
    heading[3 * row + 1] = Math.sqrt(1 - x * x)
    speed[row] = 0.5
    group[row] = row % 2
  }
}

function looking(space: Space): Phase {
  const { heading } = space
  const wanted = space.array('wanted')
  return (part) => {
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      let [x, y] = [0, 0]
      for (let other = 0; other < space.count; other++) {
        if (space.status[other] !== 1 || (space.flags[row]! & 1) !== 0) continue
        x += heading[3 * other]!
        y += heading[3 * other + 1]!
      }
      wanted[2 * row] = x
      wanted[2 * row + 1] = y
    }
  }
}

function moving(space: Space, poison: Poison): Phase {
  const { position, heading, speed, state, columns, spec } = space
  const wanted = space.array('wanted')
  const deposits = space.array('deposits') as Int32Array
  const words = new Uint32Array(4)
  return (part) => {
    const [from, to] = rowsOf(part, space.count)
    for (let row = from; row < to; row++) {
      if (space.status[row] !== 1) continue
      space.draw(words, row, 2)
      const x = heading[3 * row]! + 0.01 * wanted[2 * row]! + words[0]! / 2 ** 32 - 0.5
      const y = heading[3 * row + 1]! + 0.01 * wanted[2 * row + 1]! + words[1]! / 2 ** 32 - 0.5
      const length = Math.sqrt(x * x + y * y)
      heading[3 * row] = x / length
      heading[3 * row + 1] = y / length
      state[row] = space.flags[row]! & 4 ? 1 : 0
      const go = state[row] === 1 ? 0 : speed[row]! * (1 + space.obstacles.length)
      position[3 * row] = wrapped(position[3 * row]! + (x / length) * go + space.wind[0], spec.width)
      position[3 * row + 1] = wrapped(position[3 * row + 1]! + (y / length) * go + space.wind[1], spec.height)
      const cell = Math.floor(position[3 * row + 1]! / spec.cell) * columns + Math.floor(position[3 * row]! / spec.cell)
      Atomics.add(deposits, cell, (space.params['amount'] as number | undefined) ?? 1)
      if (poison !== null && poison.row === row && space.tick === poison.tick) position[3 * row + 1] = NaN
    }
  }
}

function spreading(space: Space): readonly Phase[] {
  const cells = space.columns * space.rows
  const [field, next, deposits] = [space.array('field'), space.array('next'), space.array('deposits')]
  const spread: Phase = (part) => {
    const [from, to] = rowsOf(part, cells)
    for (let cell = from; cell < to; cell++) {
      const left = field[cell === 0 ? cells - 1 : cell - 1]!
      next[cell] = 0.7 * field[cell]! + 0.2 * left + deposits[cell]!
      deposits[cell] = 0
    }
  }
  const settle: Phase = (part) => {
    const [from, to] = rowsOf(part, cells)
    for (let cell = from; cell < to; cell++) field[cell] = next[cell]!
  }
  return [spread, settle]
}

function leading(space: Space): Phase {
  const { position } = space
  const leader = space.array('leader')
  return (part) => {
    if (part.index !== 0) return
    for (let row = 0; row < space.count; row++) if (position[3 * row]! > position[3 * leader[0]!]!) leader[0] = row
  }
}

const wrapped = (x: number, side: number): number => Math.min(x - Math.floor(x / side) * side, side * 0.99999)
