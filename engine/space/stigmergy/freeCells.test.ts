import { describe, expect, it } from 'vitest'
import { nearestFree, roomIn } from './freeCells.ts'
import { physarum } from './physarum.ts'
import { begun, runSteps, specOf } from '../testing/worlds.ts'
import { WALL } from '../field/walls.ts'

describe('room for those on whom an obstacle falls', () => {
  it('is what is neither occupied nor touched by an obstacle', () => {
    const walls = Uint8Array.of(WALL.none, WALL.partly, WALL.solid, WALL.none)
    const occupied = Uint8Array.of(1, 0, 0, 0)
    expect(roomIn(walls, occupied)).toBe(1)
    expect(nearestFree(0, walls, occupied, 2, 2, false)).toBe(3)
    occupied[3] = 1
    expect(roomIn(walls, occupied)).toBe(0)
    expect(nearestFree(0, walls, occupied, 2, 2, false)).toBe(-1)
  })

  it('is taken by as many as fit; the rest wait where they are, and do not search a full world in vain', () => {
    const bodies = begun(physarum, specOf('physarum', { width: 200, height: 200 }), 36_000)
    const { space } = bodies
    space.obstacles = [{ x: 100, y: 100, radius: 100 }]
    const began = performance.now()
    runSteps(bodies, 2)
    // One look at all 40,000 cells for each of 27,000 that find nothing, at both steps, takes more than a minute.
    expect(performance.now() - began).toBeLessThan(3_000)
    const cells = new Set<number>()
    for (let row = 0; row < 36_000; row++)
      cells.add(Math.floor(space.position[3 * row + 1]!) * 200 + Math.floor(space.position[3 * row]!))
    expect(cells.size).toBe(36_000)
  })
})
