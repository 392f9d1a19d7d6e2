import type { Mark } from '../../engine/agents/Program.ts'
import type { DetectorKind } from '../../engine/scenario/Scenario.ts'

/** From when to when something that emerged was there. */
export interface DetectionSpan {
  readonly fromUs: number
  readonly toUs: number
  /** In a word or two. */
  readonly label: string
  /** Which of the scenario's detectors noticed it. */
  readonly detector: number
}

const LABELS: { readonly [K in DetectorKind]: string } = {
  flock: 'flock',
  mill: 'mill',
  clusters: 'groups',
  trail: 'trail',
  symmetry: 'one side leads',
  synchrony: 'in step',
  oscillation: 'swings',
  collapse: 'collapse',
}

/**
 * What was there from when to when, as far as the marks tell: from its onset to its end, which both lie before the mark
 * that tells of it. In the order in which it was noticed.
 * @param marks headlines in key order; read only
 */
export function detectionSpans(marks: readonly Mark[], untilUs: number): readonly DetectionSpan[] {
  const spans: DetectionSpan[] = []
  const open = new Map<number, number>()
  for (const { program, body, key } of marks) {
    if (key.time > untilUs) break
    if (program !== 'space' || (body.kind !== 'emerged' && body.kind !== 'dissolved')) continue
    const detector = Number(body['detector'])
    const at = open.get(detector)
    if (body.kind === 'emerged') {
      open.set(detector, spans.length)
      const label = LABELS[body['what'] as DetectorKind]
      spans.push({ fromUs: Number(body['onsetUs']), toUs: untilUs, label, detector })
    } else if (at !== undefined) {
      open.delete(detector)
      spans[at] = { ...spans[at]!, toUs: Number(body['endUs']) }
    }
  }
  return spans
}
