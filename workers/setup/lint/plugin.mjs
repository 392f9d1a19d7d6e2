import { relative, sep } from 'node:path'
import { resolveImport, wallBetween } from './walls.mjs'

/**
 * Members of Math that every engine computes to the same bit (ECMA-262: the others are "implementation-approximated").
 */
const EXACT = ['sqrt', 'fround', 'imul', 'abs', 'min', 'max', 'floor', 'ceil', 'round', 'trunc', 'clz32']

/** Imports that cross a wall; see walls.mjs. */
const walls = {
  create(/** @type {any} */ context) {
    const from = relative(context.cwd, context.filename).split(sep).join('/')
    const check = (/** @type {any} */ node, /** @type {any} */ source, /** @type {boolean} */ typeOnly) => {
      if (typeof source?.value !== 'string') return
      const message = wallBetween(from, resolveImport(from, source.value), typeOnly)
      if (message !== null) context.report({ node, message })
    }
    return {
      ImportDeclaration: (/** @type {any} */ node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (/** @type {any} */ node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (/** @type {any} */ node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (/** @type {any} */ node) => check(node, node.source, false),
      TSImportType: (/** @type {any} */ node) => check(node, node.source ?? node.argument?.literal, true),
      // new URL('./worker.ts', import.meta.url) is how a worker is named.
      NewExpression: (/** @type {any} */ node) => {
        if (node.callee.name === 'URL' && node.arguments[1]?.type === 'MemberExpression')
          check(node, node.arguments[0], false)
      },
    }
  },
}

/** Arithmetic that differs between JavaScript engines by an ulp. */
const exactArithmetic = {
  create(/** @type {any} */ context) {
    const refuse = (/** @type {any} */ node, /** @type {string} */ what) =>
      context.report({ node, message: `${what} differs between engines: use engine/kernel/math.ts.` })
    return {
      BinaryExpression: (/** @type {any} */ node) => node.operator === '**' && refuse(node, '**'),
      AssignmentExpression: (/** @type {any} */ node) => node.operator === '**=' && refuse(node, '**='),
      Identifier: (/** @type {any} */ node) => {
        if (node.name !== 'Math') return
        const { parent } = node
        const isMember = parent.type === 'MemberExpression'
        if (isMember && parent.property === node && !parent.computed)
          return void (parent.object.name === 'globalThis' && refuse(parent, 'globalThis.Math'))
        if (!isMember) return refuse(node, 'Math under another name')
        if (parent.computed || !EXACT.includes(parent.property.name))
          refuse(parent, parent.computed ? 'Math[…]' : `Math.${parent.property.name}`)
      },
    }
  },
}

/** A dynamic import whose module the source does not name could load what somebody sent. */
const namedImport = {
  create(/** @type {any} */ context) {
    return {
      ImportExpression: (/** @type {any} */ node) => {
        if (node.source.type !== 'Literal')
          context.report({ node, message: 'A dynamic import names its module as a plain string.' })
      },
    }
  },
}

export default {
  meta: { name: 'lab' },
  rules: { walls, 'exact-arithmetic': exactArithmetic, 'named-import': namedImport },
}
