/**
 * Elementary functions that give the same bits in every engine. ECMAScript leaves Math.sin, exp, pow … to the
 * implementation and engines do differ by an ulp; these use only + - * /, Math.sqrt, abs and floor, which IEEE 754
 * fixes, and BigInt for arguments of sin, cos, tan beyond 2²⁰·π. Special values follow ECMAScript's Math.
 *
 * Polynomials are Taylor series of the reduced argument, cut where the rest is below 2⁻⁵⁸ of the result, so that every
 * coefficient is a fraction anybody can check. Error bounds, tested against 400-bit references
 * (math.accuracy.test.ts): pow, log2, cbrt, hypot 0.52 ulp; exp, log, log1p, sin, cos, atan 0.8; tan, atan2 2.
 */
export { atan, atan2 } from './math/atan.ts'
export { exp } from './math/exp.ts'
export { log, log1p } from './math/log.ts'
export { inverseNormal } from './math/normal.ts'
export { log2, pow } from './math/pow.ts'
export { cbrt, hypot } from './math/roots.ts'
export { cos, sin, tan } from './math/trig.ts'

export const PI = 3.141592653589793
export const TAU = 6.283185307179586
export const E = 2.718281828459045
export const LN2 = 0.6931471805599453
