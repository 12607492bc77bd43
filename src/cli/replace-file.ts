/**
 * A file that is replaced whole or not at all: the text is written beside it, synced and renamed over it. Whoever reads it, and
 * whatever ends the run (a full disk, a signal that can be caught), finds the old text or the new one. Owner and permissions stay
 * where the system lets them; hard links to the old file keep the old text.
 */
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { batches, writeAll } from './write-all.js'

/** Those that end a process and can be waited for. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Replaces the file at `path`, whose links are followed already; `old` is what is there. Throws errors of the system. */
export async function replaceFile(chunks: Iterable<string>, path: string, old: Stats | undefined): Promise<void> {
  // A file that may not be written to is not to be replaced either, though its directory would allow that.
  if (old) accessSync(path, constants.W_OK)
  // No part of the name: it may be as long as names can be.
  const temporary = join(dirname(path), `.caps-${process.pid}-${randomBytes(6).toString('hex')}.tmp`)
  const release = removeOnSignal(temporary)
  try {
    await writeBeside(chunks, temporary, old)
    renameSync(temporary, path)
    syncDirectory(dirname(path))
    // A signal that came meanwhile is heard now.
    await setImmediate()
  } catch (failed) {
    rmSync(temporary, { force: true })
    throw failed
  } finally {
    release()
  }
}

async function writeBeside(chunks: Iterable<string>, temporary: string, old: Stats | undefined): Promise<void> {
  // What replaces a private file is private from its first byte on.
  const handle = openSync(temporary, 'wx', old ? 0o600 : 0o666)
  try {
    for (const batch of batches(chunks)) {
      writeAll(handle, batch)
      await setImmediate()
    }
    if (old) keepAccess(handle, old)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Owner first: who gives a file away may no longer change its permissions, and changing the owner takes some of them. */
function keepAccess(handle: number, old: Stats): void {
  try {
    fchownSync(handle, old.uid, old.gid)
  } catch {
    // Only root gives files away; the new one is then its writer's.
  }
  fchmodSync(handle, old.mode & 0o777)
}

/** The new text stands whole from here on: that some systems cannot sync a directory takes nothing from that. */
function syncDirectory(directory: string): void {
  try {
    const handle = openSync(directory, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    // Windows, and file systems without it.
  }
}

/** While the file is there, a signal removes it before it ends the process as it would have. */
function removeOnSignal(temporary: string): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    rmSync(temporary, { force: true })
    release()
    process.kill(process.pid, signal)
  }
  const release = (): void => {
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return release
}
