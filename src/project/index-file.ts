/**
 * What a registry's index says of one package: a line of JSON a version. Read from the copy that cargo keeps of an index and
 * from local registries, which have the same lines (Cargo book, Index format). Nothing is downloaded.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, messageOf, ProjectError } from '../base/index.js'
import { MAX_MANIFEST_BYTES } from './limits.js'

const dependencySchema = z.looseObject({
  name: z.string(),
  req: z.string(),
  features: z.array(z.string()).default([]),
  optional: z.boolean().default(false),
  default_features: z.boolean().default(true),
  target: z.string().nullish(),
  kind: z.string().nullish(),
  registry: z.string().nullish(),
  package: z.string().nullish(),
})
const featuresSchema = z.record(z.string(), z.array(z.string()))
const entrySchema = z.looseObject({
  name: z.string(),
  vers: z.string(),
  cksum: z.string().regex(/^[0-9a-f]{64}$/),
  deps: z.array(dependencySchema).default([]),
  features: featuresSchema.default({}),
  features2: featuresSchema.nullish(),
  yanked: z.boolean().nullish(),
  links: z.string().nullish(),
  rust_version: z.string().nullish(),
  v: z.number().nullish(),
})
export type IndexEntry = z.infer<typeof entrySchema>
export type IndexDependency = z.infer<typeof dependencySchema>

/** Newer forms of an entry may mean what is not known here; cargo passes over them too. */
const NEWEST_ENTRY = 2

/** Where an index keeps a package: by the length of its name and its first letters. */
export function indexPath(name: string): string {
  const lower = name.toLowerCase()
  if (lower.length <= 2) return join(String(lower.length), lower)
  if (lower.length === 3) return join('3', lower.slice(0, 1), lower)
  return join(lower.slice(0, 2), lower.slice(2, 4), lower)
}

/**
 * The entries in a text that has one a line, or, as cargo keeps them, versions and entries by turns, each ended by a zero
 * byte. The copy is a cache whose format may change: what is no entry is passed over, and the caller says that there is none.
 */
export function parseIndexEntries(text: string, name: string): readonly IndexEntry[] {
  return text
    .split(/[\0\n]/)
    .filter((part) => part.startsWith('{'))
    .flatMap((part) => {
      const entry = entrySchema.safeParse(parseJson(part))
      return entry.success && entry.data.name === name && (entry.data.v ?? 1) <= NEWEST_ENTRY ? [entry.data] : []
    })
}

/** The entries of a file of an index; none when there is no such file. Throws ProjectError when it cannot be read. */
export function readIndexEntries(path: string, name: string): readonly IndexEntry[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return []
    throw new ProjectError(`${path} cannot be read`, messageOf(thrown), 'Check the permissions of the directory.')
  }
  return text.length > MAX_MANIFEST_BYTES ? [] : parseIndexEntries(text, name)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
