/** Between a slider's 0..1 and a value; both ways clamp. */
export interface Scale {
  position(value: number): number
  value(position: number): number
}

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x))

export const linear = (low: number, high: number, step = 0): Scale => ({
  position: (v) => (high > low ? clamp((v - low) / (high - low), 0, 1) : 0),
  value: (x) => {
    const v = low + clamp(x, 0, 1) * (high - low)
    return step > 0 ? clamp(Number((Math.round(v / step) * step).toPrecision(12)), low, high) : v
  },
})

/** Share of the track at the far left that means 0, where a scale reaches it. */
const ZERO = 0.03

/** By the logarithm from `low` > 0; with `zero` the far left is 0. */
export function logarithmic(low: number, high: number, round: (value: number) => number, zero = false): Scale {
  const start = zero ? ZERO : 0
  const span = Math.log(high / low) || 1
  return {
    position: (v) => (zero && v <= 0 ? 0 : start + (1 - start) * clamp(Math.log(Math.max(v, low) / low) / span, 0, 1)),
    value: (x) => {
      if (zero && x < start) return 0
      return clamp(round(low * Math.exp(clamp((x - start) / (1 - start), 0, 1) * span)), low, high)
    },
  }
}

/** Half of the band round the middle that means 0. */
const DEAD = 0.02

/** Both signs: 0 in the middle, the logarithm of the size to either side. */
export function signed(low: number, high: number, round: (value: number) => number): Scale {
  const half = logarithmic(low, high, round)
  const reach = 0.5 - DEAD
  return {
    position: (v) => (v === 0 ? 0.5 : 0.5 + Math.sign(v) * (DEAD + reach * half.position(Math.abs(v)))),
    value: (x) => {
      const off = clamp(x, 0, 1) - 0.5
      return Math.abs(off) < DEAD - 1e-9 ? 0 : Math.sign(off) * half.value((Math.abs(off) - DEAD) / reach)
    },
  }
}

/** To two significant digits: what a person can say. */
export const rough = (value: number): number => Number(value.toPrecision(2))
