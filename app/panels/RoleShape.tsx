import { hasTasks } from '../state/hasTasks.ts'
import { useLab } from '../state/lab.ts'

/** Colour and shape of a role, as on the stage. */
const SHAPES: { readonly [role: string]: readonly [string, string] } = {
  leader: ['M6 0.8 11 6 6 11.2 1 6Z', 'var(--leader)'],
  follower: ['M6 1.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2Z', 'var(--follower)'],
  candidate: ['M6 1 11.2 10.4H0.8Z', 'var(--candidate)'],
  learner: ['M2 2h8v8H2Z', 'var(--learner)'],
  byzantine: ['M6 0 7.5 4.5 12 6 7.5 7.5 6 12 4.5 7.5 0 6 4.5 4.5Z', 'var(--byzantine)'],
  spreading: ['M6 0.8 11 6 6 11.2 1 6Z', 'var(--leader)'],
  informed: ['M6 1.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2Z', 'var(--follower)'],
  suspect: ['M6 1 11.2 10.4H0.8Z', 'var(--candidate)'],
  blocked: ['M2 2h8v8H2Z', 'var(--byzantine)'],
  member: ['M6 2.4a3.6 3.6 0 1 1 0 7.2 3.6 3.6 0 0 1 0-7.2Z', 'var(--quiet)'],
  client: ['M6 1.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4Z', '#cc79a7'],
  crashed: ['m1.5 3 1.5-1.5 3 3 3-3L10.5 3l-3 3 3 3L9 10.5l-3-3-3 3L1.5 9l3-3Z', 'var(--down)'],
  paused: ['M2.5 2h2.5v8H2.5zM7 2h2.5v8H7z', 'var(--down)'],
}
const AT_TASKS: { readonly [role: string]: string } = { spreading: 'informed', member: 'client' }
const OTHER = ['M6 3.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2Z', 'var(--quiet)'] as const

export function RoleShape({ role }: { role: string }) {
  // Where boxes are tasks, agents look another way: see TaskScene.
  const tasks = useLab((s) => hasTasks(s.scenario))
  const [path, fill] = SHAPES[(tasks && AT_TASKS[role]) || role] ?? OTHER
  return (
    <svg className="role-shape" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d={path} fill={fill} />
    </svg>
  )
}
