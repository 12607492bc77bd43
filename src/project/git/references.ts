/** The names of a git repository: branches, tags, HEAD. Read as files, loose before packed, each at most a few steps. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readBoundedText } from '../bounded-file.js'
import { MAX_LINK_STEPS } from '../limits.js'
import type { GitPlaces } from './places.js'

/** Where git looks for a short name, in its order. */
const PLACES = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']

/** The object that a branch, a tag, HEAD or a full reference names; undefined when there is none. Throws an Error. */
export function resolveReference(places: GitPlaces, name: string): string | undefined {
  if (!isReferenceName(name)) return undefined
  for (const full of [...PLACES.map((prefix) => prefix + name), `refs/remotes/${name}/HEAD`]) {
    // What stands at the top of a git directory and is a reference is written in capitals: HEAD, FETCH_HEAD.
    if (!full.startsWith('refs/') && !/^[A-Z_]+$/.test(full)) continue
    const found = follow(places, full)
    if (found !== undefined) return found
  }
  return undefined
}

/** As git restricts them; nothing that leads out of the directory of references. */
function isReferenceName(name: string): boolean {
  return !/[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$/.test(name) && name !== '' && !name.split('/').includes('.')
}

function follow(places: GitPlaces, start: string): string | undefined {
  let name = start
  for (let step = 0; step < MAX_LINK_STEPS; step++) {
    const text = textOf(places, name)
    if (text === undefined) return step === 0 ? undefined : packed(places, name)
    const [, target] = /^ref:\s*(\S+)/.exec(text) ?? []
    // FETCH_HEAD has more behind the name of the object.
    if (target === undefined) return /^[0-9a-f]{40,64}/.exec(text)?.[0] ?? packed(places, name)
    if (!isReferenceName(target) || !target.startsWith('refs/')) throw new Error(`${name} leads to ${target}`)
    name = target
  }
  throw new Error(`${start} leads in a circle`)
}

/** The text of a loose reference, or of a packed one. */
function textOf(places: GitPlaces, name: string): string | undefined {
  const isOwn = !name.startsWith('refs/') || /^refs\/(bisect|worktree|rewritten)\//.test(name)
  const file = join(isOwn ? places.own : places.common, name)
  if (existsSync(file) && statSync(file).isFile()) return readBoundedText(file)
  return packed(places, name)
}

function packed(places: GitPlaces, name: string): string | undefined {
  const file = join(places.common, 'packed-refs')
  if (!existsSync(file)) return undefined
  const line = readBoundedText(file)
    .split('\n')
    .find((text) => text.endsWith(` ${name}`) && /^[0-9a-f]{40,64} \S+$/.test(text))
  return line?.slice(0, line.indexOf(' '))
}
