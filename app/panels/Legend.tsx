import { useLab } from '../state/lab.ts'

const HEIGHT = {
  log: 'height: log index, solid = committed',
  level: 'height: level in the hierarchy',
  load: 'height: load of the agent',
  none: '',
} as const

const ROLES = [
  ['leader', 'M6 0.8 11 6 6 11.2 1 6Z'],
  ['follower', 'M6 1.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2Z'],
  ['candidate', 'M6 1 11.2 10.4H0.8Z'],
] as const

/** Colour and shape of each role, and what the third axis means. */
export function Legend() {
  const height = useLab((s) => s.scenario?.height)
  const raft = useLab((s) => s.stage?.programKinds.some((k) => k === 'raft' || k === 'ring-election') ?? false)
  if (height === undefined) return null
  return (
    <div className="legend quiet">
      {raft &&
        ROLES.map(([role, path]) => (
          <span key={role} className="legend-item">
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <path d={path} fill={`var(--${role})`} />
            </svg>
            {role}
          </span>
        ))}
      <span className="legend-item">
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d="m2.5 2.5 7 7M9.5 2.5l-7 7" stroke="var(--down)" strokeWidth="2.4" strokeLinecap="round" />
        </svg>
        crashed
      </span>
      {HEIGHT[height] && <span className="legend-height">{HEIGHT[height]}</span>}
    </div>
  )
}
