import type { Plugin } from 'vite'

/** Pieces that three puts into every ShaderMaterial. */
const KEPT = ['colorspace_pars_fragment', 'tonemapping_pars_fragment']

/**
 * Leaves out the shaders of three's own materials: the stage has only shaders of its own (app/scene/gl), and 110 kB of
 * text that nothing compiles would load before the first picture. A material of three's needs its pieces named above.
 */
export const ownShadersOnly = (): Plugin => ({
  name: 'own-shaders-only',
  apply: 'build',
  transform(code, id) {
    if (!id.endsWith('/three/build/three.module.js')) return undefined
    const slim = code.replace(/^(var|const) ([\w$]+) = "(?:[^"\\]|\\.)*";$/gm, (whole, word: string, name: string) =>
      KEPT.includes(name) ? whole : `${word} ${name} = "";`,
    )
    return { code: slim, map: null }
  },
})
