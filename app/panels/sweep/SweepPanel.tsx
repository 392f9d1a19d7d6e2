import { useEffect, useState } from 'react'
import { loadSweep, useSweep } from '../../bridge/sweep.ts'
import { Button } from '../../ui/Button.tsx'
import { SweepFormView } from './SweepFormView.tsx'
import { SweepProgress } from './SweepProgress.tsx'
import { SweepResults } from './SweepResults.tsx'
import './sweep.css'

/** The same scenario over many values and seeds: what it does on average, and how far that can be trusted. */
export default function SweepPanel() {
  const ready = useSweep((s) => s.ready)
  const plan = useSweep((s) => s.plan)
  const done = useSweep((s) => s.done)
  const [again, setAgain] = useState(false)
  useEffect(() => void loadSweep(), [])
  if (!ready) return <div className="panel-body" />
  const filling = plan === null || again
  return (
    <div className="panel-body sweep">
      {filling ? (
        <SweepFormView onStarted={() => setAgain(false)} {...(plan !== null && { onBack: () => setAgain(false) })} />
      ) : (
        <>
          <SweepProgress />
          {done > 0 && <SweepResults />}
          <Button className="wide" onClick={() => setAgain(true)}>
            Another sweep
          </Button>
        </>
      )}
    </div>
  )
}
