import * as THREE from 'three'
import { material, mesh, type Shared } from '../gl/shared.ts'
import { gridCell, type World } from './world.ts'

/**
 * The ground of a world: its border, solid where walls turn bodies back and dashed where one side is joined to the
 * other, and a faint grid in round numbers of world units. In three dimensions the box above it as well.
 */
export function createGround(shared: Shared, world: World): { floor: THREE.Mesh; box: THREE.LineSegments | null } {
  const halfX = (world.width * world.scale) / 2
  const halfZ = (world.height * world.scale) / 2
  const geometry = new THREE.BufferGeometry()
  const corners = new Float32Array([-1, 0, -1, -1, 0, 1, 1, 0, -1, 1, 0, 1])
  geometry.setAttribute('position', new THREE.BufferAttribute(corners, 3))
  geometry.setIndex([0, 1, 2, 2, 1, 3])
  const uniforms = {
    uHalf: { value: new THREE.Vector2(halfX, halfZ) },
    uCell: { value: gridCell(world) * world.scale },
    uDashed: { value: world.wrap ? 1 : 0 },
  }
  const shader = material(shared, uniforms, FLOOR_VERTEX, FLOOR_FRAGMENT, {
    transparent: true,
    depthWrite: false,
    side: THREE.DoubleSide,
  })
  return { floor: mesh(geometry, shader, 0), box: world.flat ? null : boxOf(shared, world) }
}

function boxOf(shared: Shared, world: World): THREE.LineSegments {
  const [x, y, z] = [(world.width * world.scale) / 2, world.depth * world.scale, (world.height * world.scale) / 2]
  const corners = [
    [-x, -z],
    [x, -z],
    [x, z],
    [-x, z],
  ] as const
  const at = corners.flatMap(([cx, cz], k) => {
    const [nx, nz] = corners[(k + 1) % 4]!
    return [cx, 0, cz, cx, y, cz, cx, y, cz, nx, y, nz]
  })
  const geometry = new THREE.BufferGeometry()
  geometry.setAttribute('position', new THREE.BufferAttribute(Float32Array.from(at), 3))
  const shader = material(shared, {}, BOX_VERTEX, BOX_FRAGMENT, { transparent: true, depthWrite: false })
  const box = new THREE.LineSegments(geometry, shader)
  box.frustumCulled = false
  box.renderOrder = 1
  return box
}

const FLOOR_VERTEX = /* glsl */ `
uniform vec2 uHalf;
varying vec2 vAt;
void main() {
  vAt = position.xz * (uHalf + 0.6);
  gl_Position = projectionMatrix * viewMatrix * vec4(vAt.x, 0.0, vAt.y, 1.0);
}`
const FLOOR_FRAGMENT = /* glsl */ `
uniform vec2 uHalf;
uniform float uCell, uDashed;
varying vec2 vAt;
void main() {
  vec2 slope = max(fwidth(vAt), vec2(1e-5));
  vec2 corner = vAt + uHalf;
  vec2 near = abs(fract(corner / uCell - 0.5) - 0.5) * uCell / slope;
  vec2 inside = step(abs(vAt), uHalf);
  vec2 grid = (1.0 - smoothstep(0.1, 1.1, near));
  float alpha = max(grid.x, grid.y) * mix(0.13, 0.2, uLight) * inside.x * inside.y;
  alpha += 0.035 * inside.x * inside.y;
  vec2 edge = abs(abs(vAt) - uHalf) / slope;
  vec2 line = (1.0 - smoothstep(0.5, 1.5, edge)) * step(abs(vAt.yx), uHalf.yx + slope.yx);
  // Dashes run along the side.
  vec2 dash = mix(vec2(1.0), step(fract(vAt.yx / 0.9), vec2(0.55)), uDashed);
  alpha = max(alpha, max(line.x * dash.x, line.y * dash.y) * 0.55);
  if (alpha < 0.004) discard;
  gl_FragColor = vec4(uLine, alpha);
}`
const BOX_VERTEX = /* glsl */ `
varying float vDepth;
void main() {
  vec4 view = viewMatrix * vec4(position, 1.0);
  vDepth = -view.z;
  gl_Position = projectionMatrix * view;
}`
const BOX_FRAGMENT = /* glsl */ `
varying float vDepth;
void main() {
  gl_FragColor = vec4(fogged(uLine, vDepth), 0.3);
}`
