/**
 * The coordinator of a survey. One worker chooses lockfiles and lets cargo fetch, one crate at a time; the others analyze what is
 * ready, in the order of the list. It holds names only: what is found goes from the workers to the disk.
 */
import { ProjectError } from '../base/index.js'
import { type Attempted, attempt, PATIENCE, type Patience } from './attempts.js'
import { BoundedQueue } from './bounded-queue.js'
import type { ListedCrate } from './crate-list.js'
import { digestOfHow } from './how.js'
import type { Job, WorkerSetup } from './messages.js'
import { type CrateVersion, crateText, type Failure, RECORD_FORMAT, type SurveyedCrate } from './record.js'
import { type RunLine, runLog } from './run-log.js'
import { SurveyDirectory } from './survey-directory.js'
import { sweepUnfinished } from './whole-file.js'
import { WorkerProcess } from './worker-process.js'

export interface SurveyPlan {
  /** Undefined for all that the mirror has. */
  readonly listed: readonly ListedCrate[] | undefined
  /** How many of the newest of a crate that is listed without a version; of a mirror all when it is not said. */
  readonly versions?: number
  readonly setup: WorkerSetup
  readonly workers: number
  /** The module that workers run. */
  readonly workerFile: string
  readonly patience?: Patience
}

export interface SurveyProgress {
  readonly done: number
  readonly failed: number
  /** Those that were there already. */
  readonly kept: number
  readonly undone: number
  /** Undefined until all versions are known. */
  readonly all: number | undefined
}
/** What the machine kept from being done. */
export interface Undone {
  readonly crate: string
  readonly why: string
}
export interface SurveySummary extends SurveyProgress {
  readonly crates: readonly SurveyedCrate[]
  readonly missing: readonly Undone[]
}

/** So many crates in a row that the machine fails at are no accident: a disk is full, the network is gone. */
const MOST_TROUBLE = 8
/** Crates that wait with their lockfile, for each worker. */
const AHEAD = 3

/** Runs a survey to its end. Throws ProjectError when the directory is not a survey's, or when nothing goes on any more. */
export async function runSurvey(plan: SurveyPlan, onProgress: (now: SurveyProgress) => void): Promise<SurveySummary> {
  const run = new Run(plan, onProgress)
  try {
    return await run.all()
  } finally {
    run.stop()
  }
}

/** Of each name the first so many: they come by name, the newest first. */
function newestOf(crates: readonly CrateVersion[], most = Number.POSITIVE_INFINITY): readonly CrateVersion[] {
  const taken = new Map<string, number>()
  return crates.filter(({ name }) => {
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    return count <= most
  })
}

interface Ready {
  readonly crate: CrateVersion
  readonly lockfile: string
}

class Run {
  readonly #plan: SurveyPlan
  readonly #onProgress: (now: SurveyProgress) => void
  readonly #directory: SurveyDirectory
  readonly #how: string
  readonly #log: (line: RunLine) => void
  readonly #fetcher: WorkerProcess
  readonly #workers: readonly WorkerProcess[]
  readonly #ready: BoundedQueue<Ready>
  readonly #crates: SurveyedCrate[] = []
  readonly #missing: Undone[] = []
  #counts = { done: 0, failed: 0, kept: 0, undone: 0 }
  #known = false
  /** Listed, and no version of them could be told. */
  #withoutVersion = 0
  #inTrouble = 0

  constructor(plan: SurveyPlan, onProgress: (now: SurveyProgress) => void) {
    this.#plan = plan
    this.#onProgress = onProgress
    const { setup, workerFile: file } = plan
    this.#directory = new SurveyDirectory(setup.directory)
    this.#directory.create()
    sweepUnfinished(this.#directory.unfinished)
    this.#how = digestOfHow(setup.how)
    this.#log = runLog(this.#directory.runs, new Date())
    this.#fetcher = new WorkerProcess({ file, setup, fetches: true })
    this.#workers = Array.from({ length: plan.workers }, () => new WorkerProcess({ file, setup, fetches: false }))
    this.#ready = new BoundedQueue(plan.workers * AHEAD)
  }

  async all(): Promise<SurveySummary> {
    const making = this.#makeReady().finally(() => this.#ready.close())
    const taking = this.#workers.map((worker) => this.#takeReady(worker))
    // The first to throw ends the run; the others are then stopped with their processes.
    await Promise.all([making, ...taking])
    return { ...this.#progress(), crates: this.#crates, missing: this.#missing }
  }

  stop(): void {
    this.#ready.close()
    for (const worker of [this.#fetcher, ...this.#workers]) worker.close()
  }

  #progress(): SurveyProgress {
    return { ...this.#counts, all: this.#known ? this.#crates.length + this.#withoutVersion : undefined }
  }

  async #makeReady(): Promise<void> {
    await this.#expand()
    this.#directory.writeList({ how: this.#plan.setup.how, crates: this.#crates })
    this.#known = true
    this.#tell()
    for (const crate of this.#crates) {
      const { name, version } = crate
      const ready = await this.#readyOf({ name, version })
      if (ready) await this.#ready.put(ready)
    }
  }

  /** The crate versions of the list. */
  async #expand(): Promise<void> {
    const { listed, versions: most = 1 } = this.#plan
    if (!listed) {
      const all = await this.#ask({ k: 'packages' }, 'the mirror')
      this.#crates.push(...newestOf(all, this.#plan.versions))
      return
    }
    for (const { name, version, rank, downloads } of listed) {
      const found =
        version === undefined ? await this.#ask({ k: 'versions', name, most }, name) : [{ name, version } as const]
      for (const crate of found) this.#crates.push({ ...crate, rank, ...(downloads !== undefined && { downloads }) })
    }
  }

  async #ask(job: Job, subject: string): Promise<readonly CrateVersion[]> {
    const { answer } = await this.#attempt(this.#fetcher, job)
    if (answer.k === 'crates') {
      this.#inTrouble = 0
      return answer.crates
    }
    this.#withoutVersion++
    const failure = answer.k === 'failed' ? `${answer.failure.what}: ${answer.failure.why}` : ''
    this.#leaveUndone(subject, answer.k === 'machine' ? answer.why : failure)
    return []
  }

  /** The crate with its lockfile, or undefined when nothing is left to be done for it. */
  async #readyOf(crate: CrateVersion): Promise<Ready | undefined> {
    const known = this.#directory.lockDigest(crate)
    if (this.#isKept(crate, known)) {
      this.#count('kept')
      return undefined
    }
    // Also where a lockfile was kept: what it names may not be on this machine any more.
    const began = performance.now()
    const attempted = await this.#attempt(this.#fetcher, { k: 'lock', crate })
    if (attempted.answer.k === 'done') {
      const lockfile = this.#directory.lockDigest(crate)
      if (lockfile !== undefined) return { crate, lockfile }
      throw new Error(`the lockfile of ${crateText(crate)} was chosen and is not there`)
    }
    this.#settle(crate, known ?? null, 'resolve', attempted, began)
    return undefined
  }

  #isKept(crate: CrateVersion, lockfile: string | undefined): boolean {
    if (lockfile !== undefined && this.#directory.hasResult(crate, lockfile, this.#how)) return true
    const { failure } = this.#directory.readFailure(crate, lockfile ?? null, this.#how) ?? {}
    if (!failure) return false
    const { memory, work } = this.#plan.setup.limits
    const limit = failure.kind === 'memory' ? memory : failure.kind === 'work' ? work : undefined
    // What needed more than there was may need less than there is now.
    if (limit !== undefined && limit > (failure.limit ?? 0)) return false
    return true
  }

  async #takeReady(worker: WorkerProcess): Promise<void> {
    for (let ready = await this.#ready.take(); ready; ready = await this.#ready.take()) {
      // Another run in this directory may have been faster since it was made ready.
      if (this.#isKept(ready.crate, ready.lockfile)) {
        this.#count('kept')
        continue
      }
      const began = performance.now()
      const attempted = await this.#attempt(worker, { k: 'analyze', ...ready })
      this.#settle(ready.crate, ready.lockfile, 'analyze', attempted, began)
    }
  }

  #attempt(worker: WorkerProcess, job: Job): Promise<Attempted> {
    return attempt(worker, job, this.#plan.setup.limits, this.#plan.patience ?? PATIENCE)
  }

  /** Writes down how it ended. */
  #settle(
    crate: CrateVersion,
    lockfile: string | null,
    stage: Failure['stage'],
    { answer, cpu, memory }: Attempted,
    began: number,
  ): void {
    const seconds = Math.round(performance.now() - began) / 1000
    const line = { crate, seconds, cpu: Math.round(cpu * 1000) / 1000, memory }
    if (answer.k === 'machine') {
      this.#log({ ...line, outcome: 'undone', why: answer.why })
      this.#leaveUndone(crateText(crate), answer.why)
      return
    }
    this.#inTrouble = 0
    if (answer.k === 'failed') {
      const { how } = this.#plan.setup
      const { kind, what, why, limit } = answer.failure
      const failure: Failure = {
        stage,
        kind,
        what: this.#plain(what),
        why: this.#plain(why),
        ...(limit !== undefined && { limit }),
      }
      this.#directory.writeFailure({ format: RECORD_FORMAT, crate, lockfile, how, failure }, this.#how)
      this.#log({ ...line, outcome: 'failed' })
      this.#count('failed')
      return
    }
    this.#log({ ...line, outcome: 'analyzed' })
    this.#count('done')
  }

  /** No path of this machine is part of a result. */
  #plain(text: string): string {
    const { directory, mirror } = this.#plan.setup
    const all = [
      [directory, 'the survey'],
      [mirror, 'the mirror'],
      [process.env['CARGO_HOME'], 'CARGO_HOME'],
    ] as const
    return all.reduce((plain, [path, name]) => (path ? plain.replaceAll(path, name) : plain), text)
  }

  #leaveUndone(crate: string, why: string): void {
    this.#missing.push({ crate, why })
    this.#count('undone')
    if (++this.#inTrouble < MOST_TROUBLE) return
    throw new ProjectError(
      'The survey does not go on',
      `${MOST_TROUBLE} crates in a row could not be looked at, the last (${crate}) because ${why}`,
      'Mend that and run it again: it goes on where it was.',
    )
  }

  #count(what: keyof SurveyProgress & ('done' | 'failed' | 'kept' | 'undone')): void {
    this.#counts[what]++
    this.#tell()
  }
  #tell(): void {
    this.#onProgress(this.#progress())
  }
}
