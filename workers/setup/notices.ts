import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export interface Notice {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** The package's own licence and notice files. */
  readonly text: string
}

interface LockEntry {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
}

/**
 * What the licences of everything that may be in the bundle ask to be shipped with it: all production packages,
 * transitive ones too, whether or not tree shaking left anything of them.
 * @param root the folder of package-lock.json and node_modules
 */
export function notices(root: string): readonly Notice[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>
  }
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !entry.optional)
    .filter(([path]) => !path.includes('/@types/'))
    .map(([path, { version = '', license = '' }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      text: licenceText(join(root, path)),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** One text file of all notices, packages with the same text together. */
export function formatNotices(all: readonly Notice[]): string {
  const byText = new Map<string, Notice[]>()
  for (const notice of all) byText.set(notice.text, [...(byText.get(notice.text) ?? []), notice])
  const sections = [...byText].map(
    ([text, packages]) => `${packages.map((p) => `${p.name} ${p.version} (${p.licence})`).join('\n')}\n\n${text}`,
  )
  const rule = `\n\n${'-'.repeat(80)}\n\n`
  return `AMOS Swarm Lab contains the following packages under their own licences.${rule}${sections.join(rule)}\n`
}

function licenceText(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
  const texts = files.sort().map((name) => readFileSync(join(folder, name), 'utf8').replace(/\r/g, '').trim())
  return texts.length > 0 ? texts.join('\n\n') : authorOf(folder)
}

/** A package without a licence file: who holds the rights, as its package.json says. */
function authorOf(folder: string): string {
  const { license, author, repository, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    license?: string
    author?: string | { name: string }
    repository?: string | { url: string }
    homepage?: string
  }
  const holder = typeof author === 'object' ? author.name : author
  const source = typeof repository === 'object' ? repository.url : (repository ?? homepage)
  return `Licence: ${license}.\nCopyright: ${holder ?? 'its contributors'}.\nSource: ${source}.`
}
