import type { ReactNode } from 'react'
import { useLab } from '../state/lab.ts'
import { Dialog } from '../ui/Dialog.tsx'
import ClaimList from './ClaimList.tsx'
import { usePresets } from './Gallery.tsx'

/** What it is, how it works, how to use it, things to notice, things to try, its claims, references. */
export default function InfoDialog({ onClose }: { onClose(): void }) {
  const scenario = useLab((s) => s.scenario)
  const preset = usePresets().find((p) => p.scenario.name === scenario?.name)
  if (!scenario) return null
  const info = preset?.info
  return (
    <Dialog title={scenario.title} description={info?.what ?? 'A scenario of your own.'} onClose={onClose}>
      {info && (
        <div className="info">
          <Part title="How it works">
            <p>{unbroken(info.how)}</p>
          </Part>
          <Part title="How to use it">
            <p>{unbroken(info.use)}</p>
          </Part>
          <Part title="Things to notice">
            <List items={info.notice} />
          </Part>
          <Part title="Things to try">
            <List items={info.tryThis} />
          </Part>
          <Part title="What it claims">
            <ClaimList />
          </Part>
          <Part title="References">
            <List items={info.references} />
          </Part>
        </div>
      )}
      <p className="quiet small hint">
        Headless:{' '}
        <code className="mono">
          npm run -s lab -- run {scenario.name} --seed {scenario.seed}
        </code>
      </p>
    </Dialog>
  )
}

/** A number stays on one line with its unit. */
const unbroken = (text: string): string => text.replace(/(\d) (?=(?:%|µs|ms|s)(?!\w))/g, '$1\u00a0')

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="info-part">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul className="bullets">
      {items.map((item) => (
        <li key={item}>{unbroken(item)}</li>
      ))}
    </ul>
  )
}
