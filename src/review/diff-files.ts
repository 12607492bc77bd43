/** Files of one package that are not text: programs, objects, archives. Moved with the same content is not a change. */
import type { FileChange } from '../report/diff-result.js'
import type { PackageResult } from '../report/result.js'
import { identityOf, type PackagePair } from './diff-input.js'

type Binary = NonNullable<PackageResult['binaries']>[number]

/** Nothing that a machine runs, and no container of it: loud only when it is something else. */
const HARMLESS_FORMAT = /\b(image|font|audio|video|document)$/

export interface FileChanges {
  readonly changes: readonly FileChange[]
  readonly unchanged: number
}

/** Compares what both sides list; a side that lists nothing has been noted by the diff, and nothing is said of it here. */
export function fileChanges(pair: PackagePair): FileChanges {
  if ((pair.old && !pair.old.binaries) || (pair.new && !pair.new.binaries)) return { changes: [], unchanged: 0 }
  const olds = new Map((pair.old?.binaries ?? []).map((one) => [one.file, one]))
  const news = new Map((pair.new?.binaries ?? []).map((one) => [one.file, one]))
  const changes: FileChange[] = []
  let unchanged = 0
  for (const [file, now] of [...news]) {
    const old = olds.get(file)
    if (!old || contentOf(old) !== contentOf(now)) continue
    unchanged++
    olds.delete(file)
    news.delete(file)
  }
  const gone = new Map<string, string[]>()
  for (const old of olds.values()) {
    if (news.has(old.file)) continue
    const same = gone.get(contentOf(old))
    if (same) same.push(old.file)
    else gone.set(contentOf(old), [old.file])
  }
  for (const [file, now] of [...news]) {
    const moved = olds.has(file) ? undefined : gone.get(contentOf(now))?.pop()
    if (moved === undefined) continue
    unchanged++
    olds.delete(moved)
    news.delete(file)
  }
  for (const file of [...new Set([...olds.keys(), ...news.keys()])]) {
    changes.push(fileChange(pair, file, olds.get(file), news.get(file)))
  }
  return { changes, unchanged }
}

/** A file too large to be read is the same when its size is; its package's digest tells no more either. */
const contentOf = ({ sha256, bytes, format }: Binary): string => `${sha256} ${bytes} ${format}`

function fileChange(pair: PackagePair, file: string, old: Binary | undefined, now: Binary | undefined): FileChange {
  const change = old ? (now ? 'changed' : 'removed') : 'added'
  return {
    kind: 'file',
    ...identityOf(pair),
    direction: change === 'added' ? 'more' : change === 'changed' ? 'other' : 'less',
    tone: toneOf(change, now),
    change,
    file,
    format: { old: old?.format ?? null, new: now?.format ?? null },
    bytes: { old: old?.bytes ?? null, new: now?.bytes ?? null },
    sha256: { old: old?.sha256 ?? null, new: now?.sha256 ?? null },
  }
}

function toneOf(change: FileChange['change'], now: Binary | undefined): FileChange['tone'] {
  if (!now || HARMLESS_FORMAT.test(now.format)) return 'quiet'
  return change === 'added' && now.format !== 'unknown binary' ? 'alarm' : 'notice'
}
