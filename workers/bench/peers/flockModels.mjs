/**
 * Flocking in two frameworks for agent-based models, in a process of its own: for every message one run, answered by
 * its milliseconds. FlockPeers.ts copies it to where they are installed, with AgentScript's FlockModel.mjs beside it.
 */
import { createRequire } from 'node:module'

const { Agent, Environment, KDTree } = createRequire(import.meta.url)('flocc')

/** AgentScript's library makes a canvas while it loads, which no model without a view uses. */
Object.assign(globalThis, {
  OffscreenCanvas: class {
    getContext() {
      return new Proxy({}, { get: () => () => ({}), set: () => true })
    }
  },
})

// Beside the copy of this file that runs.
const { default: FlockModel } = await import('./FlockModel.mjs')

function agentscript({ agents, side, vision, steps }) {
  const model = new FlockModel({ minX: 0, maxX: side - 1, minY: 0, maxY: side - 1, minZ: 0, maxZ: 0 })
  Object.assign(model, { population: agents, vision, speed: 1, minSeparation: 1, report: () => undefined })
  model.setup()
  const began = performance.now()
  for (let step = 0; step < steps; step++) {
    model.step()
    model.tick()
  }
  return performance.now() - began
}

/** Flocc has no flocking of its own: the comparison's rule, by its KD-tree and on its torus. */
function flocc({ agents, side, vision, steps }) {
  const environment = new Environment({ width: side, height: side, torus: true })
  for (let k = 0; k < agents; k++) {
    const angle = 2 * Math.PI * Math.random()
    const place = { x: side * Math.random(), y: side * Math.random() }
    const bird = new Agent({ ...place, vx: Math.cos(angle), vy: Math.sin(angle) })
    bird.set('tick', (self) => flock(self, environment, side, vision))
    environment.addAgent(bird)
  }
  environment.use(new KDTree(environment.getAgents(), 2))
  const began = performance.now()
  for (let step = 0; step < steps; step++) environment.tick()
  return performance.now() - began
}

const COHERE = 0.03
const SEPARATE = 0.015
const MATCH = 0.05
const SEPARATION = 1

function flock(self, environment, side, vision) {
  const near = environment.helpers.kdtree.agentsWithinDistance(self, vision)
  const x = self.get('x')
  const y = self.get('y')
  let vx = 0
  let vy = 0
  for (const other of near) {
    let dx = other.get('x') - x
    let dy = other.get('y') - y
    dx -= side * Math.round(dx / side)
    dy -= side * Math.round(dy / side)
    const pull = dx * dx + dy * dy < SEPARATION * SEPARATION ? COHERE - SEPARATE : COHERE
    vx += pull * dx + MATCH * other.get('vx')
    vy += pull * dy + MATCH * other.get('vy')
  }
  const count = Math.max(1, near.length)
  vx = self.get('vx') + vx / count
  vy = self.get('vy') + vy / count
  const length = Math.sqrt(vx * vx + vy * vy)
  self.set({ vx: vx / length, vy: vy / length, x: x + vx / length, y: y + vy / length })
}

const RUNS = { agentscript, flocc }
process.on('message', (task) => process.send?.(RUNS[task.peer](task)))
process.on('disconnect', () => process.exit(0))
