/** Runs a script of node under strace, with an environment of its own, and judges what it did. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { repository } from '../e2e/run-caps.js'
import { judge, type Place, type Verdict } from './judge.js'

const TRACED = '%process,%network,%file,fchdir,fchmod,fchown,ftruncate,fsetxattr,io_uring_setup'

/** What Node and the system's loader read by themselves. */
const SYSTEM: readonly Place[] = [
  { at: /^\/(?:usr\/)?lib(?:32|64)?\/(?:[^/]+\/)*[^/]+\.so(?:\.[\d.]+)?$/, why: 'libraries of the system' },
  { at: '/etc/ld.so.cache', why: 'where the libraries of the system are' },
  { at: /^\/(?:etc|usr\/lib)\/ssl\/openssl\.cnf$/, why: 'Node sets up its OpenSSL at every start' },
  { at: /^\/proc\/(?:self|\d+)\/(?:cgroup|maps|stat)$/, why: 'Node asks what it is and how much memory it has' },
  { at: /^\/proc\/(?:meminfo|sys\/vm\/overcommit_memory)$/, why: 'how much memory there is' },
  { at: /^\/sys\/fs\/cgroup\/(?:[^/]+\/)*(?:memory|cpu)\.[\w.]+$/, why: 'how much of it a container may use' },
  { at: '/sys/devices/system/cpu/online', why: 'how many threads are of use' },
]
/** Of caps: what is installed. */
const PROGRAM: readonly Place[] = [
  ...['bin', 'dist', 'data', 'capability-maps', 'node_modules', 'package.json'].map((name) => ({
    at: join(repository, name),
    why: 'caps itself',
  })),
  { at: resolve(repository), why: 'yargs looks for the package.json of the program', alone: true },
]

/** Where the tracer is; the environment of what is traced does not lead to it. */
function strace(): string {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, 'strace'))
    .find((path) => existsSync(path))
  if (found === undefined)
    throw new Error('These tests need strace, which is not on PATH (Debian: apt-get install strace).')
  return found
}

/** Directories of one test, all of them new; `remove` in afterEach. */
export class Laboratory {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'caps-traced-')))
  readonly crate = this.#made('crates/it')
  readonly home = this.#made('home')
  readonly output = this.#made('output')
  readonly store = this.#made('store')
  readonly temporary = this.#made('temporary')
  readonly directory = this.#made('here')

  #made(name: string): string {
    const path = join(this.root, name)
    mkdirSync(path, { recursive: true })
    return path
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }

  /** Runs node with these arguments; `cargo` is the one program that may be started. */
  run(args: readonly string[], cargo?: string): Verdict & { readonly code: number | null; readonly text: string } {
    const trace = join(this.root, 'trace')
    const done = spawnSync(
      strace(),
      ['-f', '-y', '-qq', '-s', '65536', '-e', `trace=${TRACED}`, '-o', trace, process.execPath, ...args],
      {
        cwd: this.directory,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: cargo === undefined ? '' : join(cargo, '..'),
          HOME: this.home,
          CARGO_HOME: join(this.home, '.cargo'),
          CAPS_CACHE_DIR: this.store,
          TMPDIR: this.temporary,
          // Calls through a ring would not be seen.
          UV_USE_IO_URING: '0',
        },
      },
    )
    if (done.error !== undefined) throw done.error
    const verdict = judge(readFileSync(trace, 'utf8').split('\n'), {
      directory: this.directory,
      programs: cargo === undefined ? [] : [cargo],
      crates: [this.crate],
      reads: [
        ...SYSTEM,
        ...PROGRAM,
        { at: process.execPath, why: 'Node itself' },
        { at: this.crate, why: 'the crate' },
        { at: join(this.home, '.cargo'), why: 'configuration, sources and index of cargo' },
      ],
      writes: [
        { at: '/dev/null', why: 'input and output of cargo that nobody asks for', alone: true },
        { at: this.output, why: 'the output' },
        { at: this.store, why: 'what is kept from run to run' },
        ...(cargo === undefined ? [] : [{ at: this.temporary, why: 'the fresh directory that cargo is started in' }]),
      ],
    })
    return { ...verdict, code: done.status, text: done.stdout + done.stderr }
  }
}
