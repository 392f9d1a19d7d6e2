import { atan2, PI } from '../../kernel/math.ts'
import { apart } from '../motion/edges.ts'
import { FLAG, type Senses, type Space } from '../SpaceModel.ts'

/** What a body sees of its neighbours at this moment, by a look at everybody: for the inspector. */
export function senseBoid(space: Space, row: number, vision: number): Senses {
  const { position, heading, status, group, flags, count, spec } = space
  if ((flags[row]! & FLAG.blind) !== 0) return { Neighbours: 'cannot see' }
  const isDeep = spec.dimensions === 3
  const at = 3 * row
  let [mates, others, nearest2] = [0, 0, Infinity]
  let [x, y, z] = [0, 0, 0]
  for (let other = 0; other < count; other++) {
    if (other === row || status[other] !== 1) continue
    const dx = apart(position[at]!, position[3 * other]!, spec.width, spec)
    const dy = apart(position[at + 1]!, position[3 * other + 1]!, spec.height, spec)
    const dz = isDeep ? apart(position[at + 2]!, position[3 * other + 2]!, spec.depth, spec) : 0
    const d2 = dx * dx + dy * dy + dz * dz
    if (d2 >= vision * vision) continue
    nearest2 = Math.min(nearest2, d2)
    if (group[other] !== group[row]) {
      others++
      continue
    }
    mates++
    x += heading[3 * other]!
    y += heading[3 * other + 1]!
    z += heading[3 * other + 2]!
  }
  const seen = mates + others
  const room = isDeep ? (4 / 3) * PI * vision * vision * vision : PI * vision * vision
  const senses: { [name: string]: number | string } = { Flockmates: mates }
  if ((space.params['flocks'] as number) > 1) senses['Others near'] = others
  if (seen > 0) senses['Nearest, world units'] = round(Math.sqrt(nearest2))
  senses[isDeep ? 'Bodies per cubic unit' : 'Bodies per square unit'] = round((seen + 1) / room)
  if (mates === 0) return senses
  if ((flags[row]! & FLAG.deaf) !== 0) senses['Their mean heading'] = 'not heard'
  else {
    if (!isDeep) senses['Their mean heading, degrees'] = Math.round((atan2(y, x) * 180) / PI)
    senses['How far they agree, 0 to 1'] = round(Math.sqrt(x * x + y * y + z * z) / mates)
  }
  return senses
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000
