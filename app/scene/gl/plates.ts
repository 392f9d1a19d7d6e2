import * as THREE from 'three'
import { HEAD } from '../layout/Layout.ts'
import { material, mesh, type Shared } from './shared.ts'

const SIDES = 56

/**
 * A round plate and a ring under each major agent. The ring fills with votes while the agent stands for election.
 * `uLogs` texel k belongs to majors[k]: (slices, committed, durable, votes as a share of those needed).
 */
export function createPlates(shared: Shared, majors: Int32Array, logs: THREE.DataTexture): THREE.Mesh {
  const geometry = new THREE.InstancedBufferGeometry()
  const { position, normal, index } = plateShape()
  geometry.setAttribute('position', new THREE.BufferAttribute(position, 3))
  geometry.setAttribute('normal', new THREE.BufferAttribute(normal, 3))
  geometry.setIndex(index)
  geometry.setAttribute('aAgent', new THREE.InstancedBufferAttribute(Float32Array.from(majors), 1))
  geometry.setAttribute(
    'aSlot',
    new THREE.InstancedBufferAttribute(
      Float32Array.from(majors, (_, k) => k),
      1,
    ),
  )
  geometry.instanceCount = majors.length
  const shader = material(
    shared,
    { uLogs: { value: logs } },
    /* glsl */ `
uniform sampler2D uLogs;
attribute float aAgent, aSlot;
varying vec3 vNormal, vColour;
varying vec2 vRing;
varying float vVotes, vDepth, vDown;
void main() {
  vec4 place = placeOf(aAgent), state = stateOf(aAgent);
  float scale = -place.w / ${HEAD.radius.toFixed(3)};
  bool hidden = has(state, 8) || place.w >= 0.0;
  vec3 at = vec3(place.x, 0.0, place.z) + position * (hidden ? 0.0 : scale);
  vNormal = normal;
  vRing = position.xz;
  vColour = hueOf(state);
  vDown = has(state, 2) ? 1.0 : 0.0;
  vVotes = texelFetch(uLogs, ivec2(int(aSlot + 0.5), 0), 0).w;
  vec4 view = viewMatrix * vec4(at, 1.0);
  vDepth = -view.z;
  gl_Position = projectionMatrix * view;
}`,
    /* glsl */ `
varying vec3 vNormal, vColour;
varying vec2 vRing;
varying float vVotes, vDepth, vDown;
void main() {
  float r = length(vRing);
  vec3 colour = vColour;
  if (r > ${(HEAD.plateRadius + 0.1).toFixed(3)}) {
    // The outer ring: whole in calm times; while votes are counted, lit as far as they reach.
    float turn = fract(atan(vRing.x, -vRing.y) / 6.2831853 + 1.0);
    float full = vVotes < 0.0 || turn < vVotes ? 1.0 : 0.22;
    gl_FragColor = vec4(fogged(mix(uGround, colour, full * (1.0 - 0.45 * vDown)), vDepth), 1.0);
    return;
  }
  float rim = smoothstep(0.93, 0.97, r / ${HEAD.plateRadius.toFixed(3)}) * step(0.5, vNormal.y);
  vec3 body = lit(mix(colour * 0.93, colour, rim), vNormal);
  gl_FragColor = vec4(fogged(mix(body, uGround, 0.04 + 0.34 * vDown), vDepth), 1.0);
}`,
    { side: THREE.DoubleSide },
  )
  return mesh(geometry, shader, 1)
}

/** Disc on a short cylinder, and a flat ring round it at the ground. */
function plateShape(): { position: Float32Array; normal: Float32Array; index: number[] } {
  const position: number[] = []
  const normal: number[] = []
  const index: number[] = []
  const push = (r: number, y: number, angle: number, up: number): number => {
    const [x, z] = [Math.cos(angle), Math.sin(angle)]
    position.push(r * x, y, r * z)
    normal.push(up ? 0 : x, up, up ? 0 : z)
    return position.length / 3 - 1
  }
  const band = (r0: number, y0: number, r1: number, y1: number, up: number): void => {
    for (let k = 0; k < SIDES; k++) {
      const a = (2 * Math.PI * k) / SIDES
      const b = (2 * Math.PI * (k + 1)) / SIDES
      const [p, q, s, t] = [push(r0, y0, a, up), push(r1, y1, a, up), push(r0, y0, b, up), push(r1, y1, b, up)]
      index.push(p, q, s, s, q, t)
    }
  }
  band(0, HEAD.plateHeight, HEAD.plateRadius, HEAD.plateHeight, 1)
  band(HEAD.plateRadius, HEAD.plateHeight, HEAD.plateRadius, 0, 0)
  band(HEAD.ringRadius - 0.07, 0.02, HEAD.ringRadius, 0.02, 1)
  return { position: Float32Array.from(position), normal: Float32Array.from(normal), index }
}
