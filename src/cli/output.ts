/**
 * Where output goes: stdout, at the pace of whoever reads it, or a file that appears whole or not at all. Every write is
 * checked, so that exit code 0 or 1 means that the output is there; only a reader that goes away (`caps … | head`) is no
 * error: the rest is not made, and a gate's exit code stays.
 */
import { closeSync, constants, fstatSync, fsyncSync, openSync } from 'node:fs'
import { outputPlace } from './output-place.js'
import { replaceFile } from './replace-file.js'
import { codeOf, outputError } from './system-error.js'
import { batches, writeAll } from './write-all.js'

const NOT_WHOLE = 'what is there is not whole'

export interface OutputOptions {
  /** No link out of this directory is followed. */
  readonly within?: string
}

/** Writes the text to the file, or to stdout when there is none. Throws UsageError when it cannot be written. */
export async function writeOutput(
  chunks: Iterable<string>,
  file?: string,
  { within }: OutputOptions = {},
): Promise<void> {
  if (file === undefined) return writeStdout(chunks)
  let replaces = true
  try {
    const place = outputPlace(file, within)
    replaces = place.k === 'file'
    if (place.k === 'file') await replaceFile(chunks, place.path, place.old)
    else if (place.k === 'special') writeInto(chunks, place.path)
    else if (place.descriptor === 1) await writeStdout(chunks)
    else writeDescriptor(chunks, place.descriptor)
  } catch (failed) {
    throw outputError(failed, file, replaces ? 'what was there is as it was' : NOT_WHOLE)
  }
}

async function writeStdout(chunks: Iterable<string>): Promise<void> {
  try {
    // Node's stream over files and devices takes the part of a write that went well for all of it.
    if (isStream(1)) await writeStream(chunks)
    else writeDescriptor(chunks, 1)
  } catch (failed) {
    throw outputError(failed, 'stdout', NOT_WHOLE)
  }
}

/** A device, a FIFO: the old content, if there is such a thing, is not ours to clear. */
function writeInto(chunks: Iterable<string>, path: string): void {
  const handle = openSync(path, constants.O_WRONLY | (constants.O_NOCTTY ?? 0))
  try {
    writeDescriptor(chunks, handle)
  } finally {
    closeSync(handle)
  }
}

function writeDescriptor(chunks: Iterable<string>, descriptor: number): void {
  try {
    for (const batch of batches(chunks)) writeAll(descriptor, batch)
  } catch (failed) {
    if (codeOf(failed) === 'EPIPE') return
    throw failed
  }
  // A quota, or a disk at the other end of a network, may say no only now.
  if (fstatSync(descriptor).isFile()) fsyncSync(descriptor)
}

/** Pipes, sockets and terminals, which libuv writes to; files and devices are written to directly. */
function isStream(descriptor: number): boolean {
  const found = fstatSync(descriptor)
  return found.isFIFO() || found.isSocket() || process.stdout.isTTY === true
}

async function writeStream(chunks: Iterable<string>): Promise<void> {
  const { stdout } = process
  const onError = (): void => {}
  // The callback of each write tells of its failure; the event of the same would end the process.
  stdout.on('error', onError)
  for (const batch of batches(chunks)) {
    const failure = await new Promise<Error | null | undefined>((done) => stdout.write(batch, done))
    if (failure && codeOf(failure) === 'EPIPE') return
    if (failure) throw failure
  }
  stdout.off('error', onError)
}
