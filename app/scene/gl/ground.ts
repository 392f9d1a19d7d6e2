import * as THREE from 'three'
import { DISCS_MAX } from '../layout/Layout.ts'
import { material, mesh, type Shared } from './shared.ts'

/** A faint grid that fades out and the ground of each group, drawn by one quad. `uCell` world units a cell. */
export function createGround(
  shared: Shared,
  discs: Float32Array,
): {
  object: THREE.Mesh
  uniforms: { uCell: THREE.IUniform<number>; uReach: THREE.IUniform<number> }
} {
  const uniforms = {
    uCell: { value: 2 },
    uReach: { value: 60 },
    uDiscs: { value: Array.from({ length: DISCS_MAX }, (_, i) => new THREE.Vector3(...discs.slice(3 * i, 3 * i + 3))) },
    uDiscCount: { value: discs.length / 3 },
  }
  const geometry = new THREE.BufferGeometry()
  geometry.setAttribute(
    'position',
    new THREE.BufferAttribute(new Float32Array([-1, 0, -1, -1, 0, 1, 1, 0, -1, 1, 0, 1]), 3),
  )
  geometry.setIndex([0, 1, 2, 2, 1, 3])
  const shader = material(
    shared,
    uniforms,
    /* glsl */ `
uniform float uReach;
varying vec2 vAt;
void main() {
  vAt = position.xz * uReach;
  gl_Position = projectionMatrix * viewMatrix * vec4(vAt.x, 0.0, vAt.y, 1.0);
}`,
    /* glsl */ `
uniform float uCell, uReach, uDiscCount;
uniform vec3 uDiscs[${DISCS_MAX}];
varying vec2 vAt;
float lines(vec2 at, float width) {
  vec2 slope = fwidth(at);
  vec2 near = abs(fract(at - 0.5) - 0.5) / max(slope, 1e-5);
  // Beyond two cells a pixel the lines would flicker: they give way.
  vec2 keep = 1.0 - smoothstep(0.25, 0.6, slope);
  vec2 line = (1.0 - smoothstep(width - 0.5, width + 0.5, near)) * keep;
  return max(line.x, line.y);
}
void main() {
  float fade = 1.0 - smoothstep(0.18, 0.95, length(vAt) / uReach);
  float alpha = lines(vAt / uCell, 0.6) * mix(0.11, 0.16, uLight) * fade;
  float pixel = length(fwidth(vAt)) * 0.7;
  for (int i = 0; i < ${DISCS_MAX}; i++) {
    if (float(i) >= uDiscCount) break;
    float beyond = length(vAt - uDiscs[i].xy) - uDiscs[i].z;
    alpha += 0.05 * (1.0 - smoothstep(-pixel, pixel, beyond)) + 0.1 * (1.0 - smoothstep(0.6, 1.6, abs(beyond) / pixel));
  }
  if (alpha < 0.003) discard;
  gl_FragColor = vec4(uLine, alpha);
}`,
    { transparent: true, depthWrite: false, side: THREE.DoubleSide },
  )
  return { object: mesh(geometry, shader, 0), uniforms }
}
