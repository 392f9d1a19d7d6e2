/**
 * One step of diffusion as weights of the cell itself, of its four edge neighbours and of its four corner neighbours;
 * `keep` is the share that evaporation leaves, taken after diffusing. Mutable, so that a model sets it anew every step
 * without allocating.
 */
export interface LayerRule {
  own: number
  edge: number
  corner: number
  keep: number
}

/** Courant numbers D·dt/h² up to which a scheme is stable; at more its finest ripple grows (von Neumann). */
export const COURANT_MAX = { fivePoint: 0.25, ninePoint: 0.375 } as const

/** f ← f + c(Σedge − 4f): variance per axis grows by 2c cells² a step. */
export function setFivePoint(rule: LayerRule, courant: number): void {
  rule.own = 1 - 4 * courant
  rule.edge = courant
  rule.corner = 0
}

/** f ← f + c(4Σedge + Σcorner − 20f)/6: the same variance, and as isotropic as nine cells can be. */
export function setNinePoint(rule: LayerRule, courant: number): void {
  rule.own = 1 - (20 * courant) / 6
  rule.edge = (4 * courant) / 6
  rule.corner = courant / 6
}

/** NetLogo's `diffuse`: a cell gives p/8 to each of its eight neighbours and keeps what has nobody to go to. */
export function setNetLogo(rule: LayerRule, share: number): void {
  rule.own = 1 - share
  rule.edge = share / 8
  rule.corner = share / 8
}

/** Each cell becomes the mean of the 3 × 3 around it (Jones 2010). */
export function setMean(rule: LayerRule): void {
  rule.own = 1 / 9
  rule.edge = 1 / 9
  rule.corner = 1 / 9
}
