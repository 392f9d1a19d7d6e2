import * as THREE from 'three'
import { material, mesh, type Shared } from './shared.ts'

/** Shapes that tell roles apart without colour. Order = shape index. */
export const SOLIDS = ['octahedron', 'cone', 'broken', 'spiked'] as const
export const SOLID = { octahedron: 0, cone: 1, broken: 2, spiked: 3 } as const
export const SOLIDS_MAX = 512

/**
 * Leaders, candidates, crashed and Byzantine agents: all shapes lie in one geometry, and the vertex shader folds away
 * those an instance does not wear, so four shapes are one draw call. Write `wear` (agent, shape) and set `count`.
 */
export function createSolids(shared: Shared): {
  object: THREE.Mesh
  wear: THREE.InstancedBufferAttribute
  setCount: (count: number) => void
} {
  const geometry = new THREE.InstancedBufferGeometry()
  const parts = [octahedron(), cone(), broken(), spiked()]
  const vertices = parts.flatMap((part, shape) => part.map((xyz) => [...xyz, shape]))
  geometry.setAttribute(
    'position',
    new THREE.BufferAttribute(Float32Array.from(vertices.flatMap((v) => v.slice(0, 3))), 3),
  )
  geometry.setAttribute(
    'aShape',
    new THREE.BufferAttribute(
      Float32Array.from(vertices, (v) => v[3]!),
      1,
    ),
  )
  geometry.computeVertexNormals()
  const wear = new THREE.InstancedBufferAttribute(new Float32Array(2 * SOLIDS_MAX), 2)
  wear.setUsage(THREE.DynamicDrawUsage)
  geometry.setAttribute('aWear', wear)
  geometry.instanceCount = 0
  const shader = material(
    shared,
    {},
    /* glsl */ `
attribute float aShape;
attribute vec2 aWear;
varying vec3 vNormal, vColour;
varying float vDepth, vPulse;
void main() {
  vec4 place = placeOf(aWear.x), state = stateOf(aWear.x);
  if (abs(aShape - aWear.y) > 0.5 || place.w == 0.0) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  float age = (uClock - state.y) / uEnd;
  vPulse = age >= 0.0 && age < 1.0 ? (1.0 - age) * (1.0 - uStill) : 0.0;
  float radius = abs(place.w) * 1.22 * swollen(state);
  vec4 view = viewMatrix * vec4(place.xyz + vec3(0.0, state.z, 0.0) + position * radius, 1.0);
  vNormal = normal;
  vColour = hueOf(state);
  vDepth = -view.z;
  gl_Position = projectionMatrix * view;
}`,
    /* glsl */ `
varying vec3 vNormal, vColour;
varying float vDepth, vPulse;
void main() {
  vec3 colour = lit(vColour, normalize(vNormal)) * 1.02;
  colour = mix(colour, vec3(1.0), 0.22 * vPulse * vPulse);
  gl_FragColor = vec4(fogged(colour, vDepth), 1.0);
}`,
    { side: THREE.DoubleSide },
  )
  return { object: mesh(geometry, shader, 3), wear, setCount: (count) => void (geometry.instanceCount = count) }
}

type Xyz = readonly [number, number, number]

const trianglesOf = (geometry: THREE.BufferGeometry): Xyz[] => {
  const flat = geometry.index ? geometry.toNonIndexed() : geometry
  const at = flat.getAttribute('position')
  return Array.from({ length: at.count }, (_, i): Xyz => [at.getX(i), at.getY(i), at.getZ(i)])
}
const octahedron = (): Xyz[] => trianglesOf(new THREE.OctahedronGeometry(1.12).rotateY(0.5))
const cone = (): Xyz[] => trianglesOf(new THREE.ConeGeometry(0.95, 1.8, 28, 1))

/** A ball split along a slanted plane, its halves slid apart and tilted. */
function broken(): Xyz[] {
  const triangles = trianglesOf(new THREE.IcosahedronGeometry(0.92, 0).rotateZ(0.4))
  const halves: Xyz[] = []
  for (let i = 0; i < triangles.length; i += 3) {
    const middle = (triangles[i]![0] + triangles[i + 1]![0] + triangles[i + 2]![0]) / 3
    const side = middle < 0 ? -1 : 1
    const tilt = 0.32 * side
    for (let k = 0; k < 3; k++) {
      const [x, y, z] = triangles[i + k]!
      const moved = x + 0.16 * side
      halves.push([
        moved * Math.cos(tilt) - y * Math.sin(tilt),
        moved * Math.sin(tilt) + y * Math.cos(tilt) - 0.12,
        z + 0.1 * side,
      ])
    }
  }
  return halves
}

/** An icosahedron with a thorn on each face. */
function spiked(): Xyz[] {
  const faces = trianglesOf(new THREE.IcosahedronGeometry(0.72, 0))
  const thorns: Xyz[] = []
  for (let i = 0; i < faces.length; i += 3) {
    const [a, b, c] = [faces[i]!, faces[i + 1]!, faces[i + 2]!]
    const middle = [0, 1, 2].map((k) => a[k]! + b[k]! + c[k]!)
    const length = Math.hypot(...middle) / 1.32
    const tip: Xyz = [middle[0]! / length, middle[1]! / length, middle[2]! / length]
    thorns.push(a, b, tip, b, c, tip, c, a, tip)
  }
  return thorns
}
