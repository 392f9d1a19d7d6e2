import * as THREE from 'three'
import type { Disc } from '../../../engine/scenario/Scenario.ts'
import { LIMITS } from '../../../engine/scenario/limits.ts'
import { material, mesh, type Shared } from '../gl/shared.ts'
import { toStage, type World } from './world.ts'

export interface ObstaclePicture {
  readonly object: THREE.Mesh
  show(discs: readonly Disc[]): void
}

/** Least height of a pillar, units of the stage, and on a landscape, out of which it stands. */
const LOW = 0.35
const LOW_ON_FIELD = 1.7

/** Discs as low pillars, spheres in three dimensions; one draw call. */
export function createObstacles(shared: Shared, world: World, onField: boolean): ObstaclePicture {
  const geometry = new THREE.InstancedBufferGeometry()
  const shape = world.flat
    ? new THREE.CylinderGeometry(1, 1, 1, 56, 1).translate(0, 0.5, 0)
    : new THREE.IcosahedronGeometry(1, 4)
  const flat = shape.index ? shape.toNonIndexed() : shape
  geometry.setAttribute('position', flat.getAttribute('position'))
  geometry.setAttribute('normal', world.flat ? flat.getAttribute('normal') : flat.getAttribute('position'))
  shape.dispose()
  const places = new THREE.InstancedBufferAttribute(new Float32Array(4 * LIMITS.obstaclesMax), 4)
  const tall = new THREE.InstancedBufferAttribute(new Float32Array(LIMITS.obstaclesMax), 1)
  geometry.setAttribute('aPlace', places)
  geometry.setAttribute('aTall', tall)
  geometry.instanceCount = 0
  const object = mesh(geometry, material(shared, {}, VERTEX, FRAGMENT), 3)
  const at = new Float32Array(3)
  return {
    object,
    show(discs) {
      const count = Math.min(discs.length, LIMITS.obstaclesMax)
      for (let k = 0; k < count; k++) {
        const { x, y, z = world.depth / 2, radius } = discs[k]!
        const r = radius * world.scale
        toStage(world, x, y, z, at)
        places.array.set(at, 4 * k)
        places.array[4 * k + 3] = r
        tall.array[k] = world.flat ? (onField ? LOW_ON_FIELD : LOW) + Math.min(1.2, 0.3 * r) : r
      }
      places.needsUpdate = true
      tall.needsUpdate = true
      geometry.instanceCount = count
    },
  }
}

const VERTEX = /* glsl */ `
attribute vec4 aPlace;
attribute float aTall;
varying vec3 vNormal;
varying float vDepth, vRim;
void main() {
  vRim = length(position.xz);
  vec4 view = viewMatrix * vec4(aPlace.xyz + position * vec3(aPlace.w, aTall, aPlace.w), 1.0);
  vNormal = normal;
  vDepth = -view.z;
  gl_Position = projectionMatrix * view;
}`
const FRAGMENT = /* glsl */ `
varying vec3 vNormal;
varying float vDepth, vRim;
void main() {
  vec3 normal = normalize(vNormal);
  vec3 stone = mix(uGround, uLine, mix(0.5, 0.42, uLight));
  vec3 colour = lit(stone, normal);
  // A light edge round the top, so that a pillar is not taken for a hole.
  float edge = normal.y > 0.9 ? smoothstep(0.955, 0.985, vRim) : 0.0;
  gl_FragColor = vec4(fogged(mix(colour, uLine, 0.7 * edge), vDepth), 1.0);
}`
