/** The thread that watches a worker (worker.ts). It ends the process by the signals that say why: see `WORK` and `MEMORY`. */
import { workerData } from 'node:worker_threads'
import { MEMORY_SIGNAL, WORK_SIGNAL } from './limit-signals.js'
import type { Limits } from './messages.js'

const { began, limits } = workerData as { readonly began: Float64Array; readonly limits: Limits }
const INTERVAL_MS = 200

setInterval(() => {
  const { user, system } = process.cpuUsage()
  if ((user + system) / 1e6 - (began[0] ?? 0) > limits.work) process.kill(process.pid, WORK_SIGNAL)
  if (process.memoryUsage.rss() > limits.memory * 1024 ** 2) process.kill(process.pid, MEMORY_SIGNAL)
}, INTERVAL_MS)
