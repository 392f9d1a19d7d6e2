import { rgb } from '../palette.ts'

/** Ten even steps of viridis and of cividis (van der Walt & Smith 2015; Nuñez et al. 2018), dark to bright. */
export const VIRIDIS = [
  '#440154',
  '#482878',
  '#3e4a89',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6dcd59',
  '#b4de2c',
  '#fde725',
] as const
export const CIVIDIS = [
  '#00204d',
  '#00336f',
  '#39486b',
  '#575c6d',
  '#707173',
  '#8a8779',
  '#a69d75',
  '#c4b56c',
  '#e4cf5b',
  '#ffea46',
] as const
/** Directions: a circle of hues of one lightness, so that no direction stands out. East, north, west, south. */
export const DIRECTIONS = {
  dark: ['#5ad1b4', '#e6b45a', '#cc79a7', '#56b4e9'],
  light: ['#0f8f74', '#b07c12', '#b0457d', '#2a83bd'],
} as const

/** Categories (Okabe & Ito 2008, ordered so that neighbours differ in lightness too); more of them repeat. */
export const CATEGORIES = {
  dark: ['#56b4e9', '#e69f00', '#009e73', '#cc79a7', '#f0e442', '#d55e00', '#9aa6ba', '#5ad1b4'],
  light: ['#2a83bd', '#c98a00', '#0f8f74', '#b0457d', '#a08c00', '#c25400', '#66728a', '#00796b'],
} as const

/** The same on a field, whose colours are purple, blue, green and yellow. */
export const ON_FIELD = {
  dark: ['#f2f5fa', '#ff9a4d', '#ff8fc4', '#a5d8ff', '#ffd9b0', '#ff5f4a', '#c9b3ff', '#d7dde8'],
  light: ['#1b2230', '#c24e00', '#a8246b', '#0b5a99', '#7a3b00', '#b3201b', '#5a2ea6', '#4a5568'],
} as const
/** From nothing to the most: on a light ground little is light. */
export const fieldRamp = (theme: 'dark' | 'light'): readonly string[] =>
  theme === 'dark' ? VIRIDIS : [...VIRIDIS].reverse()
/** Up to this share of the scale a field fades into the ground. */
export const FADE_SHARE = 0.14

/** Linear between the steps of a ramp; `share` is cut to 0..1. */
export function rampAt(ramp: readonly string[], share: number, out: number[]): void {
  const at = Math.max(0, Math.min(1, share)) * (ramp.length - 1)
  const low = Math.min(ramp.length - 2, Math.floor(at))
  const [a, b] = [rgb(ramp[low]!), rgb(ramp[low + 1]!)]
  for (let k = 0; k < 3; k++) out[k] = a[k]! + (b[k]! - a[k]!) * (at - low)
}

/** Large values of a field are few: the square root gives small ones their share of the colours. */
export const shareOf = (value: number, max: number): number =>
  max > 0 ? Math.sqrt(Math.max(0, Math.min(1, value / max))) : 0
/** The value at a share of the scale. */
export const valueAt = (share: number, max: number): number => share * share * max

export const gradient = (ramp: readonly string[]): string => `linear-gradient(to right, ${ramp.join(', ')})`
