/** Colours of kinds of tasks: Okabe and Ito's, told apart by everybody; kinds beyond five begin again. */
const KINDS = {
  dark: ['#e6a93c', '#56b4e9', '#2fb58c', '#cc79a7', '#b9a9f0'],
  light: ['#c98a12', '#3b93cc', '#159a72', '#b85a8c', '#8573d0'],
} as const
export type Shade = keyof typeof KINDS

export const taskColour = (kind: number, shade: Shade): string => KINDS[shade][kind % KINDS[shade].length]!
