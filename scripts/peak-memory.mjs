import { readFileSync } from 'node:fs'

/** The most memory that a running process has used, in MiB; undefined where there is no /proc, or no such process any more. */
export function peakOf(pid) {
  try {
    const kibibytes = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kibibytes === undefined ? undefined : Math.round(Number(kibibytes) / 1024)
  } catch {
    return undefined
  }
}
