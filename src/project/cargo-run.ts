/**
 * Starts the user's cargo, which is how this program reaches a registry: mirrors, credentials and checksum rules of the
 * user apply. Law 5: cargo runs in a fresh temporary directory that holds only what we wrote. Configuration and toolchain
 * files act from parent directories too, so a temporary directory below one that has such files is refused.
 */
import { spawn } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { messageOf, ProjectError } from '../base/index.js'
import { cargoHome } from './cargo-home.js'
import { isInside } from './directory-tree.js'
import { CARGO_TIMEOUT_MS, MAX_CARGO_OUTPUT_BYTES } from './limits.js'

export interface CargoDirectory {
  /** Writes a file, its path relative to the directory. */
  write(path: string, text: string): void
  read(path: string): string
  /** Runs cargo here. Throws ProjectError with its output when it fails. */
  run(args: readonly string[]): Promise<void>
}

export interface CargoPermission {
  readonly offline: boolean
  /** The directory of the crate looked at: nothing in it may influence cargo. */
  readonly untrusted?: string
}

/**
 * Makes a temporary directory, hands it to `work`, and removes it whatever happens.
 * `need` says what cargo is wanted for: "walkdir@2.5.0 is not on this machine". Throws ProjectError.
 */
export async function withCargo<T>(
  need: string,
  permission: CargoPermission,
  work: (cargo: CargoDirectory) => Promise<T>,
): Promise<T> {
  if (permission.offline) {
    throw new ProjectError(
      need,
      'cargo may not be started with --offline',
      'Run without --offline, or fetch it first with `cargo fetch`.',
    )
  }
  const program = findCargo(permission.untrusted)
  if (program === undefined) {
    throw new ProjectError(
      need,
      'there is no cargo on PATH (outside the crate) to fetch it with',
      'Install Rust, or put the sources into a vendor directory.',
    )
  }
  const directory = temporaryDirectory()
  try {
    refuseForeignConfiguration(directory, permission.untrusted)
    return await work({
      write: (path, text) => writeBelow(directory, path, text),
      read: (path) => readFileSync(join(directory, path), 'utf8'),
      run: (args) => runCargo(program, args, directory),
    })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function temporaryDirectory(): string {
  try {
    return realpathSync(mkdtempSync(join(tmpdir(), 'caps-cargo-')))
  } catch (thrown) {
    throw new ProjectError(
      'There is no temporary directory for cargo',
      messageOf(thrown),
      'Set TMPDIR to a directory that can be written, or fetch first with `cargo fetch` and run with --offline.',
    )
  }
}

/** Writing may fail where making the directory did not: a full disk. */
function writeBelow(directory: string, path: string, text: string): void {
  const full = join(directory, path)
  try {
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, text)
  } catch (thrown) {
    throw new ProjectError(
      'The temporary directory for cargo cannot be written',
      messageOf(thrown).replaceAll(directory, 'a temporary directory'),
      'Set TMPDIR to a directory with room in it.',
    )
  }
}

/** Cargo's absolute path. Relative entries of PATH and those inside the crate are passed over: the crate fills them. */
function findCargo(untrusted: string | undefined): string | undefined {
  const name = process.platform === 'win32' ? 'cargo.exe' : 'cargo'
  const directories = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((directory) => isAbsolute(directory) && !isNpmBin(directory))
  return [...directories, join(cargoHome(), 'bin')]
    .map((directory) => join(directory, name))
    .find((path) => isProgram(path) && !(untrusted !== undefined && isInside(untrusted, realpathSync(path))))
}

/** npm and npx put these of the current directory on PATH, which may be the crate's. */
function isNpmBin(directory: string): boolean {
  return /[/\\]node_modules[/\\]\.bin[/\\]?$/.test(directory)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * Throws ProjectError where cargo, run in `directory`, would obey files that are neither ours nor the user's: the directory is
 * inside the crate, or one above it has configuration for cargo or rustup.
 */
export function refuseForeignConfiguration(directory: string, untrusted: string | undefined): void {
  const refuse = (why: string): ProjectError =>
    new ProjectError(
      'Cargo is not started',
      why,
      'Set TMPDIR to a directory outside the crate with no such files above it.',
    )
  if (untrusted !== undefined && isInside(untrusted, directory)) {
    throw refuse('the temporary directory is inside the crate, which would so configure cargo')
  }
  const home = cargoHome()
  const own = existsSync(home) ? realpathSync(home) : home
  for (let at = dirname(directory), below = directory; at !== below; below = at, at = dirname(at)) {
    const names = ['.cargo/config.toml', '.cargo/config', 'rust-toolchain.toml', 'rust-toolchain']
    for (const path of names.map((name) => join(at, name))) {
      if (existsSync(path) && !isInside(own, path)) throw refuse(`${path} would configure it`)
    }
  }
}

function runCargo(program: string, args: readonly string[], directory: string): Promise<void> {
  const env = {
    ...process.env,
    CARGO_TERM_COLOR: 'never',
    CARGO_TERM_PROGRESS_WHEN: 'never',
    CARGO_TERM_QUIET: 'false',
  }
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: directory,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: CARGO_TIMEOUT_MS,
    })
    let output = ''
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (chunk: string) => {
      if (output.length < MAX_CARGO_OUTPUT_BYTES) output += chunk
    })
    const failed = (why: string): void => {
      const plain = why.replaceAll(directory, 'a temporary directory')
      fail(new ProjectError(`cargo ${args[0]} failed`, plain, 'Check the name, the version and the network.'))
    }
    child.on('error', (thrown) => failed(messageOf(thrown)))
    child.on('close', (code, signal) => {
      if (code === 0) done()
      else failed(output.trim() || (signal === null ? `exit code ${code}` : `it was ended by ${signal}`))
    })
  })
}
