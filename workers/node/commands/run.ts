import { createWriteStream, writeFileSync } from 'node:fs'
import { history } from '../../../engine/checks/history.ts'
import { RULES_VERSION } from '../../../engine/rulesVersion.ts'
import { readRequest, type Flags, type Request } from '../args.ts'
import { judgeRun } from '../../claims/judgeRun.ts'
import { metricsOf } from '../../shared/metrics.ts'
import { runHeadless, type HeadlessRun } from '../headless.ts'
import { millis, printTable } from '../print.ts'
import { traceWriter } from '../trace.ts'

/** Runs one scenario; exit 0 where everything held, 1 where an invariant or a claim failed. */
export async function run(name: string | undefined, flags: Flags): Promise<number> {
  const request = await readRequest(name, flags)
  const trace = flags.trace === undefined ? null : traceWriter(createWriteStream(flags.trace))
  const done = await runHeadless(request.scenario, {
    untilUs: request.untilUs,
    workers: request.workers,
    ...(flags.codec === 'always' && { codecAlways: true }),
    ...(trace !== null && { onTraces: trace.take }),
    onProgress: (timeUs, events) => console.error(`${millis(timeUs)} of ${millis(request.untilUs)}, ${events} events`),
  })
  await trace?.close(done.marks)
  if (flags.history !== undefined) writeFileSync(flags.history, JSON.stringify(history(done.marks)))
  const result = resultOf(done)
  if (flags.json) console.log(JSON.stringify(result))
  else print(result)
  warnOfDifference(request, done)
  return result.invariants.every((i) => i.ok) && result.claims.every((c) => c.ok) ? 0 : 1
}

/** What `--json` prints; see the headless contract. */
function resultOf(done: HeadlessRun) {
  return {
    scenario: done.scenario.name,
    seed: done.scenario.seed,
    until_us: done.untilUs,
    workers: done.workers,
    digest: done.digest,
    events: done.totals.events,
    messages: done.totals.messages,
    wall_ms: Math.round(done.wallMs),
    metrics: metricsOf(done),
    invariants: done.invariants.map(({ name, ok, checked, violation }) => ({
      name,
      ok,
      checked,
      ...(violation && { violation }),
    })),
    claims: judgeRun(done),
  }
}

function print(result: ReturnType<typeof resultOf>): void {
  console.log(`${result.scenario}, seed ${result.seed}, ${millis(result.until_us)} on ${result.workers} worker(s)`)
  console.log(
    `digest ${result.digest}, ${result.events} events, ${result.messages} messages, ${result.wall_ms} ms of wall time\n`,
  )
  printTable(Object.entries(result.metrics).map(([name, value]) => [name, String(value)]))
  console.log()
  printTable(
    result.invariants.map((i) => [
      i.ok ? 'holds' : 'FAILS',
      i.name,
      `${i.checked} checked`,
      i.violation?.sentence ?? '',
    ]),
  )
  printTable(
    result.claims.map((c) => [c.ok ? 'holds' : 'FAILS', c.name, `measured ${c.measured}`, `expected ${c.expected}`]),
  )
}

/** A link says what its digest was; a replay that differs is said aloud. */
function warnOfDifference({ expected, untilUs }: Request, done: HeadlessRun): void {
  if (expected === null || expected.timeUs !== untilUs || expected.value === done.digest) return
  const why =
    expected.rulesVersion === RULES_VERSION
      ? 'the scenario or the flags are not the same'
      : `the link was made under rules ${expected.rulesVersion}, this lab has ${RULES_VERSION}`
  console.error(`This run's digest is ${done.digest}, the link's was ${expected.value}: ${why}.`)
}
