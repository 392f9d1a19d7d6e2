import { Dialog as D } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'

export interface DialogProps {
  title: string
  /** One sentence under the title; also what screen readers say first. */
  description: string
  onClose(): void
  children: ReactNode
}

/** Modal, focus kept inside, Escape and the ground close it. Mounted only while open. */
export function Dialog({ title, description, onClose, children }: DialogProps) {
  return (
    <D.Root open onOpenChange={(open) => !open && onClose()}>
      <D.Portal>
        <D.Overlay className="overlay">
          <D.Content className="dialog">
            <D.Title className="dialog-title">{title}</D.Title>
            <D.Description className="quiet dialog-description">{description}</D.Description>
            {children}
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
