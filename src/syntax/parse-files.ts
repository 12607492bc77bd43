/**
 * Many files at once, in worker threads when that pays.
 *
 * A worker asks for its next batch when it has handed in the last, so at no time are more texts in flight than the
 * workers are busy with. Facts come back packed (see pack.ts) and their buffers are shared. The result does not
 * depend on how many workers there were.
 */

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { checked } from '../base/index.js'
import type { FileFacts } from './ast.js'
import { initSyntax } from './init-syntax.js'

import { type PackedFile, packFile, unpackFile } from './packed-file.js'
import { parseFile } from './parse.js'

/** Below this many characters starting threads costs more than it brings. */
const WORTH_WORKERS = 1_000_000
/** The same once they run. */
const WORTH_WARM_WORKERS = 150_000
const MAX_WORKERS = 4
/** Characters in one batch; a larger file is a batch of its own. */
const BATCH = 512 * 1024

/** What a worker is sent, and what it answers. */
export interface ParseRequest {
  readonly texts: readonly string[]
}
export interface ParseAnswer {
  readonly files: readonly PackedFile[]
}

/** Parses texts wave by wave; threads once started stay for the next wave. Close it, or they keep the process alive. */
export interface FileParser {
  /**
   * Parses every text; bodies are packed, read them with `readBody`. `onProgress` hears how many files are done.
   * Rejects when a worker dies (memory, a broken installation); errors in the texts are in their `FileFacts.errors`.
   */
  readonly parse: (texts: readonly string[], onProgress?: (done: number) => void) => Promise<FileFacts[]>
  readonly close: () => Promise<void>
}

export function openFileParser(): FileParser {
  let workers: Worker[] = []
  return {
    parse: (texts, onProgress = () => {}) => {
      const total = texts.reduce((sum, text) => sum + text.length, 0)
      // tests run the sources, and Node cannot start a thread from TypeScript
      const compiled = import.meta.url.endsWith('.js')
      const worthwhile = workers.length > 0 ? WORTH_WARM_WORKERS : WORTH_WORKERS
      if (total < worthwhile || texts.length < 2 || !compiled) return parseHere(texts, onProgress)
      if (workers.length === 0) {
        const script = new URL('./parse-worker.js', import.meta.url)
        const count = Math.min(MAX_WORKERS, availableParallelism())
        workers = Array.from({ length: count }, () => new Worker(script))
      }
      return parseInWorkers(texts, workers, onProgress)
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
      workers = []
    },
  }
}

/** One wave of files; see FileParser. */
export async function parseFiles(
  texts: readonly string[],
  onProgress: (done: number) => void = () => {},
): Promise<FileFacts[]> {
  const parser = openFileParser()
  return parser.parse(texts, onProgress).finally(parser.close)
}

async function parseHere(texts: readonly string[], onProgress: (done: number) => void): Promise<FileFacts[]> {
  await initSyntax()
  return texts.map((text, index) => {
    const facts = unpackFile(packFile(parseFile(text)))
    onProgress(index + 1)
    return facts
  })
}

/** Indexes of texts, the largest first, so that no worker is left with a large one at the end. */
function batchesOf(texts: readonly string[]): number[][] {
  const size = (index: number): number => texts[index]?.length ?? 0
  const order = texts.map((_text, index) => index).sort((a, b) => size(b) - size(a) || a - b)
  const out: number[][] = []
  let room = 0
  for (const index of order) {
    const last = out.at(-1)
    if (last && size(index) <= room) last.push(index)
    else {
      out.push([index])
      room = BATCH
    }
    room -= size(index)
  }
  return out
}

async function parseInWorkers(
  texts: readonly string[],
  workers: readonly Worker[],
  onProgress: (done: number) => void,
): Promise<FileFacts[]> {
  const batches = batchesOf(texts)
  const out: FileFacts[] = new Array(texts.length)
  let next = 0
  let done = 0
  const run = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let batch: readonly number[] = []
      const end = (finish: () => void): void => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        finish()
      }
      const send = (): void => {
        const following = batches[next++]
        if (!following) return end(resolve)
        batch = following
        worker.postMessage({ texts: batch.map((index) => texts[index] ?? '') } satisfies ParseRequest)
      }
      const onMessage = ({ files }: ParseAnswer): void => {
        try {
          files.forEach((file, at) => {
            out[checked(batch[at])] = unpackFile(file)
          })
        } catch (error) {
          return end(() => reject(error))
        }
        done += files.length
        onProgress(done)
        send()
      }
      const onError = (error: Error): void =>
        end(() => reject(new Error(`a parser thread failed: ${error.message}`, { cause: error })))
      const onExit = (code: number): void =>
        end(() => reject(new Error(`a parser thread ended early (exit code ${code})`)))
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      send()
    })
  await Promise.all(workers.map(run))
  return out
}
