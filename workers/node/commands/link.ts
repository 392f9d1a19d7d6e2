import { encodeLink } from '../../../engine/scenario/link.ts'
import { RULES_VERSION } from '../../../engine/rulesVersion.ts'
import { deflateRaw } from '../../shared/compress.ts'
import { orThrow, readRequest, type Flags } from '../args.ts'
import { runHeadless } from '../headless.ts'

/** Prints the share link of a scenario with these flags, and its bare code. Runs it once to put the digest in. */
export async function link(name: string | undefined, flags: Flags): Promise<number> {
  const request = await readRequest(name, flags)
  const run = await runHeadless(request.scenario, { untilUs: request.untilUs, workers: request.workers })
  const made = orThrow(
    await encodeLink(
      {
        scenario: request.scenario,
        log: request.log,
        timeUs: request.untilUs,
        camera: [],
        rulesVersion: RULES_VERSION,
        digest: { timeUs: request.untilUs, value: run.digest },
      },
      deflateRaw,
    ),
  )
  if (made.warning !== null) console.error(made.warning)
  console.log(made.fragment)
  console.log(made.code)
  return 0
}
