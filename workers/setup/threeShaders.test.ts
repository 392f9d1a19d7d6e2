import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ownShadersOnly } from './threeShaders.ts'

const three = 'node_modules/three/build/three.module.js'
const slim = (): string => {
  const transform = ownShadersOnly().transform as (code: string, id: string) => { code: string } | undefined
  return transform(readFileSync(three, 'utf8'), `/somewhere/${three}`)!.code
}

it('leaves out what no shader of ours includes, and keeps what three adds to each', () => {
  const code = slim()
  expect(readFileSync(three, 'utf8').length - code.length).toBeGreaterThan(80_000)
  expect(code).toMatch(/^var colorspace_pars_fragment = "vec4/m)
  expect(code).toMatch(/^var tonemapping_pars_fragment = "#ifndef/m)
  expect(code).toContain('const fragment$5 = "";')
})

it('is allowed to, because the stage has no material but its own and includes no piece of three’s', () => {
  const sources = readdirSync('app/scene', { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
    .map((path) => readFileSync(`app/scene/${path}`, 'utf8'))
  const materials = sources.flatMap((text) => text.match(/new (?:THREE\.)?\w+Material\b/g) ?? [])
  expect(new Set(materials)).toEqual(new Set(['new THREE.ShaderMaterial']))
  expect(sources.filter((text) => text.includes('#include <'))).toEqual([])
})
