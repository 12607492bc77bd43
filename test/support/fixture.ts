/**
 * Test fixtures in rust-analyzer's format: several files and crates in one text.
 *
 *     //- std: none                                       first line, optional: none, mini (the default) or full
 *     //- /lib.rs crate:app deps:helper edition:2021 cfg:unix,feature="tls"
 *     use helper::H;          //~ ref H
 *     //- /helper.rs crate:helper
 *     pub struct H;           //~ def H
 *
 * Files after a crate's first one belong to the same package until the next `crate:`. Each crate is its own package.
 * `kind:proc-macro` makes other units, and `kind:build` without `crate:` one more of the same package. Text before the first header is `/lib.rs` of the crate `app`.
 */
import { readFileSync } from 'node:fs'
import { buildProgram, loadFiles, loadStdModel, type Program, type StdModel } from '../../src/names/index.js'
import type { TargetPlatform } from '../../src/project/target-platform.js'
import type { Edition, Package, SourceTree, Unit, UnitKind } from '../../src/project/workspace.js'
import { initSyntax, parseFile } from '../../src/syntax/index.js'

export interface Fixture {
  readonly units: readonly Unit[]
  readonly packages: ReadonlyMap<string, Package>
  readonly target: TargetPlatform
  readonly std: 'none' | 'mini' | 'full'
  readonly markers: readonly Marker[]
}
/** `//~ kind rest` at the end of a line; `//~!` has the kind `!`. */
export interface Marker {
  readonly kind: string
  readonly text: string
  readonly package: string
  readonly file: string
  /** From 1. */
  readonly line: number
}

interface FixtureFile {
  readonly path: string
  readonly options: ReadonlyMap<string, string>
  readonly lines: string[]
}

/** Splits a fixture's text. Throws when a header cannot be read. */
export function parseFixture(text: string): Fixture {
  const lines = text.replace(/^\n/, '').split('\n')
  const std = /^\/\/- std:\s*(none|mini|full)\s*$/.exec(lines[0] ?? '')?.[1] as Fixture['std'] | undefined
  if (std) lines.shift()
  const files: FixtureFile[] = []
  for (const line of lines) {
    const header = /^\/\/- (\/\S+)(.*)$/.exec(line)
    if (header) files.push({ path: (header[1] as string).slice(1), options: optionsOf(header[2] ?? ''), lines: [] })
    else {
      if (files.length === 0) files.push({ path: 'lib.rs', options: new Map([['crate', 'app']]), lines: [] })
      files[files.length - 1]?.lines.push(line)
    }
  }
  const units: Unit[] = []
  const packages = new Map<string, Package>()
  const cfg: { name: string; value?: string }[] = []
  let current: { id: string; name: string; files: Map<string, string> } | undefined
  for (const file of files) {
    const crate = file.options.get('crate') ?? (current ? undefined : 'app')
    if (crate !== undefined) {
      current = { id: `${crate}@1.0.0`, name: crate, files: new Map() }
      const unit = unitOf(crate, file, cfg)
      units.push(unit)
      packages.set(current.id, packageOf(crate, unit.edition, current.files))
    } else if (file.options.has('kind') && current)
      units.push({ ...unitOf(current.name, file, cfg), id: `${current.name} ${file.path}` })
    current?.files.set(file.path, file.lines.join('\n'))
  }
  const target: TargetPlatform = { triple: 'fixture', cfg }
  return { units: inOrder(units), packages, target, std: std ?? 'mini', markers: markersOf(files) }
}

function optionsOf(text: string): ReadonlyMap<string, string> {
  const out = new Map<string, string>()
  for (const part of text.trim().split(/\s+/)) {
    const colon = part.indexOf(':')
    if (colon > 0) out.set(part.slice(0, colon), part.slice(colon + 1))
  }
  return out
}

function unitOf(crate: string, file: FixtureFile, cfg: { name: string; value?: string }[]): Unit {
  const features: string[] = []
  for (const option of file.options.get('cfg')?.split(',') ?? []) {
    const [, name = option, value] = /^(\w+)="([^"]*)"$/.exec(option) ?? []
    if (name === 'feature') features.push(value ?? '')
    else cfg.push(value === undefined ? { name } : { name, value })
  }
  const deps = file.options.get('deps')?.split(',') ?? []
  return {
    id: crate,
    package: `${crate}@1.0.0`,
    kind: (file.options.get('kind') ?? 'lib') as UnitKind,
    crateName: crate,
    root: file.path,
    edition: Number(file.options.get('edition') ?? 2021) as Edition,
    features,
    declaredFeatures: features,
    stages: ['run'],
    externs: deps.map((name) => ({ name, unit: name })),
  }
}

function packageOf(name: string, edition: Edition, files: Map<string, string>): Package {
  const tree: SourceTree = {
    get files() {
      return new Map([...files].map(([path, text]) => [path, text.length]))
    },
    read: (path) => {
      const text = files.get(path)
      return text === undefined ? undefined : { text }
    },
    contents: () => undefined,
  }
  return {
    id: `${name}@1.0.0`,
    name,
    version: '1.0.0',
    source: { kind: 'path' },
    edition,
    dependencies: [],
    tree,
  }
}

/** Dependencies first, else as written. */
function inOrder(units: readonly Unit[]): readonly Unit[] {
  const out: Unit[] = []
  const add = (unit: Unit): void => {
    if (out.includes(unit)) return
    for (const extern of unit.externs) for (const other of units) if (other.id === extern.unit) add(other)
    out.push(unit)
  }
  for (const unit of units) add(unit)
  return out
}

function markersOf(files: readonly FixtureFile[]): readonly Marker[] {
  const out: Marker[] = []
  let packageName = 'app'
  for (const file of files) {
    packageName = file.options.get('crate') ?? packageName
    for (const [index, line] of file.lines.entries()) {
      const marker = /\/\/~(?: (\S+) ?|(!))(.*)$/.exec(line)
      if (marker) {
        out.push({
          kind: (marker[1] ?? marker[2]) as string,
          text: marker[3] ?? '',
          package: `${packageName}@1.0.0`,
          file: file.path,
          line: index + 1,
        })
      }
    }
  }
  return out
}

// ---------------------------------------------------------------- programs

let mini: StdModel | undefined

/** A std of our own: just the names that tests need. */
export function miniStd(): StdModel {
  if (mini) return mini
  const text = readFileSync(new URL('./mini-std.rs', import.meta.url), 'utf8')
  const parts = new Map(
    text
      .split(/^\/\/- crate:/m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n'))]),
  )
  mini = modelOf(parts)
  return mini
}

function modelOf(parts: ReadonlyMap<string, string>): StdModel {
  return {
    version: 'mini',
    crates: [...parts].map(([name, text]) => ({ name, edition: 2021, text, pieces: [], facts: parseFile(text) })),
  }
}

/** core, alloc and std without anything in them. */
export function emptyStd(): StdModel {
  return modelOf(
    new Map([
      ['core', '#![no_core]'],
      ['alloc', '#![no_core]'],
      ['std', '#![no_core]'],
    ]),
  )
}

/** The std that a fixture asks for. */
export function stdOf(kind: Fixture['std']): StdModel {
  return kind === 'none' ? emptyStd() : kind === 'mini' ? miniStd() : loadStdModel()
}

/** The Program of a fixture. */
export async function programOf(text: string): Promise<Program> {
  await initSyntax()
  const fixture = parseFixture(text)
  const files = await loadFiles(fixture.units, fixture.packages, [fixture.target])
  const std = stdOf(fixture.std)
  return buildProgram({ units: fixture.units, packages: fixture.packages, files, target: fixture.target, std })
}
