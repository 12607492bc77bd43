/**
 * The thread that graph-threads.ts starts: one task at a time, a target's Program is built and its crates, or those of a part of
 * it, are inferred into shares.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { checked } from '../base/index.js'
import {
  type InferenceContext,
  newShareState,
  nextContext,
  type PreparedProgram,
  partOf,
  type ShareState,
  sharesOfPart,
  withOwnCaches,
} from '../graph/index.js'
import { buildProgram, loadStdModel, storeOf } from '../names/index.js'
import type { Package, PackageId, SourceText } from '../project/index.js'
import { initSyntax } from '../syntax/index.js'
import type { FromThread, HandedPackage, InferenceTask, ReadRequest, ThreadSetup, ToThread } from './graph-messages.js'

type Read = (request: ReadRequest) => SourceText | undefined

/** The task at hand reads through its own port; there is one at a time. */
let read: Read = () => undefined

const setup = Piscina.workerData as ThreadSetup
const packages = new Map<PackageId, Package>(setup.packages.map((pkg) => [pkg.id, withReading(pkg)]))
const files = storeOf(setup.files, packages)
const std = loadStdModel()
const ready = initSyntax()

/** What the last task was about: parts of one group need one Program. */
let last: PreparedProgram | undefined

/** Infers a target's crates, or a part of them; what comes out goes over the task's port. */
export default async function infer({ group, part, shares, reads, answered }: InferenceTask): Promise<void> {
  await ready
  const { units, groups, parts } = setup
  read = (request) => {
    reads.postMessage(request)
    Atomics.wait(answered, 0, 0)
    Atomics.store(answered, 0, 0)
    return receiveMessageOnPort(reads)?.message as SourceText | undefined
  }
  const send = (message: FromThread): void => shares.postMessage(message)
  const state = newShareState(groups, parts, group)
  const positions = new Map(units.map((unit, at) => [unit.id, at]))
  const next = messagesOf<ToThread>(shares)
  /** By unit: from how many of the groups before this one its bodies came. */
  const arrived = units.map(() => 0)
  try {
    const inferred = sharesOfPart(state, contextFor(state, group), { units }, part, (unit) => send({ unit }))
    for (const at of units.keys()) {
      if (part !== undefined && partOf(parts, at) !== part) continue
      while (checked(arrived[at]) < group) {
        const { at: other, earlier } = await next()
        arrived[other] = checked(arrived[other]) + 1
        state.earlier.note(earlier)
      }
      const { value: share } = inferred.next()
      if (share) send({ at: checked(positions.get(share.unit)), share })
    }
  } finally {
    shares.close()
    reads.close()
  }
}

/** The group's Program with nothing inferred; the one before it is let go first. */
function contextFor(state: ShareState, group: number): InferenceContext {
  if (last?.group === group) return withOwnCaches(last)
  last = undefined
  const [target] = setup.groups[group] ?? []
  if (!target) throw new Error(`there is no group of targets ${group}`)
  const context = nextContext(state, buildProgram({ units: setup.units, packages, files, target, std }))
  const { tcx: _, ...prepared } = context
  last = prepared
  return context
}

function withReading(pkg: HandedPackage): Package {
  const contents = (): never => {
    throw new Error('a thread that infers asked for the contents of a package')
  }
  return { ...pkg, tree: { ...pkg.tree, contents, read: (path) => read({ package: pkg.id, path }) } }
}

/** What comes over a port, one after another. */
function messagesOf<T>(port: MessagePort): () => Promise<T> {
  const here: T[] = []
  let wanted: ((message: T) => void) | undefined
  port.on('message', (message: T) => {
    if (wanted) wanted(message)
    else here.push(message)
    wanted = undefined
  })
  return () =>
    new Promise((resolve) => {
      const [next] = here.splice(0, 1)
      if (next === undefined) wanted = resolve
      else resolve(next)
    })
}
