import { CATEGORIES, VIRIDIS } from './ramp.ts'

/** One point a body; GLSL_SHARED and GLSL_FIELD go before it. With SHADOW, its shadow on the floor. */
export const BODY_VERTEX = /* glsl */ `
uniform vec3 uWorld, uPalette[${CATEGORIES.dark.length}], uRamp[${VIRIDIS.length}], uTurns[4];
uniform float uUnits, uWrapped, uFlat, uSize, uMin, uMarkMin, uPhase, uMode, uTop;
attribute vec3 aHeading;
attribute float aSpeed, aValue, aFlags, aStatus;
varying vec4 vInverse;
varying vec3 vColour;
varying vec2 vSide;
varying float vHalf, vLength, vMark, vDepth;

vec3 placed(vec3 at, vec3 heading, float ahead) {
  vec3 moved = at + heading * ahead;
  if (uWrapped > 0.5 && (any(lessThan(moved, vec3(0.0))) || any(greaterThan(moved, uWorld)))) return at;
  return clamp(moved, vec3(0.0), uWorld);
}
vec3 bodyColour() {
  if (uMode < 0.5) return uPalette[int(aValue + 0.5) % ${CATEGORIES.dark.length}];
  if (uMode < 1.5) {
    float at = clamp(aSpeed / uTop, 0.0, 1.0) * ${(VIRIDIS.length - 1).toFixed(1)};
    int low = int(min(floor(at), ${(VIRIDIS.length - 2).toFixed(1)}));
    return mix(uRamp[low], uRamp[low + 1], at - float(low));
  }
  if (uMode < 2.5) {
    float at = mod(atan(aHeading.y, aHeading.x) / 1.5707963 + 4.0, 4.0);
    int low = int(min(floor(at), 3.0));
    return mix(uTurns[low], uTurns[(low + 1) % 4], at - float(low));
  }
  return uMode > 3.5 ? uHues[int(aValue + 0.5)] : mix(uLine, uText, 0.35);
}
void main() {
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = 1.0;
  int status = int(aStatus + 0.5), flags = int(aFlags + 0.5);
  if (status == 0) return;
  float ahead = status == 1 && (flags & 4) == 0 ? aSpeed * uPhase : 0.0;
  vec3 at = placed(position, aHeading, ahead);
  vec3 place = vec3((at.x - 0.5 * uWorld.x) * uUnits, at.z * uUnits, (0.5 * uWorld.y - at.y) * uUnits);
  place.y += uFlat * (heightAt(at.xy) + 0.25 * uSize);
#ifdef SHADOW
  place.y = 0.01;
#endif
  vec4 view = viewMatrix * vec4(place, 1.0);
  vec3 forward = vec3(aHeading.x, aHeading.z, -aHeading.y);
  forward = dot(forward, forward) > 1e-6 ? normalize(forward) : vec3(0.0, 0.0, -1.0);
#ifdef SHADOW
  forward.y = 0.0;
#endif
  vec3 fv = mat3(viewMatrix) * forward;
  vec3 toEye = normalize(-view.xyz);
  vec3 across = uFlat > 0.5 ? cross(forward, vec3(0.0, 1.0, 0.0)) : vec3(0.0);
  vec3 sv = uFlat > 0.5 ? mat3(viewMatrix) * across : cross(fv, toEye);
  sv = dot(sv, sv) > 1e-6 ? normalize(sv) : vec3(1.0, 0.0, 0.0);
  // What a step along the body and one across it are on the screen: a dart that lies on the ground is foreshortened.
  float k = uPixels * uSize / -view.z;
  vec2 along = k * (fv.xy - view.xy * fv.z / view.z);
  vec2 side = k * (sv.xy - view.xy * sv.z / view.z);
  // One that comes straight at the eye is still a body.
  float seen = length(along);
  if (seen < 0.5 * k) along = seen > 0.02 * k ? along * (0.5 * k / seen) : vec2(0.0, 0.5 * k);
  float det = along.x * side.y - along.y * side.x;
  if (abs(det) < 0.12 * dot(along, along)) {
    side = vec2(along.y, -along.x) * 0.35;
    det = along.x * side.y - along.y * side.x;
  }
  float grow = max(1.0, uMin * uDpr / k);
  along *= grow; side *= grow; det *= grow * grow;
  vInverse = vec4(side.y, -side.x, -along.y, along.x) / det;
  vSide = normalize(side);
  vLength = k * grow;
  vMark = status == 2 ? 5.0 : status == 3 ? 6.0
    : (flags & 8) != 0 ? 4.0 : (flags & 4) != 0 ? 3.0 : (flags & 1) != 0 ? 1.0 : (flags & 2) != 0 ? 2.0 : 0.0;
  float reach = max(length(along), length(side)) + 1.5;
  vHalf = vMark > 0.5 ? max(reach, 1.42 * max(1.35 * vLength, uMarkMin * uDpr) + 2.0) : reach;
  vColour = vMark > 4.5 ? uHues[12] : bodyColour();
  vDepth = -view.z;
  gl_PointSize = 2.0 * vHalf;
  gl_Position = projectionMatrix * view;
  // A sprite faces the eye: it would sink into a slope by half of itself.
  vec4 front = projectionMatrix * vec4(view.xy, view.z * (1.0 - (uRelief > 0.0 ? 1.3 : 0.25) * vHalf / uPixels), 1.0);
  gl_Position.z = front.z / front.w * gl_Position.w;
}`

export const BODY_FRAGMENT = /* glsl */ `
uniform float uMin, uMarkMin, uSolid, uFlat;
varying vec4 vInverse;
varying vec3 vColour;
varying vec2 vSide;
varying float vHalf, vLength, vMark, vDepth;
void main() {
  vec2 px = (gl_PointCoord * 2.0 - 1.0) * vec2(1.0, -1.0) * vHalf;
  // u along the body, v across it.
  vec2 uv = vec2(dot(vInverse.xy, px), dot(vInverse.zw, px));
  float w = abs(uv.y);
  // A dart: two edges from the tip to the wings, two from the wings to the notch; negative inside.
  float front = dot(vec2(uv.x - 1.0, w), vec2(0.27, 0.963));
  float back = dot(vec2(uv.x + 0.5, w), vec2(-0.76, -0.65));
  float dart = max(front, back);
  float alpha = clamp(0.5 - dart / max(fwidth(dart), 1e-4), 0.0, 1.0);
  // From afar a dot that is a little longer than wide, so that the grain of a crowd shows where it goes.
  float dot0 = length(px) - max(0.8 * vLength, uMin * uDpr);
  float near = smoothstep(1.9 * uDpr, 3.4 * uDpr, vLength);
  alpha = mix(clamp(0.5 - dot0, 0.0, 1.0), alpha, near);
#ifdef SHADOW
  if (alpha < 0.02) discard;
  gl_FragColor = vec4(mix(uLine, uText, uLight), mix(0.15, 0.13, uLight) * alpha);
#else
  // Two facets that catch the light from the upper left differently.
  float facet = dot(sign(uv.y) * vSide, normalize(vec2(-0.6, 0.8)));
  vec3 colour = vColour * mix(1.0, 0.9 + 0.17 * facet, near);
  alpha *= uSolid;
  if (vMark > 4.5) {
    float thick = max(0.34 * vLength, 0.9 * uDpr), arm = max(0.8 * vLength, uMarkMin * uDpr * 0.8);
    float cross = min(abs(px.x - px.y), abs(px.x + px.y)) * 0.7071 - 0.5 * thick;
    float bars = abs(abs(px.x) - 0.45 * arm) - 0.5 * thick;
    float inside = max(abs(px.x), abs(px.y)) - arm;
    alpha = clamp(0.5 - max(vMark < 5.5 ? cross : bars, inside), 0.0, 1.0);
  } else if (vMark > 0.5) {
    float radius = max(1.35 * vLength, uMarkMin * uDpr);
    float shape = vMark < 1.5 ? length(px)
      : vMark < 2.5 ? (abs(px.x) + abs(px.y)) * 0.8
      : vMark < 3.5 ? max(abs(px.x), abs(px.y)) * 1.15
      : max(abs(px.x) * 0.866 + px.y * 0.5, -px.y) * 1.45;
    float ring = clamp(0.65 * uDpr + 0.5 - abs(shape - radius + 1.0), 0.0, 1.0);
    colour = mix(colour, vMark > 3.5 ? uLost : uText, ring);
    alpha = max(alpha, ring);
  }
  if (alpha < 0.02) discard;
  gl_FragColor = vec4(fogged(colour, vDepth), alpha);
#endif
}`
