/**
 * The shares of several targets, made side by side: each target is a task of a pool of threads, and this thread links what
 * comes out, in the order of the targets and of their units, whichever comes first. A later target trails those before it, unit
 * by unit, since it infers only what their bodies leave open. What comes out is the same for any number of threads.
 */
import { fileURLToPath } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { codeOf, ProjectError } from '../base/index.js'
import { addShare, bodiesIn, type CrateShare, type GraphState } from '../graph/index.js'
import type { Package, PackageId } from '../project/index.js'
import type { FromThread, GroupTask, ReadRequest, ThreadSetup, ToThread } from './graph-messages.js'

/** Most of what is made while a Program is looked at is short-lived, and what is not fills a small young generation at once. */
const YOUNG_GENERATION_MB = 96

/** Whether threads can be started at all: tests run the sources, and Node starts no thread from TypeScript. */
export const canStartThreads = import.meta.url.endsWith('.js')

interface Threads {
  readonly setup: Omit<ThreadSetup, 'packages'>
  readonly packages: ReadonlyMap<PackageId, Package>
  readonly jobs: number
  readonly onUnit: (unit: string) => void
}

/** Adds the shares of all groups to the graph. Rejects when a thread fails, and when a file cannot be read, with that error. */
export async function addGroupsInThreads(state: GraphState, { setup, packages, jobs, onUnit }: Threads): Promise<void> {
  const { groups, units } = setup
  const threads = Math.min(jobs, groups.length)
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./graph-worker.js', import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    atomics: 'disabled',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    workerData: { ...setup, packages: [...packages.values()].map(handed) } satisfies ThreadSetup,
  })
  const { add, later } = inOrder(state, groups.length, units.length)
  const channels = groups.map((_, group) => {
    const shares = new MessageChannel()
    later(group, shares.port1)
    return shares
  })
  /** Groups begin in their order, as many at once as there are threads: the first of those that run waits for no other. */
  const left = channels.entries()
  const lane = async (): Promise<void> => {
    for (const [group, shares] of left) await runGroup(pool, { group, shares, packages, onUnit, add })
  }
  await closing(pool, async () => {
    await Promise.all(Array.from({ length: threads }, lane))
  })
}

interface Running {
  readonly group: number
  readonly shares: MessageChannel
  readonly packages: Threads['packages']
  readonly onUnit: Threads['onUnit']
  readonly add: (group: number, share: CrateShare) => void
}

/** Infers a group in a thread that is free, and hands on what comes out of it. */
async function runGroup(pool: Piscina, { group, shares, packages, onUnit, add }: Running): Promise<void> {
  const reads = new MessageChannel()
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const task: GroupTask = { group, shares: shares.port2, reads: reads.port2, answered }
  await Promise.all([
    handledUntilClosed<FromThread>(shares.port1, (message) => {
      if ('unit' in message) onUnit(message.unit)
      else add(group, message.share)
    }),
    handledUntilClosed(reads.port1, answerWith(packages, reads.port1, answered)),
    pool.run(task, { transferList: [shares.port2, reads.port2] }),
  ])
}

/** Until the other side closes the port; rejects with what handling a message throws. */
function handledUntilClosed<T>(port: MessagePort, handle: (message: T) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    port.on('close', resolve).on('message', (message: T) => {
      try {
        handle(message)
      } catch (thrown) {
        reject(thrown)
      }
    })
  })
}

/** Does the work and ends the threads. What went wrong first is what is told, not that dead threads cannot be ended. */
async function closing(pool: Piscina, work: () => Promise<void>): Promise<void> {
  const failure = await work().then(
    () => undefined,
    (thrown: unknown) => ({ thrown }),
  )
  const ended = pool.destroy()
  if (!failure) return ended
  await ended.catch(() => {})
  throw codeOf(failure.thrown) === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory() : failure.thrown
}

function outOfMemory(): ProjectError {
  return new ProjectError(
    'the memory of a thread is used up',
    `the engine gives each ${Math.round(getHeapStatistics().heap_size_limit / 1024 / 1024)} MiB`,
    'Look at fewer targets at once (--target), or allow more memory: NODE_OPTIONS=--max-old-space-size=8192.',
  )
}

function handed({ tree: { files, leftOut = [], links = [] }, ...rest }: Package): ThreadSetup['packages'][number] {
  return { ...rest, tree: { files: new Map(files), leftOut, links } }
}

function answerWith(packages: ReadonlyMap<PackageId, Package>, port: MessagePort, answered: Int32Array) {
  return ({ package: id, path }: ReadRequest): void => {
    port.postMessage(packages.get(id)?.tree.read(path))
    Atomics.store(answered, 0, 1)
    Atomics.notify(answered, 0)
  }
}

/** Links shares in the order of groups and units; what each says of bodies goes to the ports of later groups. */
function inOrder({ linked }: GraphState, groups: number, units: number) {
  const waiting: CrateShare[][] = Array.from({ length: groups }, () => [])
  const ports: { readonly group: number; readonly port: MessagePort }[] = []
  let current = 0
  let inCurrent = 0
  const link = (): void => {
    for (let share = waiting[current]?.shift(); share; share = waiting[current]?.shift()) {
      addShare(linked, share)
      if (++inCurrent < units) continue
      current++
      inCurrent = 0
    }
  }
  return {
    add: (group: number, share: CrateShare): void => {
      waiting[group]?.push(share)
      const earlier = bodiesIn(share, group)
      for (const later of ports) if (later.group > group) later.port.postMessage({ group, earlier } satisfies ToThread)
      link()
    },
    /** A port of a group that is told of the bodies of those before it: what it is told waits there until it is asked for. */
    later: (group: number, port: MessagePort): void => {
      ports.push({ group, port })
    },
  }
}
