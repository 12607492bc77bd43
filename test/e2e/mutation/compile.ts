/** Which mutants of a crate the compiler takes: those in which it sees an error are taken out until it sees none. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Lines, type Mutant, type Mutated, mutate } from './mutant.js'

export interface Crate {
  readonly name: string
  readonly version: string
  readonly edition: string
  /** `src/lib.rs`. */
  readonly root: string
  readonly kind: 'lib' | 'bin'
  readonly features: readonly string[]
  readonly files: ReadonlyMap<string, string>
}
interface Span {
  readonly file_name: string
  readonly line_start: number
  readonly line_end: number
  readonly is_primary: boolean
  readonly expansion: { readonly span: Span } | null
}
interface Message {
  readonly level: string
  readonly message: string
  readonly spans: readonly Span[]
  readonly children: readonly { readonly spans: readonly Span[] }[]
}

/** Puts the files where both rustc and caps read them, with a manifest of the crate alone. */
export function write(directory: string, crate: Crate, files: ReadonlyMap<string, string>): void {
  const target = crate.kind === 'lib' ? '[lib]' : `[[bin]]\nname = "${crate.name}"`
  const features = crate.features.map((name) => `${JSON.stringify(name)} = []\n`).join('')
  const named = crate.features.filter((name) => name !== 'default')
  const list =
    crate.features.length > 0
      ? `[features]\n${features.replace('"default" = []\n', '')}default = ${JSON.stringify(named)}\n`
      : ''
  const head = `[package]\nname = "${crate.name}"\nversion = "${crate.version}"\nedition = "${crate.edition}"\nautobins = false\n`
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'Cargo.toml'), `${head}${list}${target}\npath = "${crate.root}"\n[workspace]\n`)
  for (const [file, text] of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), text)
    writeFileSync(join(directory, dirname(file), 'caps.bin'), 'caps')
  }
}

/** What rustc has against the crate as it stands on disk. */
export async function errorsOf(directory: string, crate: Crate): Promise<Message[]> {
  const options = ['--edition', crate.edition, '--crate-type', crate.kind, '--cap-lints', 'allow']
  const output = ['--emit', 'metadata', '-o', join(directory, 'out.rmeta'), '--error-format', 'json']
  const cfgs = crate.features.flatMap((name) => ['--cfg', `feature="${name}"`])
  const name = ['--crate-name', crate.name.replaceAll('-', '_')]
  const env = {
    ...process.env,
    CARGO_PKG_NAME: crate.name,
    CARGO_PKG_VERSION: crate.version,
    CARGO_MANIFEST_DIR: directory,
    CARGO_CRATE_NAME: crate.name,
  }
  const stderr = await new Promise<string>((resolve) => {
    const args = [...options, ...output, ...cfgs, ...name, crate.root]
    execFile('rustc', args, { cwd: directory, env, maxBuffer: 1 << 28 }, (_, __, said) => resolve(said))
  })
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'))
  const crash = /internal compiler error|SIG[A-Z]+/.test(stderr) ? [crashed] : []
  return [
    ...lines.map((line) => JSON.parse(line) as Message).filter(({ level }) => level.startsWith('error')),
    ...crash,
  ]
}
const crashed: Message = { level: 'error', message: 'the compiler crashed', spans: [], children: [] }

/** The mutants that compile together. Those that cannot be told from their neighbours are taken out with them. */
export async function compiling(directory: string, crate: Crate, mutants: readonly Mutant[]): Promise<Mutant[]> {
  let left = [...mutants]
  for (let round = 0; round < 30 && left.length > 0; round++) {
    const mutated = mutate(crate.files, crate.root, left)
    write(directory, crate, mutated.files)
    const errors = await errorsOf(directory, crate)
    if (errors.length === 0) return left
    const guilty = new Set(errors.flatMap((error) => guiltyOf(error, mutated)))
    if (guilty.size === 0) {
      const middle = Math.ceil(left.length / 2)
      if (left.length === 1) return []
      const kept = await compiling(directory, crate, left.slice(0, middle))
      const rest = await compiling(directory, crate, left.slice(middle))
      const both = [...kept, ...rest]
      if (kept.length === 0 || rest.length === 0 || both.length === left.length)
        return kept.length > rest.length ? kept : rest
      left = both
      continue
    }
    left = left.filter((mutant) => !guilty.has(mutant))
  }
  return []
}

function guiltyOf(error: Message, { placed, modules }: Mutated): Mutant[] {
  const spans: Span[] = []
  const add = (span: Span): void => {
    spans.push(span)
    if (span.expansion) add(span.expansion.span)
  }
  for (const span of error.spans) add(span)
  const primary = error.spans.filter((span) => span.is_primary)
  const own = [...placed, ...modules]
  const within = (lines: Lines, span: Span): boolean =>
    span.file_name.endsWith(lines.file) && span.line_start <= lines.to && span.line_end >= lines.from
  const inside = (list: readonly Span[]): Mutant[] =>
    own
      .filter(([, lines]) => list.some((span) => span.line_start === span.line_end && within(lines, span)))
      .map(([mutant]) => mutant)
  const first = inside(primary)
  if (first.length > 0) return first
  const all = inside(spans)
  if (all.length > 0) return all
  // An error about a whole expression: of the mutants in it, or just before it.
  const around = own.filter(([, lines]) =>
    spans.some((span) => within({ ...lines, from: lines.from - 1, to: lines.to + 2 }, span)),
  )
  return around.map(([mutant]) => mutant)
}
