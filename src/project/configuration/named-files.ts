/**
 * Files of the repository that its configuration names: programs that cargo starts, descriptions of targets. What they are is
 * a part of what the configuration does, so their sums go with it. They are summed, never run and never understood; a program
 * that is found by its name alone (`PATH`), and what a program starts in turn, is not looked for.
 */
import { createHash } from 'node:crypto'
import { dirname, join, resolve, sep } from 'node:path'
import type { ConfigurationPower, NamedFile } from '../cargo-configuration.js'
import { isInside } from '../directory-tree.js'
import { messageOf } from '../errors.js'
import type { ConfigurationPlaces } from './load-files.js'

export interface NamedFiles {
  /** The powers, those that name a file with its sum. */
  readonly powers: readonly ConfigurationPower[]
  /** Each once. */
  readonly files: readonly NamedFile[]
  readonly losses: readonly { readonly at: ConfigurationPower['at']; readonly message: string }[]
}

/** Reads what the powers name, of those that the repository's own files have. */
export function namedFiles(
  all: readonly ConfigurationPower[],
  { view, start, repository }: ConfigurationPlaces,
): NamedFiles {
  const files = new Map<string, NamedFile>()
  const losses: NamedFiles['losses'][number][] = []
  if (repository === undefined) return { powers: all, files: [], losses }
  const read = (power: ConfigurationPower, path: string): NamedFile | undefined => {
    const real = view.realPath(path)
    if (real === undefined || !isInside(repository, real)) return undefined
    const file = real
      .slice(repository.length + 1)
      .split(sep)
      .join('/')
    const known = files.get(file)
    if (known) return known
    try {
      const bytes = view.bytesInside(repository, file)
      if (bytes) files.set(file, { file, bytes })
    } catch (thrown) {
      losses.push({ at: power.at, message: `${file}, which ${power.key} names, was not read: ${messageOf(thrown)}` })
    }
    return files.get(file)
  }
  const powers = all.map((power): ConfigurationPower => {
    const text = power.at.scope === 'repository' ? pathIn(power) : undefined
    if (text === undefined) return power
    // Paths count from the directory above the one of the file; in flags of rustc from where that is started.
    const bases = [join(repository, dirname(dirname(power.at.file))), start]
    const named = bases.map((base) => read(power, resolve(base, text))).find((file) => file !== undefined)
    return named ? { ...power, sha256: createHash('sha256').update(named.bytes).digest('hex') } : power
  })
  return { powers, files: [...files.values()], losses }
}

/** What may be a path in what a power names. */
function pathIn({ does, what, value }: ConfigurationPower): string | undefined {
  if (does === 'target') return what
  const [program] = does === 'program' ? what.split(' ') : does === 'env' ? [value] : []
  return program?.includes('/') ? program : undefined
}
