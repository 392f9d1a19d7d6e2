import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { linter, lintGutter, lintKeymap } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, hoverTooltip, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { JsonSchema } from '../../../engine/scenario/jsonSchema.ts'
import { checkScenario, diagnosticsOf, type Checked } from './checkScenario.ts'
import { completeScenario } from './completeScenario.ts'
import { explainField, type Explained } from './explainField.ts'

export interface EditorOptions {
  readonly parent: HTMLElement
  readonly text: string
  /** Null where it could not be loaded: no completion and no help, everything else works. */
  readonly schema: JsonSchema | null
  /** A moment after every change, and once at the start. */
  onChecked(checked: Checked, text: string): void
  /** What the cursor is on. */
  onPlace(place: Explained | null): void
  /** Ctrl/Cmd+Enter. */
  onRun(): void
}

const CHECK_AFTER_MS = 250

/** A text field that knows scenarios: colours, completion, help and the parser's own sentence where it belongs. */
export function scenarioEditor({ parent, text, schema, onChecked, onPlace, onRun }: EditorOptions): EditorView {
  const check = (view: EditorView): ReturnType<typeof diagnosticsOf> => {
    const checked = checkScenario(view.state)
    onChecked(checked, view.state.doc.toString())
    return diagnosticsOf(checked)
  }
  const run = { key: 'Mod-Enter', run: () => (onRun(), true) }
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        json(),
        syntaxHighlighting(COLOURS),
        LOOK,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'Scenario as JSON' }),
        lintGutter(),
        linter(check, { delay: CHECK_AFTER_MS }),
        ...(schema ? help(schema, onPlace) : []),
        keymap.of([
          run,
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
      ],
    }),
  })
}

const help = (schema: JsonSchema, onPlace: (place: Explained | null) => void) => [
  autocompletion({ override: [completeScenario(schema)], icons: false }),
  hoverTooltip((view, pos, side) => {
    const explained = explainField(schema, view.state, pos, side)
    return explained && explained.text
      ? { pos: explained.from, above: true, create: () => ({ dom: card(explained) }) }
      : null
  }),
  EditorView.updateListener.of((update) => {
    if (update.selectionSet || update.docChanged)
      onPlace(explainField(schema, update.state, update.state.selection.main.head, -1))
  }),
]

function card({ path, text, kind }: Explained): HTMLElement {
  const dom = document.createElement('div')
  dom.className = 'field-card'
  for (const [tag, content] of [
    ['code', path],
    ['p', text],
    ['small', kind],
  ] as const)
    dom.appendChild(document.createElement(tag)).textContent = content
  return dom
}

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--code-number)' },
  { tag: tags.number, color: 'var(--code-word)' },
  { tag: [tags.bool, tags.null], color: 'var(--code-word)', fontWeight: '600' },
  { tag: [tags.separator, tags.brace, tags.squareBracket], color: 'var(--quiet)' },
])

const LOOK = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)', padding: '10px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--quiet)', border: 'none' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--accent-soft)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--raised-strong)' },
})
