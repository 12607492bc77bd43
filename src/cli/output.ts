/**
 * Where output goes: stdout, at the pace of whoever reads it, or a file that appears whole or not at all.
 */
import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from './error-message.js'

/** Chunks are joined up to this many characters before they are written. */
const BATCH_LENGTH = 1 << 16

/** Writes the text to the file, or to stdout when there is none. Throws UsageError when the file cannot be written. */
export async function writeOutput(chunks: Iterable<string>, file?: string): Promise<void> {
  if (file === undefined) await writeStdout(chunks)
  else writeFileWhole(chunks, file)
}

/** A reader that goes away (`caps … | head`) is no error: the rest is not made. */
async function writeStdout(chunks: Iterable<string>): Promise<void> {
  const { stdout } = process
  let failure: NodeJS.ErrnoException | undefined
  let wake: (() => void) | undefined
  const onError = (error: NodeJS.ErrnoException): void => {
    failure ??= error
    wake?.()
  }
  const onDrain = (): void => wake?.()
  stdout.on('error', onError).on('drain', onDrain)
  for (const batch of batches(chunks)) {
    if (failure) break
    if (!stdout.write(batch)) {
      await new Promise<void>((resolve) => {
        wake = resolve
        if (failure || !stdout.writableNeedDrain) resolve()
      })
    }
  }
  // The last write may fail only later; the listener for errors stays for it.
  stdout.off('drain', onDrain)
  if (failure && failure.code !== 'EPIPE') throw failure
}

/** Writes beside the file and renames: whoever reads it sees the old or the new text, never half of it. */
function writeFileWhole(chunks: Iterable<string>, file: string): void {
  try {
    const target = targetOf(file)
    const path = target.special
      ? target.path
      : join(dirname(target.path), `.${basename(target.path)}.${process.pid}.tmp`)
    const handle = openSync(path, target.special ? 'w' : 'wx')
    try {
      for (const batch of batches(chunks)) writeSync(handle, batch)
      closeSync(handle)
      if (!target.special) renameSync(path, target.path)
    } catch (failed) {
      if (!target.special) rmSync(path, { force: true })
      throw failed
    }
  } catch (failed) {
    const { code, message } = failed as NodeJS.ErrnoException
    if (code === undefined) throw failed
    throw new UsageError(
      `The output cannot be written to ${file}`,
      message,
      'Name a file in a directory that you may write to.',
    )
  }
}

/** A link is followed, and a device is written to: renaming over them would replace them. */
function targetOf(file: string): { readonly path: string; readonly special: boolean } {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return { path: file, special: false }
  return { path: realpathSync(file), special: !found.isFile() }
}

function* batches(chunks: Iterable<string>): Generator<string> {
  let batch = ''
  for (const chunk of chunks) {
    batch += chunk
    if (batch.length >= BATCH_LENGTH) {
      yield batch
      batch = ''
    }
  }
  if (batch !== '') yield batch
}
