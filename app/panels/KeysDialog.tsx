import { useState } from 'react'
import { DEFAULT_KEYS, KEY_ACTIONS, keyLabel, remap, type KeyAction } from '../state/keys.ts'
import { useLab } from '../state/lab.ts'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { Dialog } from '../ui/Dialog.tsx'

const FIXED = [
  ['Scenario by its number', '1 – 9'],
  ['Any command by its name', 'Ctrl/Cmd K'],
  ['Undo, redo', 'Ctrl/Cmd Z, with Shift'],
  ['Turn the picture', '← → ↑ ↓'],
  ['Closer, farther', '+ −'],
] as const

/** Every key, and how to change it. */
export default function KeysDialog({ onClose }: { onClose(): void }) {
  const keys = useLab((s) => s.keys)
  const setKeys = useLab((s) => s.setKeys)
  const theme = useLab((s) => s.theme)
  const setTheme = useLab((s) => s.setTheme)
  const [waiting, setWaiting] = useState<KeyAction | null>(null)
  return (
    <Dialog
      title="Keys"
      description="They act while the stage has focus. Choose one to give it another key."
      onClose={onClose}
    >
      <ul className="keys">
        {(Object.keys(KEY_ACTIONS) as KeyAction[]).map((action) => (
          <li key={action} className="key-row">
            <span>{KEY_ACTIONS[action]}</span>
            <Button
              small
              className={waiting === action ? 'chosen key' : 'key'}
              aria-label={`${KEY_ACTIONS[action]}: ${keyLabel(keys[action])}. Change`}
              onClick={() => setWaiting(action)}
              onBlur={() => setWaiting(null)}
              onKeyDown={(e) => {
                if (waiting !== action || e.key === 'Tab' || e.key === 'Shift') return
                e.preventDefault()
                e.stopPropagation()
                if (e.key !== 'Escape') setKeys(remap(keys, action, e.key))
                setWaiting(null)
              }}
            >
              <kbd className="mono">{waiting === action ? 'press a key' : keyLabel(keys[action])}</kbd>
            </Button>
          </li>
        ))}
        {FIXED.map(([what, key]) => (
          <li key={what} className="key-row quiet">
            <span>{what}</span>
            <kbd className="mono">{key}</kbd>
          </li>
        ))}
      </ul>
      <div className="keys-foot">
        <Button onClick={() => setKeys(DEFAULT_KEYS)}>As they came</Button>
        <Choices
          label="Colours"
          value={theme}
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
          ]}
          onChange={setTheme}
        />
      </div>
    </Dialog>
  )
}
