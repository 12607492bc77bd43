/**
 * Holds a Workspace of caps against cargo's answer. Profiles, panic strategy and the runs of build scripts are left out; a
 * unit that caps shares between host and target stands for both of cargo's, so units are compared as sets.
 */
import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import type { Package, Workspace } from '../../../src/project/index.js'
import type { CargoPackage, CargoUnit } from './cargo.js'

export interface Difference {
  /** What it is of, for counting: `source`, `features`, `unit missing`, … */
  readonly kind: string
  readonly text: string
}

/** One unit as both sides can say it. */
interface Shape {
  readonly group: string
  readonly root: string
  readonly code: string
  readonly edition: string
  readonly features: string
  readonly externs: string
}

export interface Addresses {
  /** Of the repository that holds the workspace. */
  readonly repository: string
  /** How lockfiles spell the default registry. */
  readonly defaultRegistry: string
}

type Answer = { readonly packages: readonly CargoPackage[]; readonly units: readonly CargoUnit[] }

export function compare(workspace: Workspace, cargo: Answer, addresses: Addresses): Difference[] {
  const identities = new Map(cargo.packages.map((one) => [one.id, cargoIdentity(one, addresses)]))
  const own = new Map(workspace.packages.map((one) => [one.id, capsIdentity(one)]))
  const built = new Set(cargo.units.map(({ pkg_id: id }) => identities.get(id) ?? id))
  const differences = setDifferences('package', built, new Set(unitPackages(workspace, own)))
  if (differences.length > 0) return withSources(differences)
  return compareShapes(cargoShapes(cargo, identities), capsShapes(workspace, own))
}

/** Packages with something compiled: cargo's unit graph knows no others. */
function unitPackages(workspace: Workspace, identities: ReadonlyMap<string, string>): string[] {
  return workspace.units.map((unit) => identities.get(unit.package) ?? unit.package)
}

function cargoIdentity({ name, version, source, manifest_path: manifest }: CargoPackage, addresses: Addresses): string {
  if (source === null) {
    const place = relative(addresses.repository, dirname(manifest)) || '.'
    return `${name}@${version} path ${place.startsWith('..') ? 'outside' : place}`
  }
  const git = /^git\+([^?#]*)(?:\?([^#]*))?#(.*)$/.exec(source)
  if (git) return `${name}@${version} git ${git[1]} ${decodeURIComponent(git[2] ?? '')} ${git[3]}`
  const url = source === addresses.defaultRegistry ? 'crates-io' : source.replace(/^registry\+/, '')
  return `${name}@${version} registry ${url}`
}

function capsIdentity({ name, version, source }: Package): string {
  const start = `${name}@${version} ${source.kind}`
  if (source.kind === 'path') return `${start} ${source.directory ?? 'outside'}`
  if (source.kind === 'git') return `${start} ${source.url} ${source.reference ?? ''} ${source.revision ?? ''}`
  return `${start} ${source.url ?? ''}`
}

/** A package missing and one of its name too many is one from another source. */
function withSources(differences: readonly Difference[]): Difference[] {
  const nameOf = ({ text }: Difference): string => text.split(' ')[0] ?? ''
  const missing = new Set(differences.filter(({ kind }) => kind === 'package missing').map(nameOf))
  return differences.map((one) =>
    one.kind === 'package extra' && missing.has(nameOf(one)) ? { kind: 'source', text: one.text } : one,
  )
}

function cargoShapes(cargo: Answer, identities: ReadonlyMap<string, string>): Shape[] {
  const directories = new Map(cargo.packages.map((one) => [one.id, dirname(one.manifest_path)]))
  return cargo.units.flatMap((unit): Shape[] => {
    if (unit.mode === 'run-custom-build' || unit.mode === 'doc') return []
    const externs = unit.dependencies.flatMap(({ index, extern_crate_name: name }) => {
      const to = cargo.units[index]
      // Integration tests have the programs of their package built, to start them.
      return !to || to.mode === 'run-custom-build' || to.target.kind[0] === 'bin'
        ? []
        : [`${name}=${identities.get(to.pkg_id) ?? to.pkg_id}`]
    })
    return [
      {
        group: `${identities.get(unit.pkg_id) ?? unit.pkg_id} ${kindOf(unit)} ${unit.target.name.replaceAll('-', '_')}`,
        root: relative(directories.get(unit.pkg_id) ?? '', unit.target.src_path),
        code: readFileSync(unit.target.src_path, 'utf8'),
        edition: unit.target.edition,
        features: [...unit.features].sort().join(' '),
        externs: [...new Set(externs)].sort().join(', '),
      },
    ]
  })
}

function kindOf({ target, mode }: CargoUnit): string {
  const kind = target.kind[0] ?? ''
  if (mode === 'test') return kind === 'bench' ? 'bench' : 'test'
  if (kind === 'custom-build') return 'build'
  return ['proc-macro', 'bin', 'example', 'bench', 'test'].includes(kind) ? kind : 'lib'
}

function capsShapes(workspace: Workspace, identities: ReadonlyMap<string, string>): Shape[] {
  const packages = new Map(workspace.packages.map((one) => [one.id, one]))
  const packageOf = new Map(workspace.units.map((unit) => [unit.id, unit.package]))
  return workspace.units.map((unit): Shape => {
    const externs = unit.externs.map(({ name, unit: to }) => {
      const id = packageOf.get(to) ?? to
      return `${name}=${identities.get(id) ?? id}`
    })
    return {
      group: `${identities.get(unit.package) ?? unit.package} ${unit.kind} ${unit.crateName}`,
      root: unit.root,
      code: packages.get(unit.package)?.tree.read(unit.root)?.text ?? '(none)',
      edition: String(unit.edition),
      features: [...unit.features].sort().join(' '),
      externs: [...new Set(externs)].sort().join(', '),
    }
  })
}

function compareShapes(cargo: readonly Shape[], caps: readonly Shape[]): Difference[] {
  const groups = (list: readonly Shape[]): ReadonlySet<string> => new Set(list.map(({ group }) => group))
  const differences = setDifferences('unit', groups(cargo), groups(caps))
  for (const group of groups(cargo)) {
    if (!groups(caps).has(group)) continue
    for (const key of ['root', 'code', 'edition', 'features', 'externs'] as const) {
      const values = (list: readonly Shape[]): string =>
        [...new Set(list.filter((one) => one.group === group).map((one) => one[key]))].sort().join(' | ')
      const [theirs, ours] = [values(cargo), values(caps)]
      if (theirs !== ours)
        differences.push({ kind: key, text: `${group}: cargo [${theirs.trim()}], caps [${ours.trim()}]` })
    }
    const whole = (list: readonly Shape[]): string =>
      [...new Set(list.filter((one) => one.group === group).map((one) => JSON.stringify(one)))].sort().join()
    if (whole(cargo) !== whole(caps) && !differences.some(({ text }) => text.startsWith(`${group}:`)))
      differences.push({ kind: 'combination', text: `${group}: cargo ${whole(cargo)}, caps ${whole(caps)}` })
  }
  return differences
}

function setDifferences(kind: string, cargo: ReadonlySet<string>, caps: ReadonlySet<string>): Difference[] {
  return [
    ...[...cargo].filter((one) => !caps.has(one)).map((text) => ({ kind: `${kind} missing`, text })),
    ...[...caps].filter((one) => !cargo.has(one)).map((text) => ({ kind: `${kind} extra`, text })),
  ]
}
