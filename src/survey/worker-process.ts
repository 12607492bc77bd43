/**
 * The coordinator's side of a worker: a process that is started when there is something to do, does one job at a time, and is
 * started again when it ended. What it is given of the environment has no credentials unless it is the one that fetches.
 */
import { type ChildProcess, fork } from 'node:child_process'
import type { Answered, Job, WorkerSetup } from './messages.js'

/** A worker that did not answer: by what it ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** It was its first job: nothing that an earlier one left behind can have played a part. */
  readonly fresh: boolean
}
export type Outcome = Answered | { readonly ended: Ended }

export interface WorkerOptions {
  /** The module that the process runs. */
  readonly file: string
  readonly setup: WorkerSetup
  /** It may start cargo, which needs what the user's environment has. */
  readonly fetches: boolean
}

/** Beyond its limit of work a job may wait so many times as long before it counts as stuck, on a machine that is busy. */
const PATIENCE = 20
/** Leaves the rest of the limit to what is not on V8's heap: buffers, the parser. */
const HEAP_SHARE = 0.8
/** A worker that has grown to this share of its limit makes place for a new one. */
const OLD_SHARE = 0.5

export class WorkerProcess {
  readonly #options: WorkerOptions
  #child: ChildProcess | undefined
  #jobs = 0
  #closed = false

  constructor(options: WorkerOptions) {
    this.#options = options
  }

  /** Does one job. Rejects for nothing that happens in the worker, only after `close`. */
  async run(job: Job): Promise<Outcome> {
    if (this.#closed) throw new Error('the survey has ended')
    const child = this.#child ?? this.#start()
    const fresh = this.#jobs++ === 0
    const { limits } = this.#options.setup
    const outcome = await new Promise<Outcome>((resolve) => {
      const patience = setTimeout(() => child.kill('SIGKILL'), limits.work * PATIENCE * 1000)
      const end = (found: Outcome): void => {
        clearTimeout(patience)
        child.off('message', onMessage).off('exit', onExit).off('error', onError)
        resolve(found)
      }
      const onMessage = (answered: Answered): void => end(answered)
      const onExit = (code: number | null, signal: NodeJS.Signals | null): void =>
        end({ ended: { code, signal, fresh } })
      const onError = (): void => end({ ended: { code: null, signal: null, fresh } })
      child.on('message', onMessage).once('exit', onExit).once('error', onError)
      child.send({ job }, (failed) => {
        // A process that is ending: its exit is told as well, and what it ended by.
        if (failed && child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      })
    })
    if ('ended' in outcome || outcome.memory > limits.memory * OLD_SHARE) this.#stop()
    return outcome
  }

  /** Ends the process, and what it does, for good. */
  close(): void {
    this.#closed = true
    this.#stop()
  }

  #stop(): void {
    const child = this.#child
    this.#child = undefined
    this.#jobs = 0
    if (!child) return
    child.on('error', () => {})
    if (child.connected) child.disconnect()
    child.kill('SIGKILL')
  }

  #start(): ChildProcess {
    const { file, setup, fetches } = this.#options
    const child = fork(file, [], {
      cwd: setup.directory,
      env: fetches ? process.env : withoutCredentials(process.env),
      execArgv: [`--max-old-space-size=${Math.round(setup.limits.memory * HEAP_SHARE)}`],
      serialization: 'json',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    // One that ends while it has nothing to do, by whoever's hand.
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined
    })
    child.send({ setup })
    this.#child = child
    this.#jobs = 0
    return child
  }
}

/** What a program needs to find its way on a machine, and cargo's settings but those that let one in somewhere. */
const NEEDED =
  /^(?:HOME|USERPROFILE|LOCALAPPDATA|SYSTEMROOT|TMPDIR|TEMP|TMP|LANG|XDG_CACHE_HOME|CAPS_CACHE_DIR|CARGO_.*)$/i
const SECRET = /TOKEN|SECRET|PASSWORD|CREDENTIAL|KEY|PROXY/i

function withoutCredentials(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => NEEDED.test(name) && !SECRET.test(name)))
}
