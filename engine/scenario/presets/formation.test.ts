import { describe, expect, it } from 'vitest'
import { setFields } from '../set.ts'
import { formation } from './formation.ts'
import { taskAffinity } from './taskAffinity.ts'

const refused = (scenario: typeof formation.scenario, ...set: string[]): string => {
  const result = setFields(scenario, set)
  return result.ok ? 'accepted' : result.error
}

describe('what a formation or a flock by affinity cannot be is refused with field, value and bound', () => {
  it.each([
    ['space.params.separation=0', /separation: 0 is outside 0\.\.65, half the smallest side/],
    ['space.params.separation=66', /separation: 66 is outside 0\.\.65/],
    ['space.params.gain=1.2', /gain: 1\.2 is outside 0\.\.1/],
    ['space.params.shape=wedge', /shape: "wedge" is not one of vee, column, line, circle, grid/],
    ['space.params.course=straight', /course: "straight" ends at a wall/],
    ['space.dimensions=3', /dimensions: 3 is not 2/],
  ])('formation with %s', (set, error) => {
    expect(refused(formation.scenario, set)).toMatch(error)
  })

  it('a formation of more than ten thousand', () => {
    const crowd = ['programs=[]', 'topology.kind=none', 'faults=[]', 'swarm.agents=10001']
    expect(refused(formation.scenario, ...crowd)).toMatch(/swarm\.agents: 10,001 is above 10,000/)
    expect(refused(formation.scenario, ...crowd.slice(0, 3), 'swarm.agents=10000')).toBe('accepted')
  })

  it.each([
    ['space.params.vision=50', /vision: 50 is outside 0\.\.49, half the smallest side/],
    ['space.params.vision=2', /separation: 2\.5 is above vision 2/],
    ['space.params.affinity=-0.1', /affinity: -0\.1 is outside 0\.\.1/],
    ['space.params.kinds=9', /kinds: 9 is outside 1\.\.8/],
  ])('task-affinity with %s', (set, error) => {
    expect(refused(taskAffinity.scenario, set)).toMatch(error)
  })
})
