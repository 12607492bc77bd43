/**
 * Which commit a branch or tag of a git dependency is, as cargo's own clone of the repository has it: cargo with `--offline`
 * takes that. Only references are read, as text; objects are not.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gitDatabases } from './cargo-home.js'

const COMMIT = /^[0-9a-f]{40,64}$/

/** The commit; undefined when cargo's clone has no such reference, or there is none. `reference` as `branch=main`. */
export function commitOfReference(home: string, url: string, reference: string | undefined): string | undefined {
  const [, kind, name = ''] = /^(branch|tag|rev)=(.*)$/s.exec(reference ?? '') ?? []
  if (kind === 'rev' && COMMIT.test(name)) return name
  const ref =
    kind === undefined
      ? 'refs/remotes/origin/HEAD'
      : kind === 'branch'
        ? `refs/remotes/origin/${name}`
        : kind === 'tag'
          ? `refs/remotes/origin/tags/${name}`
          : undefined
  // A name with parts that lead elsewhere is none that git takes.
  if (ref === undefined || ref.split('/').some((part) => part === '' || part.startsWith('.'))) return undefined
  const found = gitDatabases(home, url).flatMap((database) => commitIn(database, ref) ?? [])
  return new Set(found).size === 1 ? found[0] : undefined
}

function commitIn(database: string, ref: string): string | undefined {
  const text = readText(join(database, ref))?.trim()
  if (text !== undefined) {
    const [, other] = /^ref: (refs\/remotes\/origin\/[^\s.]+)$/.exec(text) ?? []
    if (other !== undefined && other !== ref) return commitIn(database, other)
    return COMMIT.test(text) ? text : undefined
  }
  const lines = (readText(join(database, 'packed-refs')) ?? '').split('\n')
  const place = lines.findIndex((line) => line.endsWith(` ${ref}`))
  // The line behind an annotated tag has the commit that it stands for.
  const [, peeled] = /^\^([0-9a-f]{40,64})$/.exec(lines[place + 1] ?? '') ?? []
  const commit = peeled ?? lines[place]?.split(' ')[0]
  return commit !== undefined && COMMIT.test(commit) ? commit : undefined
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // What is not there has no reference: the caller says so.
    return undefined
  }
}
