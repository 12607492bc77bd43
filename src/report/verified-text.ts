/** What vouches for a package's files, in words. Raw text: whoever shows it escapes it. The HTML page uses this file too. */
import type { AnalysisResult, PackageResult, Verified } from './result.js'

const WORDS: Readonly<Record<Verified['by'], string>> = {
  lockfile: 'by the lockfile’s checksum',
  index: 'by the index’s checksum',
  'checksum file': 'by the checksums of its vendor directory',
  commit: 'by the commit',
  path: 'by you: it is a path',
  nothing: 'by nothing',
}

/** `by the lockfile’s checksum`, `by nothing: …`. */
export function verifiedText({ by, why, unpackedOtherwise = [] }: Verified): string {
  const otherwise = unpackedOtherwise.length > 0 ? '; cargo has unpacked other files' : ''
  return `${WORDS[by]}${why === undefined ? '' : `: ${why}`}${otherwise}`
}

/** Packages for whose files nothing vouches, or of which cargo would build others than were read; those asked for are not among them. */
export function unverified({ packages }: Pick<AnalysisResult, 'packages'>): readonly PackageResult[] {
  return packages.filter(
    ({ local, verified }) =>
      !local && verified !== undefined && (verified.by === 'nothing' || verified.unpackedOtherwise !== undefined),
  )
}

/** `commit 0123456789ab, dirty`; undefined when it says nothing of it. */
export function publishedText({ published }: Pick<PackageResult, 'published'>): string | undefined {
  if (published?.commit === undefined) return undefined
  const { commit, path, dirty } = published
  const place = path === undefined || path === '' ? '' : ` in ${path}`
  return `commit ${commit.slice(0, SHORT_COMMIT)}${place}${dirty === true ? ', with changes that are not in it' : ''}`
}

const SHORT_COMMIT = 12
