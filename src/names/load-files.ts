/**
 * Finds and parses the files of all crates ahead of time, wave by wave: roots, then what their `mod name;` name, and so
 * on, so that parsing can go on in workers. It follows `mod` items that are written in files or visible in a macro
 * call's or definition's tokens; a file that only an expansion names is parsed when names asks for it.
 *
 * Files are read through `Package.tree` alone (law 4). What cannot be read is kept with its problem, for the crate that
 * mounts it to record (law 1).
 */
import type { Package, PackageId, TargetPlatform, Unit } from '../project/index.js'
import type { Item, ModItem, Span } from '../syntax/index.js'
import { openFileParser } from '../syntax/index.js'
import { attrChoices } from './attributes.js'
import { buildScriptWords } from './build-script-words.js'
import { type CrateCfg, cfgInputs, crateCfg } from './crate-cfg.js'
import { emptyStore, type FileStore, type FillingStore } from './file-store.js'
import { inactiveBranches } from './inactive-branches.js'
import { inlineDir, type ModuleDir, moduleFiles, ownDir } from './module-files.js'
import type { Visits } from './visits.js'

/** Nested modules beyond this are not followed, as in rustc's own recursion limit. */
export const MODULE_DEPTH_LIMIT = 128
/** Files of all packages together. */
export const FILE_LIMIT = 200_000

/** Told now and then: files parsed so far and files known. */
export type LoadProgress = (done: number, known: number) => void

interface WantedModule {
  readonly unit: Unit
  readonly cfgs: readonly CrateCfg[]
  readonly path: string
  readonly dir: ModuleDir
  readonly depth: number
}

/** Loads every file that the units' module trees name under any of the targets. Never throws for what a file holds. */
export async function loadFiles(
  units: readonly Unit[],
  packages: ReadonlyMap<PackageId, Package>,
  targets: readonly TargetPlatform[],
  onProgress: LoadProgress = () => {},
  visits?: Visits,
): Promise<FileStore> {
  const parser = openFileParser()
  try {
    return await loadWaves(units, packages, targets, onProgress, emptyStore(packages, parser.parse, visits))
  } finally {
    await parser.close()
  }
}

async function loadWaves(
  units: readonly Unit[],
  packages: ReadonlyMap<PackageId, Package>,
  targets: readonly TargetPlatform[],
  onProgress: LoadProgress,
  store: FillingStore,
): Promise<FileStore> {
  const seen = new Set<string>()
  let wave: WantedModule[] = units.map((unit) => ({
    unit,
    cfgs: cfgsOf(unit, units, packages, targets),
    path: unit.root,
    dir: ownDir(unit.root),
    depth: 0,
  }))
  let done = 0
  while (wave.length > 0 && store.size() < FILE_LIMIT) {
    await store.parse(wave.map((wanted) => ({ packageId: wanted.unit.package, path: wanted.path })))
    done = store.size()
    const next: WantedModule[] = []
    for (const wanted of wave) {
      const file = store.get(wanted.unit.package, wanted.path)
      if (!file || wanted.depth >= MODULE_DEPTH_LIMIT) continue
      const tree = packages.get(wanted.unit.package)?.tree
      const want = (path: string, dir: ModuleDir): boolean => {
        if (!tree?.files.has(path)) return false
        const key = `${wanted.unit.id}\0${path}\0${dir.dir}\0${dir.relative ?? ''}`
        if (!seen.has(key)) next.push({ ...wanted, path, dir, depth: wanted.depth + 1 })
        seen.add(key)
        return true
      }
      wantModules(file.source.facts.items, wanted.cfgs, wanted.dir, file.source.text, want)
    }
    wave = next
    onProgress(done, done + wave.length)
  }
  return store
}

type Want = (path: string, dir: ModuleDir) => boolean

function wantModules(
  items: readonly Item[],
  cfgs: readonly CrateCfg[],
  dir: ModuleDir,
  text: string,
  want: Want,
): void {
  for (const item of items) {
    if (!cfgs.some((cfg) => cfg.mayHold(item.cfg))) continue
    if (item.k === 'mod') wantModule(item, cfgs, dir, text, want)
    else if (item.k === 'macro call') wantModulesInTokens(text, item.call.tokens, cfgs, dir, want)
    // a macro that a crate uses once, to be mounted twice: most likely called in the module that defines it
    else if (item.k === 'macro def') wantModulesInTokens(text, item.rules, cfgs, dir, want)
  }
}

/** `mod name;`, with a `#[path]` directly before it, among a macro call's tokens. */
const MOD_IN_TOKENS = /(?:#\[path\s*=\s*"([^"\\]*)"\]\s*(?:pub(?:\([^)]*\))?\s+)?)?\bmod\s+(\w+)\s*;/g

function wantModulesInTokens(
  text: string,
  { at, end }: Span,
  cfgs: readonly CrateCfg[],
  dir: ModuleDir,
  want: Want,
): void {
  const found = [...text.slice(at, end).matchAll(MOD_IN_TOKENS)]
  const inactive = found.length > 0 ? inactiveBranches(text, at, end, cfgs) : []
  for (const { index, 1: pathAttr, 2: name } of found) {
    if (name === undefined || inactive.some((branch) => branch.at <= at + index && at + index < branch.end)) continue
    wantFirst(moduleFiles(dir, name, pathAttr), want)
  }
}

function wantModule(item: ModItem, cfgs: readonly CrateCfg[], dir: ModuleDir, text: string, want: Want): void {
  const pathAttrs = new Set(
    cfgs
      .filter((cfg) => cfg.mayHold(item.cfg))
      .flatMap((cfg) => attrChoices(item.attrs, 'path', cfg).map(({ meta }) => meta?.value)),
  )
  for (const pathAttr of pathAttrs) {
    if (!item.items) {
      wantFirst(moduleFiles(dir, item.name, pathAttr), want)
      continue
    }
    const inner = inlineDir(dir, item.name, pathAttr)
    if (inner) wantModules(item.items, cfgs, inner, text, want)
  }
}

function wantFirst(files: ReturnType<typeof moduleFiles>, want: Want): void {
  for (const file of files) if (want(file.path, file.dir)) return
}

function cfgsOf(
  unit: Unit,
  units: readonly Unit[],
  packages: ReadonlyMap<PackageId, Package>,
  targets: readonly TargetPlatform[],
): readonly CrateCfg[] {
  const words = buildScriptWords(packages.get(unit.package), units)
  return targets.map((target) => crateCfg(cfgInputs(unit, words, target), target))
}
