/** The thread that graph-threads.ts starts: a target at a time, its Program is built and its crates are inferred into shares. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { newShareState, sharesOf } from '../graph/index.js'
import { buildProgram, loadStdModel, storeOf } from '../names/index.js'
import type { Package, PackageId, SourceText } from '../project/index.js'
import { initSyntax } from '../syntax/index.js'
import type { FromThread, GroupTask, HandedPackage, ReadRequest, ThreadSetup, ToThread } from './graph-messages.js'

type Read = (request: ReadRequest) => SourceText | undefined

/** The task at hand reads through its own port; there is one at a time. */
let read: Read = () => undefined

const setup = Piscina.workerData as ThreadSetup
const packages = new Map<PackageId, Package>(setup.packages.map((pkg) => [pkg.id, withReading(pkg)]))
const files = storeOf(setup.files, packages)
const std = loadStdModel()
const ready = initSyntax()

/** Infers a target's crates; what comes out goes over the task's port. */
export default async function inferGroup({ group, shares, reads, answered }: GroupTask): Promise<void> {
  await ready
  const { units, groups } = setup
  const [target] = groups[group] ?? []
  if (!target) throw new Error(`there is no group of targets ${group}`)
  read = (request) => {
    reads.postMessage(request)
    Atomics.wait(answered, 0, 0)
    Atomics.store(answered, 0, 0)
    return receiveMessageOnPort(reads)?.message as SourceText | undefined
  }
  const send = (message: FromThread): void => shares.postMessage(message)
  const program = buildProgram({ units, packages, files, target, std })
  const state = newShareState(groups, group)
  const inferred = sharesOf(state, program, { units }, (unit) => send({ unit }))
  const next = messagesOf<ToThread>(shares)
  const arrived = groups.slice(0, group).map(() => 0)
  try {
    for (const i of units.keys()) {
      while (arrived.some((count) => count <= i)) {
        const { group: other, earlier } = await next()
        arrived[other] = (arrived[other] ?? 0) + 1
        state.earlier.note(earlier)
      }
      const { value } = inferred.next()
      if (value) send({ share: value })
    }
  } finally {
    shares.close()
    reads.close()
  }
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
