import './editor.css'
import { closeCompletion } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { Dialog as D } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import type { JsonSchema } from '../../../engine/scenario/jsonSchema.ts'
import { scenarioFile } from '../../../engine/scenario/scenarioFile.ts'
import { openRun } from '../../bridge/actions.ts'
import { presets } from '../../bridge/catalog.ts'
import { saveOwn } from '../../bridge/library.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { saveFile } from '../shareText.ts'
import { checkScenario, type Checked } from './checkScenario.ts'
import { draft, keepDraft } from './draft.ts'
import type { Explained } from './explainField.ts'
import { scenarioEditor } from './scenarioEditor.ts'

let schema: Promise<JsonSchema | null> | null = null
/** The published schema, once; null where it cannot be loaded. */
const loadSchema = (): Promise<JsonSchema | null> =>
  (schema ??= fetch(new URL('schema/scenario-1.json', document.baseURI))
    .then((answer) => (answer.ok ? (answer.json() as Promise<JsonSchema>) : null))
    .catch(() => null))

const currentText = (): string => {
  const { scenario, facts } = useLab.getState()
  return scenario ? scenarioFile(scenario, facts.log) : '{\n  "programs": [{ "kind": "raft" }]\n}\n'
}

/** The scenario on screen, with what was done to it, as a text to be changed and run. */
export default function EditorDialog({ onClose }: { onClose(): void }) {
  const { parent, editor, checked, place, resumed, restart, forget } = useEditor(() => void run())
  const run = async (): Promise<void> => {
    const scenario = valid()
    if (!scenario) return
    forget()
    onClose()
    await openRun(scenario, { play: true })
  }
  const keep = async (): Promise<void> => {
    const scenario = valid()
    if (!scenario) return
    const taken = (await presets()).map((preset) => preset.scenario.name)
    const saved = await saveOwn(scenario, taken)
    const { toast } = useLab.getState()
    if (saved.ok) toast('note', `“${saved.value.title}” is under Your own in Scenarios.`)
    else toast('error', saved.error)
  }
  /** The scenario as it reads now; else the cursor goes to what is wrong. */
  const valid = () => {
    if (!editor.current) return null
    const now = checkScenario(editor.current.state)
    if (now.ok) return now.value
    editor.current.dispatch({ selection: { anchor: now.from, head: now.to }, scrollIntoView: true })
    editor.current.focus()
    return null
  }
  return (
    <D.Root open onOpenChange={(open) => !open && onClose()}>
      <D.Portal>
        <D.Overlay className="overlay">
          <D.Content
            className="dialog editor-dialog"
            onOpenAutoFocus={(e) => e.preventDefault()}
            onEscapeKeyDown={(e) => editor.current && closeCompletion(editor.current) && e.preventDefault()}
          >
            <D.Title className="dialog-title">Edit as JSON</D.Title>
            <D.Description className="quiet dialog-description">
              The scenario on screen with everything done to it. Ctrl+Space lists what can stand at the cursor, Tab
              leaves the text.
            </D.Description>
            <div ref={parent} className="editor-text" />
            <Help checked={checked} place={place} resumed={resumed} />
            <div className="editor-foot">
              <Button look="primary" disabled={checked?.ok === false} onClick={() => void run()}>
                Run it
              </Button>
              <Button disabled={checked?.ok === false} onClick={() => void keep()}>
                Save to your scenarios
              </Button>
              <Button onClick={() => saveFile('scenario.json', editor.current?.state.doc.toString() ?? '')}>
                Save as a file
              </Button>
              <span className="spacer" />
              <Button look="quiet" onClick={restart}>
                Start over
              </Button>
            </div>
            <D.Close asChild>
              <Button icon look="quiet" className="dialog-close" aria-label="Close">
                <Icon name="close" />
              </Button>
            </D.Close>
          </D.Content>
        </D.Overlay>
      </D.Portal>
    </D.Root>
  )
}

function useEditor(onRun: () => void) {
  const parent = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView | null>(null)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [place, setPlace] = useState<Explained | null>(null)
  const [resumed, setResumed] = useState(false)
  const done = useRef(false)
  const runs = useRef(onRun)
  runs.current = onRun
  useEffect(() => {
    let here = true
    const from = currentText()
    void loadSchema().then((known) => {
      if (!here || !parent.current) return
      const unfinished = draft()
      setResumed(unfinished !== null)
      editor.current = scenarioEditor({
        parent: parent.current,
        text: unfinished ?? from,
        schema: known,
        onChecked: (now, written) => {
          setChecked(now)
          keepDraft(written === from ? null : written)
        },
        onPlace: setPlace,
        onRun: () => runs.current(),
      })
      editor.current.focus()
    })
    return () => {
      here = false
      const written = editor.current?.state.doc.toString() // the last check may be a moment old
      if (done.current) keepDraft(null)
      else if (written !== undefined && written !== from) keepDraft(written)
      editor.current?.destroy()
      editor.current = null
    }
  }, [])
  const restart = (): void => {
    const view = editor.current
    view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: currentText() } }) // can be undone
    view?.focus()
    setResumed(false)
  }
  const forget = (): void => void (done.current = true)
  return { parent, editor, checked, place, resumed, restart, forget }
}

interface HelpProps {
  checked: Checked | null
  place: Explained | null
  /** The text is one that was begun earlier. */
  resumed: boolean
}

/** What is wrong; else what the cursor is on. */
function Help({ checked, place, resumed }: HelpProps) {
  return (
    <div className="editor-help small">
      {checked?.ok === false ? (
        <p className="problem" role="status">
          {checked.error}
        </p>
      ) : place?.text ? (
        <p className="quiet">
          <code className="mono">{place.path}</code> {place.text} {place.kind}.
        </p>
      ) : (
        <p className="quiet">
          {resumed ? 'You had begun to write this. Start over takes what is on screen.' : 'It can run as it stands.'}
        </p>
      )}
    </div>
  )
}
