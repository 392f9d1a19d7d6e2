import '../../engine/programs.ts'
import '../../engine/spaceModels.ts'
import { InputError, parseFlags, type Flags } from './args.ts'
import { bench } from './commands/bench.ts'
import { compare } from './commands/compare.ts'
import { link } from './commands/link.ts'
import { list } from './commands/list.ts'
import { run } from './commands/run.ts'
import { sweep } from './commands/sweep.ts'
import { verify } from './commands/verify.ts'

const COMMANDS: Record<string, (names: readonly string[], flags: Flags) => number | Promise<number>> = {
  list: (_, flags) => list(flags),
  run: ([name], flags) => run(name, flags),
  link: ([name], flags) => link(name, flags),
  compare,
  sweep: ([name], flags) => sweep(name, flags),
  verify,
  bench,
}

const [word, ...rest] = process.argv.slice(2)
try {
  const command = COMMANDS[word ?? '']
  if (command === undefined)
    throw new InputError(`command: "${word ?? ''}" is not one of ${Object.keys(COMMANDS).join(', ')}`)
  const { positionals, values } = parseFlags(rest)
  process.exitCode = await command(positionals, values)
} catch (error) {
  if (!(error instanceof InputError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
