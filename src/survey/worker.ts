/**
 * The worker's side: a process that does one job after the other, and is ended by its watch when one needs more memory or work
 * than a crate may. What is thrown is told apart: the crate's fault, or the machine's.
 */
import { Worker } from 'node:worker_threads'
import { codeOf, messageOf, ProjectError } from '../base/index.js'
import { isOfMachine } from './machine-trouble.js'
import type { Answer, Answered, Job, WorkerSetup } from './messages.js'

/** Does jobs as they come from the process that started this one, and ends with it. */
export function workFor(begin: (setup: WorkerSetup) => (job: Job) => Promise<Answer>): void {
  let work: ((job: Job) => Promise<Answer>) | undefined
  let watch: Watch | undefined
  process.on('disconnect', () => process.exit())
  process.on('message', (message: { readonly setup: WorkerSetup } | { readonly job: Job }) => {
    if ('setup' in message) {
      work = begin(message.setup)
      watch = new Watch(message.setup)
      return
    }
    if (!work) throw new Error('a job came before the setup')
    const began = cpuSeconds()
    watch?.beginJob(began)
    void answered(work, message.job, message.job.k === 'analyze').then((answer) => {
      const told: Answered = {
        answer,
        cpu: cpuSeconds() - began,
        memory: Math.round(process.resourceUsage().maxRSS / 1024),
      }
      process.send?.(told)
    })
  })
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** `analyzes`: everything is on this machine by then, so that only trouble of the system is no fault of the crate. */
async function answered(work: (job: Job) => Promise<Answer>, job: Job, analyzes: boolean): Promise<Answer> {
  try {
    return await work(job)
  } catch (thrown) {
    const message = messageOf(thrown)
    if (isOfMachine(message, codeOf(thrown), analyzes ? 'reading' : 'fetching')) return { k: 'machine', why: message }
    if (thrown instanceof ProjectError) {
      return { k: 'failed', failure: { kind: 'input', what: thrown.what, why: thrown.why } }
    }
    return { k: 'failed', failure: { kind: 'crash', what: 'The analysis broke', why: message } }
  }
}

/** A thread beside the work, which may be in a long loop: it looks at what the process uses. */
class Watch {
  readonly #began = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT))

  constructor({ limits }: WorkerSetup) {
    const thread = new Worker(new URL('./watch.js', import.meta.url), { workerData: { began: this.#began, limits } })
    thread.unref()
  }

  beginJob(cpu: number): void {
    this.#began[0] = cpu
  }
}
