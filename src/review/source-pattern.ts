/**
 * What a policy may write for where a package may come from: `registry crates-io`, `git ADDRESS?branch=x#COMMIT`,
 * `path crates/a (patch)`, as results spell a source. `*` stands for any part of an address, a reference, a commit or a
 * directory. What is left out of an address may be anything; what stands in brackets is never left out, since it is what
 * sends cargo elsewhere. `configuration sha256:…` are the files of cargo's configuration, which come from nowhere else.
 */
import { globTest } from '../base/index.js'
import type { PackageResult, SourceResult } from '../report/result.js'
import { configurationText, isConfiguration } from './source-parts.js'

/** One source, or several, that a rule allows. */
export interface SourcePattern {
  /** As written. */
  readonly text: string
  /** It is about the files of cargo's configuration and about no package. */
  readonly ofConfiguration?: true
  /** `directory`: where the workspace stands in its repository. */
  readonly allows: (owner: PackageResult, directory: string | undefined) => boolean
}

const KINDS: readonly string[] = ['path', 'registry', 'git', 'archive']
const NOTES = /^(?:(patch|replace|paths)(?:,\s+|$))?(?:from\s+(?:(directory|local-registry|registry|git)\s+)?(.+))?$/
/** Of a path: not in the repository. */
const OUTSIDE = 'outside'

/** Undefined when the text is none. */
export function sourcePattern(text: string): SourcePattern | undefined {
  if (/^configuration sha256:\S+$/.test(text.trim())) return configurationPattern(text.trim())
  const { kind, place, notes } = partsOf(text.trim())
  if (!KINDS.includes(kind) || (kind === 'archive' && place !== undefined)) return undefined
  const placeFits = kind === 'git' ? gitTest(place) : kind === 'path' ? pathTest(place) : registryTest(place)
  const notesFit = notesTest(notes)
  if (!notesFit) return undefined
  const fits = (source: SourceResult): boolean => source.kind === kind && placeFits(source) && notesFit(source)
  return { text, allows: ({ source, origin }) => fits(source ?? { kind: origin }) }
}

function configurationPattern(text: string): SourcePattern {
  const test = globTest(text)
  return {
    text,
    ofConfiguration: true,
    allows: (owner) => isConfiguration(owner) && owner.digest !== undefined && test(configurationText(owner)),
  }
}

/** `KIND PLACE (NOTES)`. By indexes and not by an expression, since the text may be a crate's. */
function partsOf(text: string): { readonly kind: string; readonly place?: string; readonly notes?: string } {
  const bracket = text.endsWith(')') ? text.lastIndexOf(' (') : -1
  const bare = bracket < 0 ? text : text.slice(0, bracket)
  const space = bare.indexOf(' ')
  const place = space < 0 ? '' : bare.slice(space + 1).trim()
  return {
    kind: space < 0 ? bare : bare.slice(0, space),
    ...(place !== '' && { place }),
    ...(bracket >= 0 && { notes: text.slice(bracket + 2, -1) }),
  }
}

type SourceTest = (source: SourceResult) => boolean

function gitTest(place = '*'): SourceTest {
  const [, url = '', reference, revision] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(place) ?? []
  const tests = [url, reference ?? '*', revision ?? '*'].map((pattern) => globTest(pattern)) as [Test, Test, Test]
  return (source) => tests[0](source.url ?? '') && tests[1](source.reference ?? '') && tests[2](source.revision ?? '')
}
type Test = (text: string) => boolean

function registryTest(place = '*'): SourceTest {
  const test = globTest(place)
  return ({ url }) => test(url ?? '')
}

/** Without a directory any of the repository: what is outside differs from machine to machine and has to be named. */
function pathTest(place = '*'): SourceTest {
  if (place === OUTSIDE) return ({ directory }) => directory === undefined
  const test = globTest(place)
  return ({ directory }) => directory !== undefined && test(directory)
}

/** What is in brackets must be there, and nothing must be there that is not in brackets; `from *` is any replacement. */
function notesTest(notes: string | undefined): SourceTest | undefined {
  if (notes === undefined) return ({ by, from }) => by === undefined && from === undefined
  const [all, by, kind, place] = NOTES.exec(notes.trim()) ?? []
  if (all === undefined || (by === undefined && place === undefined)) return undefined
  const test = place === undefined ? undefined : globTest(place)
  return (source) => {
    if (source.by !== by || (source.from === undefined) !== (test === undefined)) return false
    return !source.from || !test || ((kind ?? source.from.kind) === source.from.kind && test(source.from.url))
  }
}
