import './palette.css'
import { Command } from 'cmdk'
import { Dialog as D } from 'radix-ui'
import { useMemo } from 'react'
import { useLab } from '../../state/lab.ts'
import { usePresets } from '../Gallery.tsx'
import { paletteGroups, paletteScore } from './commands.ts'

/** Everything by name: Ctrl/Cmd K, a few letters, Enter. */
export default function CommandPalette({ onClose }: { onClose(): void }) {
  const presets = usePresets()
  const keys = useLab((s) => s.keys)
  const groups = useMemo(() => paletteGroups(presets, keys), [presets, keys])
  return (
    <D.Root open onOpenChange={(open) => !open && onClose()}>
      <D.Portal>
        <D.Overlay className="overlay palette-overlay">
          <D.Content className="dialog palette-box" aria-describedby={undefined}>
            <D.Title className="hidden-visually">Commands</D.Title>
            <Command label="Commands" loop filter={paletteScore}>
              <Command.Input className="palette-input" placeholder="What do you want to do?" />
              <Command.List className="palette-list">
                <Command.Empty className="quiet palette-empty">Nothing of that name.</Command.Empty>
                {groups.map(({ title, commands }) => (
                  <Command.Group key={title} heading={title}>
                    {commands.map(({ id, title: name, words, keys: key, run }) => (
                      <Command.Item
                        key={id}
                        value={`${name} ${id}`}
                        keywords={[words]}
                        onSelect={() => {
                          onClose()
                          void run()
                        }}
                      >
                        <span className="row-main">{name}</span>
                        {key && <kbd className="mono quiet">{key}</kbd>}
                      </Command.Item>
                    ))}
                  </Command.Group>
                ))}
              </Command.List>
            </Command>
          </D.Content>
        </D.Overlay>
      </D.Portal>
    </D.Root>
  )
}
