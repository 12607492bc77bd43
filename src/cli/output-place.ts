/**
 * Where `--output` leads: a file that can be replaced, a descriptor of this process (/dev/stdout, /dev/fd/3), or something
 * that is written into because renaming over it would replace it (a device, a FIFO). Writes nothing.
 */
import { lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { UsageError } from './error-message.js'

export type OutputPlace =
  | { readonly k: 'descriptor'; readonly descriptor: number }
  | { readonly k: 'special'; readonly path: string }
  /** `old` is the file that is there now. */
  | { readonly k: 'file'; readonly path: string; readonly old: Stats | undefined }

/** As many links as Linux follows. */
const MAX_LINKS = 40

/**
 * The place that a name means. Links are followed, also to a file that is not there yet; with `within`, none that leads out
 * of that directory. Throws UsageError and errors of the system.
 */
export function outputPlace(named: string, within?: string): OutputPlace {
  if (named === '') throw new UsageError('--output names no file', 'it is empty', 'Leave it out to write to stdout.')
  let path = directoryOf(named)
  for (let links = 0; ; links++) {
    const descriptor = descriptorOf(path)
    if (descriptor !== undefined) return { k: 'descriptor', descriptor }
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) break
    if (links === MAX_LINKS) throw unusable(named, 'it is a link that leads to no end')
    path = directoryOf(resolve(dirname(path), readlinkSync(path)))
    if (within !== undefined && isOutside(within, path)) throw unusable(named, `it is a link out of its directory`)
  }
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory() || named.endsWith('/') || named.endsWith(sep)) throw unusable(named, 'it is a directory')
  return found && !found.isFile() ? { k: 'special', path } : { k: 'file', path, old: found }
}

/** The path with the links of its directory followed, but not its own. */
const directoryOf = (path: string): string => join(realpathSync(dirname(path)), basename(path))

/** The descriptor of this process that a path names. */
function descriptorOf(path: string): number | undefined {
  const [, name, number] = /^\/dev\/(?:(stdout|stderr)|fd\/(\d+))$/.exec(path) ?? []
  if (name !== undefined) return name === 'stdout' ? 1 : 2
  const [, process_, its] = /^\/proc\/(\d+)\/(?:task\/\d+\/)?fd\/(\d+)$/.exec(path) ?? []
  const own = number ?? (process_ === String(process.pid) ? its : undefined)
  return own === undefined ? undefined : Number(own)
}

function isOutside(directory: string, path: string): boolean {
  const way = relative(realpathSync(directory), path)
  return way.split(sep)[0] === '..' || resolve(way) === way
}

const unusable = (named: string, why: string): UsageError =>
  new UsageError(`The output cannot be written to ${named}`, why, 'Name a file.')
