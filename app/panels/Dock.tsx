import { lazy, Suspense } from 'react'
import { useLab } from '../state/lab.ts'
import { Boundary } from '../ui/Boundary.tsx'
import { Scrubber } from './Scrubber.tsx'
import { Transport } from './Transport.tsx'

const Timeline = lazy(() => import('./Timeline.tsx'))

/** Along the bottom: transport, and the timeline where it is open; a thin line to scrub on where it is not. */
export function Dock() {
  const timeline = useLab((s) => s.timeline)
  return (
    <footer id="dock" className={timeline ? 'dock dock-open' : 'dock'} aria-label="Time">
      {!timeline && <Scrubber />}
      <Transport />
      {timeline && (
        <Boundary fallback={<p className="quiet">The timeline could not be shown; reload the page to try again.</p>}>
          <Suspense fallback={<div className="timeline" />}>
            <Timeline />
          </Suspense>
        </Boundary>
      )}
    </footer>
  )
}
