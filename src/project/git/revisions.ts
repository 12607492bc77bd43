/**
 * Which commit a word means: `main`, `v1.2`, `3f2a9c1`, `HEAD~2`, `main^2`. What is not there is told with the command
 * that brings it: most clones of continuous integration hold one commit.
 */
import { messageOf, ProjectError } from '../../base/index.js'
import { MAX_COMMIT_STEPS, MAX_LINK_STEPS } from '../limits.js'
import type { ObjectStore } from './object-store.js'
import { parseCommit, targetOfTag } from './objects.js'
import { resolveReference } from './references.js'

/** The name of the commit. Throws ProjectError. */
export function commitOf(store: ObjectStore, revision: string): string {
  const [, name = '', steps = ''] = /^(.*?)((?:~\d*|\^\d*|\^\{(?:commit)?\})*)$/.exec(revision) ?? []
  const generations = stepsOf(steps, revision)
  let oid = namedCommit(store, name === '@' ? 'HEAD' : name, revision)
  for (const [done, parent] of generations.entries()) {
    const next = commitAt(store, oid, revision).parents[parent - 1]
    if (next === undefined) throw noRevision(revision, `commit ${oid} has no parent ${parent}`)
    if (!store.has(next)) throw beyondTheClone(store, revision, oid, done, generations.length)
    oid = next
  }
  return oid
}

/** The tree of a commit. Throws ProjectError. */
export function treeOfCommit(store: ObjectStore, commit: string): string {
  return commitAt(store, commit, commit).tree
}

/** For each step back, which parent is taken. */
function stepsOf(text: string, revision: string): readonly number[] {
  const steps: number[] = []
  for (const [, kind, digits = ''] of text.matchAll(/([~^])(\d*)/g)) {
    const number = digits === '' ? 1 : Number(digits)
    const more = kind === '~' ? number : Math.min(number, 1)
    if (steps.length + more > MAX_COMMIT_STEPS) {
      throw noRevision(revision, `it is more than ${MAX_COMMIT_STEPS} commits back`)
    }
    for (let i = 0; i < more; i++) steps.push(kind === '~' ? 1 : number)
  }
  return steps
}

function commitAt(store: ObjectStore, oid: string, revision: string) {
  try {
    return parseCommit(store.read(oid, 'commit'))
  } catch (thrown) {
    throw thrown instanceof ProjectError ? thrown : noRevision(revision, messageOf(thrown))
  }
}

/** A full name first, then references, then an abbreviated name, as git looks them up; tags are followed. */
function namedCommit(store: ObjectStore, name: string, revision: string): string {
  const found = namedObject(store, name, revision)
  if (found === undefined || !store.has(found)) throw notFetched(store, name, revision, found)
  let oid = found
  for (let step = 0; step < MAX_LINK_STEPS; step++) {
    const { type, bytes } = store.readAny(oid)
    if (type === 'commit') return oid
    if (type !== 'tag') throw noRevision(revision, `${oid} is a ${type} and no commit`)
    oid = targetOfTag(bytes)
  }
  throw noRevision(revision, 'its tag leads to another tag, and so on')
}

function namedObject(store: ObjectStore, name: string, revision: string): string | undefined {
  const { places } = store
  if (new RegExp(`^[0-9a-f]{${places.hash === 'sha256' ? 64 : 40}}$`).test(name)) return name
  if (places.references !== 'files') {
    throw noRevision(
      revision,
      'the repository keeps its references in a format that is not known',
      'Name the commit in full: `git rev-parse` tells it.',
    )
  }
  let found: string | undefined
  try {
    found = resolveReference(places, name)
  } catch (thrown) {
    throw noRevision(revision, messageOf(thrown))
  }
  if (found !== undefined || !/^[0-9a-f]{4,63}$/.test(name)) return found
  const all = store.namesWith(name)
  const commits = all.length > 1 ? all.filter((oid) => ['commit', 'tag'].includes(store.readAny(oid).type)) : all
  if (commits.length > 1) throw noRevision(revision, `${name} may mean ${commits.join(' or ')}`, 'Name more of it.')
  return commits[0]
}

function noRevision(revision: string, why: string, fix?: string): ProjectError {
  return new ProjectError(
    `There is no revision ${revision} in the git repository`,
    why,
    fix ?? 'Name a branch, a tag or a commit that was fetched; `~N` and `^N` may follow.',
  )
}

function notFetched(store: ObjectStore, name: string, revision: string, oid: string | undefined): ProjectError {
  const why = oid === undefined ? `nothing is called ${JSON.stringify(name)}` : `the clone does not have ${oid}`
  const { shallow, partial } = store.places
  const [, remote, branch] = /^(?:refs\/remotes\/)?([\w-]+)\/([\w./-]+)$/.exec(name) ?? []
  const wanted = branch !== undefined ? `${remote} +${branch}:refs/remotes/${remote}/${branch}` : `origin ${name}`
  if (!(shallow || partial || oid !== undefined || branch !== undefined) || !/^[\w./-]+$/.test(name)) {
    return noRevision(revision, why)
  }
  const depth = shallow ? '--depth=1 ' : ''
  const clone = shallow ? `${why}; it is shallow` : why
  return noRevision(revision, clone, `If it is on the server, fetch it: \`git fetch ${depth}${wanted}\`.`)
}

function beyondTheClone(store: ObjectStore, revision: string, last: string, done: number, all: number): ProjectError {
  const why = `commit ${last}, ${done} back, is the last that ${store.places.shallow ? 'this shallow clone' : 'the clone'} has`
  return noRevision(
    revision,
    why,
    store.places.shallow
      ? `Fetch more history: \`git fetch --deepen=${all - done}\` (a clone of --depth=${all + 1} has it), or all of it: \`git fetch --unshallow\`.`
      : 'Look at the clone with `git fsck`; fetch the revision again.',
  )
}
