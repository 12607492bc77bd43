/**
 * Shares that are made side by side: the parts of the first target, in which all bodies are inferred, and each target after it
 * are tasks of a pool of threads, and this thread links what comes out, in the order of the targets and of their units,
 * whichever comes first. A later target trails those before it, unit by unit, since it infers only what their bodies leave
 * open. What comes out is the same for any number of threads.
 */
import { fileURLToPath } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { codeOf, ProjectError } from '../base/index.js'
import { addShare, bodiesIn, type CrateShare, countOf, type GraphState } from '../graph/index.js'
import type { Package, PackageId } from '../project/index.js'
import type { FromThread, InferenceTask, ReadRequest, ThreadSetup, ToThread } from './graph-messages.js'

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
export async function addSharesInThreads(state: GraphState, { setup, packages, jobs, onUnit }: Threads): Promise<void> {
  const { groups, units, parts } = setup
  const tasks = tasksOf(groups.length, countOf(parts))
  const threads = Math.min(jobs, tasks.length)
  const pool = new Piscina({
    filename: fileURLToPath(new URL('./graph-worker.js', import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    atomics: 'disabled',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    workerData: { ...setup, packages: [...packages.values()].map(handed) } satisfies ThreadSetup,
  })
  const { add, later } = inOrder(state, groups.length, units.length)
  const channels = tasks.map((task) => {
    const shares = new MessageChannel()
    later(task.group, shares.port1)
    return { task, shares }
  })
  /** Tasks begin in their order, as many at once as there are threads: the first of those that run waits for no other. */
  const left = channels.values()
  const lane = async (): Promise<void> => {
    for (const { task, shares } of left) await runTask(pool, { task, shares, packages, onUnit, add })
  }
  await closing(pool, async () => {
    await Promise.all(Array.from({ length: threads }, lane))
  })
}

type Task = Pick<InferenceTask, 'group' | 'part'>

/** The parts of the first group, then the other groups. */
function tasksOf(groups: number, parts: number): readonly Task[] {
  const first: Task[] = Array.from({ length: parts }, (_, part) => ({ group: 0, part }))
  return [...first, ...Array.from({ length: groups - 1 }, (_, i) => ({ group: i + 1 }))]
}

interface Running {
  readonly task: Task
  readonly shares: MessageChannel
  readonly packages: Threads['packages']
  readonly onUnit: Threads['onUnit']
  readonly add: AddShare
}

/** Has a thread that is free do a task, and hands on what comes out of it. */
async function runTask(pool: Piscina, { task, shares, packages, onUnit, add }: Running): Promise<void> {
  const reads = new MessageChannel()
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const whole: InferenceTask = { ...task, shares: shares.port2, reads: reads.port2, answered }
  await Promise.all([
    handledUntilClosed<FromThread>(shares.port1, (message) => {
      if ('unit' in message) onUnit(message.unit)
      else add(task.group, message.at, message.share)
    }),
    handledUntilClosed(reads.port1, answerWith(packages, reads.port1, answered)),
    pool.run(whole, { transferList: [shares.port2, reads.port2] }),
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

type AddShare = (group: number, at: number, share: CrateShare) => void

/** Links shares in the order of groups and units; what each says of bodies goes to the ports of later groups. */
function inOrder({ linked }: GraphState, groups: number, units: number) {
  const waiting = Array.from({ length: groups }, () => new Map<number, CrateShare>())
  const ports: { readonly group: number; readonly port: MessagePort }[] = []
  let current = 0
  let next = 0
  const link = (): void => {
    for (let share = waiting[current]?.get(next); share; share = waiting[current]?.get(next)) {
      waiting[current]?.delete(next)
      addShare(linked, share)
      if (++next < units) continue
      current++
      next = 0
    }
  }
  const add: AddShare = (group, at, share) => {
    waiting[group]?.set(at, share)
    const earlier = bodiesIn(share, group, at)
    for (const later of ports) if (later.group > group) later.port.postMessage({ at, earlier } satisfies ToThread)
    link()
  }
  return {
    add,
    /** A port of a group that is told of the bodies of those before it: what it is told waits there until it is asked for. */
    later: (group: number, port: MessagePort): void => {
      ports.push({ group, port })
    },
  }
}
