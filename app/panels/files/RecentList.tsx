import { useState } from 'react'
import { openKept } from '../../bridge/kept.ts'
import type { RecentRun } from '../../bridge/library.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'
import { clockText, digestText } from '../format.ts'

const FIRST = 5

/** "3 minutes ago", in whole units; `ms` ≥ 0. */
export function agoText(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'just now'
  const [n, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 1440
        ? [Math.floor(minutes / 60), 'hour']
        : [Math.floor(minutes / 1440), 'day']
  return `${n} ${unit}${n === 1 ? '' : 's'} ago`
}

/** Runs that were on screen last: each opens again exactly where it was left. `now`: wall ms. */
export function RecentList({ recent, now }: { recent: readonly RecentRun[]; now: number }) {
  const [all, setAll] = useState(false)
  const open = async ({ run }: RecentRun): Promise<void> => {
    const opened = await openKept(run)
    if (!opened.ok) useLab.getState().toast('error', opened.error)
  }
  return (
    <ul>
      {recent.slice(0, all ? recent.length : FIRST).map((item) => (
        <li key={item.id}>
          <button type="button" className="row-button recent-row" onClick={() => void open(item)}>
            <span className="row-main">{item.run.scenario.title}</span>
            <span className="quiet small">
              seed <span className="mono">{item.run.scenario.seed}</span> · at{' '}
              <span className="mono">{clockText(item.run.timeUs)}</span> · {agoText(Math.max(0, now - item.seenAt))}
            </span>
            {item.run.digest && (
              <span className="quiet small">
                digest <span className="mono">{digestText(item.run.digest.value)}</span>
                {commandsText(item.run.log.length - item.run.scenario.faults.length)}
              </span>
            )}
          </button>
        </li>
      ))}
      {recent.length > FIRST && !all && (
        <li>
          <Button small look="quiet" onClick={() => setAll(true)}>
            All {recent.length}
          </Button>
        </li>
      )}
    </ul>
  )
}

const commandsText = (n: number): string => (n <= 0 ? '' : n === 1 ? ' · 1 change' : ` · ${n} changes`)
