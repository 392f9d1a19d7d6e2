import type { Watcher } from '../space/SpaceModel.ts'

/** Figures and detections of what emerges, over the columns of a space. */
export const emergentBehavior: Watcher = {
  arrays: () => ({}),
  bind: () => ({ measure: (_timeUs, figures) => [{ kind: 'measure', ...figures }] }),
}
