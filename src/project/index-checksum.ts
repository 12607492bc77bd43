/**
 * Checksums from the copy of the registry's index that cargo keeps. A package that no lockfile covers (the crate that was
 * asked for by name, members of a program's own workspace) is held against these.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, messageOf, ProjectError } from './errors.js'

const entrySchema = z.looseObject({ vers: z.string(), cksum: z.string().regex(/^[0-9a-f]{64}$/) })

/** The sha256 sums that the registries' indexes give for a package, one for each registry that has it; often one or none. */
export function indexChecksums(home: string, name: string, version: string): readonly string[] {
  const indexes = join(home, 'registry', 'index')
  return [
    ...new Set(
      readNames(indexes).flatMap((registry) =>
        checksumsIn(join(indexes, registry, '.cache', indexPath(name)), version),
      ),
    ),
  ]
}

/** Where an index keeps a package: by the length of its name and its first letters (Cargo book, Index format). */
function indexPath(name: string): string {
  const lower = name.toLowerCase()
  if (lower.length <= 2) return join(String(lower.length), lower)
  if (lower.length === 3) return join('3', lower.slice(0, 1), lower)
  return join(lower.slice(0, 2), lower.slice(2, 4), lower)
}

/** The file alternates versions and JSON, each ended by a zero byte; the JSON says its version itself. */
function checksumsIn(path: string, version: string): readonly string[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return []
    throw new ProjectError(`${path} cannot be read`, messageOf(thrown), 'Check the permissions of the cargo directory.')
  }
  return text
    .split('\0')
    .filter((part) => part.startsWith('{'))
    .flatMap((part) => {
      const entry = entrySchema.safeParse(parseJson(part))
      return entry.success && entry.data.vers === version ? [entry.data.cksum] : []
    })
}

/** Cargo's copy is a cache whose format may change: what is no JSON gives no checksum, and the caller says there is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort()
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return []
    throw new ProjectError(
      `${directory} cannot be listed`,
      messageOf(thrown),
      'Check the permissions of the cargo directory.',
    )
  }
}
