/**
 * One job, tried until its outcome is the crate's own: what a worker answers, or what it ended by. A worker that reached a limit, or
 * broke, may have done so because of what an earlier crate left in it, so only a fresh one's word counts.
 */
import { setTimeout } from 'node:timers/promises'
import { MEMORY_SIGNAL, WORK_SIGNAL } from './limit-signals.js'
import type { Answer, Job, Limits } from './messages.js'
import type { Failure } from './record.js'
import type { Ended, Outcome } from './worker-process.js'

export interface Worker {
  run(job: Job): Promise<Outcome>
}
export interface Attempted {
  readonly answer: Answer
  readonly cpu: number
  readonly memory: number
}

/** How often what the machine causes is tried again, and how long is waited before, growing. */
export interface Patience {
  readonly attempts: number
  readonly waitMs: number
}
export const PATIENCE: Patience = { attempts: 4, waitMs: 2000 }

export async function attempt(worker: Worker, job: Job, limits: Limits, patience: Patience): Promise<Attempted> {
  let cpu = 0
  let memory = 0
  let broke = 0
  let why = ''
  for (let tries = 0; tries < patience.attempts; ) {
    if (why !== '') await setTimeout(patience.waitMs * 2 ** (tries - 1))
    const outcome = await worker.run(job)
    if (!('ended' in outcome)) {
      cpu += outcome.cpu
      memory = outcome.memory
      if (outcome.answer.k !== 'machine') return { answer: outcome.answer, cpu, memory }
      why = outcome.answer.why
      tries++
      continue
    }
    const failure = failureOf(outcome.ended, limits)
    if (failure && outcome.ended.fresh && (failure.kind !== 'crash' || ++broke > 1))
      return { answer: { k: 'failed', failure }, cpu, memory }
    // An old worker's end counts for nothing, and costs no try: the next one is fresh.
    if (failure && !outcome.ended.fresh) continue
    why = `a worker was ended by ${endText(outcome.ended)}`
    if (!failure) tries++
    else why = ''
  }
  return { answer: { k: 'machine', why }, cpu, memory }
}

/** Undefined where somebody ended it: a person, the system when memory is short, the coordinator when it was stuck. */
function failureOf({ code, signal }: Ended, { memory, work }: Limits): Omit<Failure, 'stage'> | undefined {
  switch (signal) {
    case MEMORY_SIGNAL:
      return { kind: 'memory', what: 'It needs too much memory', why: `more than ${memory} MiB`, limit: memory }
    case WORK_SIGNAL:
      return { kind: 'work', what: 'It needs too much work', why: `more than ${work} seconds of a core`, limit: work }
    case 'SIGSEGV':
    case 'SIGBUS':
    case 'SIGILL':
    case 'SIGFPE':
    case 'SIGTRAP':
      return { kind: 'crash', what: 'The analysis broke', why: `the worker was ended by ${signal}` }
    case null:
      return code === null
        ? undefined
        : { kind: 'crash', what: 'The analysis broke', why: `the worker ended with exit code ${code}` }
    default:
      return undefined
  }
}

const endText = ({ code, signal }: Ended): string => signal ?? (code === null ? 'the system' : `exit code ${code}`)
