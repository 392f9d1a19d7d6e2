import type { Mark } from '../../../engine/agents/Program.ts'
import type { DetectorKind } from '../../../engine/scenario/Scenario.ts'

/** Something that has emerged and is still there. */
export interface LiveDetection {
  /** Index into the scenario's detectors. */
  readonly detector: number
  readonly what: DetectorKind
  /** In a word or two, for a label. */
  readonly label: string
  /** Since when it has been there, and when it was noticed; virtual µs. */
  readonly sinceUs: number
  readonly noticedUs: number
  /** Where it was when it was noticed, and how far it reached, world units; null where it has no place. */
  readonly place: readonly [number, number, number] | null
  readonly radius: number
  /** How many took part then; null where nobody in particular does. */
  readonly members: number | null
}

const LABELS: { readonly [K in DetectorKind]: string } = {
  flock: 'flock',
  mill: 'mill',
  clusters: 'largest group',
  trail: 'trail',
  symmetry: 'one side wins',
  synchrony: 'in step',
  oscillation: 'swings',
  collapse: 'collapse',
}

/**
 * What has emerged by `timeUs` and is not over, in the order in which it was noticed.
 * @param marks headlines in key order; read only
 */
export function detectionsAt(marks: readonly Mark[], timeUs: number): readonly LiveDetection[] {
  const live = new Map<number, LiveDetection>()
  for (const { program, body, key } of marks) {
    if (key.time > timeUs) break
    if (program !== 'space') continue
    const detector = Number(body['detector'])
    if (body.kind === 'dissolved') live.delete(detector)
    else if (body.kind === 'emerged') live.set(detector, liveOf(detector, body, key.time))
  }
  return [...live.values()]
}

function liveOf(detector: number, body: Mark['body'], noticedUs: number): LiveDetection {
  const what = body['what'] as DetectorKind
  const place = body['place']
  return {
    ...{ detector, what, label: LABELS[what], noticedUs },
    sinceUs: Number(body['onsetUs']),
    place: Array.isArray(place) ? (place as unknown as readonly [number, number, number]) : null,
    radius: Number(body['radius'] ?? 0),
    members: typeof body['members'] === 'number' ? body['members'] : null,
  }
}
