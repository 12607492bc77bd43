/** Runs the built program as a user does, in a process of its own. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('../../', import.meta.url))
export const program = `${repository}bin/caps.js`

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** In the repository and with an empty stdin unless given; colours and widths of the tester's terminal play no part. */
export function caps(args: readonly string[], input = '', directory = repository): Run {
  const { NO_COLOR: _, CARGO_TERM_COLOR: __, COLUMNS: ___, ...environment } = process.env
  const done = spawnSync(process.execPath, [program, ...args], {
    cwd: directory,
    encoding: 'utf8',
    input,
    env: environment,
    maxBuffer: 1 << 28,
  })
  return { code: done.status, stdout: done.stdout, stderr: done.stderr }
}
