/**
 * Where cargo takes a package from, as results have it: on one line, and what of it is worth telling. A URL is crate
 * text: everything that comes out is raw, and whoever shows it escapes it. The HTML page uses this file too.
 */
import type { SourceResult } from './result.js'

/** The registry of all who name none. */
const DEFAULT_REGISTRY = 'crates-io'
/** Stands for the place of a path that is not in the repository. */
const OUTSIDE = 'outside'
const SHORT_REVISION = 12

/** One line, and what a policy writes: `registry crates-io`, `git ADDRESS?branch=x#COMMIT`, `path crates/a (patch)`. */
export function sourceText(source: SourceResult): string {
  const { kind, url, reference, revision } = source
  const place = placeText(source)
  const at = `${reference === undefined ? '' : `?${reference}`}${revision === undefined ? '' : `#${revision}`}`
  const notes = notesText(source)
  return `${kind}${place === '' ? '' : ` ${place}`}${url === undefined ? '' : at}${notes === '' ? '' : ` (${notes})`}`
}

/** The same for a person: a commit is cut. */
export function shortSourceText(source: SourceResult): string {
  const { revision } = source
  return sourceText(revision === undefined ? source : { ...source, revision: revision.slice(0, SHORT_REVISION) })
}

/** The address or directory; empty for an archive that was named. */
export function placeText({ kind, url, directory }: SourceResult): string {
  return kind === 'path' ? (directory ?? OUTSIDE) : (url ?? '')
}

/** What stands in brackets: `patch, from directory vendor`; empty when cargo takes it from where it is asked for. */
export function notesText({ by, from }: SourceResult): string {
  return [...(by === undefined ? [] : [by]), ...(from === undefined ? [] : [`from ${from.kind} ${from.url}`])].join(
    ', ',
  )
}

/** Whether a reader has to be told: everything but a path of the repository and the registry of all. */
export function isUnusual(source: SourceResult): boolean {
  const { kind, url, directory, by, from } = source
  if (by !== undefined || from !== undefined || kind === 'git') return true
  return kind === 'path' ? directory === undefined : kind === 'registry' && url !== DEFAULT_REGISTRY
}
