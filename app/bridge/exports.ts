import { csvLine } from '../../workers/sweep/csv.ts'
import { BUCKET_US } from '../../workers/protocol.ts'
import { gaugeOf } from '../panels/gauge.ts'
import { agentRecords } from '../panels/table/agentTable.ts'
import { lineOf } from '../panels/logLines.ts'
import { electorateOf } from '../panels/useCaption.ts'
import { useLab } from '../state/lab.ts'
import { engine } from './engine.ts'
import { save } from './save.ts'

/** What is on screen, as files. All of it is of the time that the page shows. */

type Records = readonly (readonly (string | number | null)[])[]

function saveRecords(what: string, records: Records): void {
  save(`${runName()}-${what}.csv`, new Blob([records.map(csvLine).join('')], { type: 'text/csv' }))
}

/** Scenario, seed and time: enough to find the run again. */
function runName(): string {
  const { scenario, facts } = useLab.getState()
  return `${scenario?.name ?? 'swarm'}-seed-${scenario?.seed ?? 0}-${Math.round(facts.timeUs / 1_000)}ms`
}

/** The table of agents: one row an agent, all columns of the frame. */
export function saveAgents(): void {
  const { stage, names } = useLab.getState()
  const frame = engine.client?.frames.acquire() ?? null
  saveRecords(
    'agents',
    agentRecords(frame, stage?.agents ?? 0, names.agent, (agent) => stage?.group[agent] ?? 0),
  )
}

/**
 * What the charts are drawn from: one row a bucket of virtual time; latencies in µs, figures in their own units, empty
 * where nothing ended or was measured.
 */
export function saveSeries(): void {
  const { series: all, facts } = useLab.getState()
  const series = all.filter(({ index }) => index * BUCKET_US < facts.frontierUs)
  const gauges = [...new Set(series.flatMap((bucket) => Object.keys(bucket.gauges)))].sort()
  const named = gauges.map((name) => gaugeOf(name).column)
  saveRecords('series', [
    ['from_us', 'to_us', 'events', 'sent', 'delivered', 'lost', ...named],
    ...series.map(({ index, events, sent, delivered, lost, gauges: row }) => [
      ...[index * BUCKET_US, (index + 1) * BUCKET_US, events, sent, delivered, lost],
      ...gauges.map((name) => row[name] ?? null),
    ]),
  ])
}

/** The newest marks, in their total order, with the words that the log shows. */
export function saveLog(): void {
  const { marks, names, stage } = useLab.getState()
  const electorate = electorateOf(stage)
  saveRecords('log', [
    ['time_us', 'agent', 'program', 'kind', 'words', 'body'],
    ...marks.recent.map(({ key, agent, program, body }, i) => [
      ...[key.time, agent, program, body.kind, lineOf(marks.recent, i, names, electorate), JSON.stringify(body)],
    ]),
  ])
}

/** The stage with its labels, and under it what it is: title, time, seed, digest. */
export async function savePicture(): Promise<void> {
  const { toast } = useLab.getState()
  if (engine.stage === null) return toast('error', 'Picture: there is no stage to take one of.')
  const { drawPicture } = await import('./drawPicture.ts')
  const blob = await new Promise<Blob | null>((done) => drawPicture(engine.stage!.picture()).toBlob(done, 'image/png'))
  if (blob === null) return toast('error', 'Picture: this browser could not make a PNG of it.')
  save(`${runName()}.png`, blob)
}
