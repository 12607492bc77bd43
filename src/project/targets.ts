/**
 * The targets that rustc knows and the options each sets, from data/targets.json (made by scripts/make-targets.mjs). The
 * options are those of cargo's dev profile: debug assertions on, panics unwind.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { nearestWord, ProjectError } from '../base/index.js'
import { type PlatformPredicate, platformHolds } from './platform-cfg.js'
import type { TargetPlatform } from './target-platform.js'

/**
 * The targets looked at when none is asked for. Together they set every value of `target_family`, `target_env` and
 * `target_os` that most platform code tells apart: Linux with each C library, Windows with both toolchains, Apple,
 * Android, a BSD, wasm in a browser and in WASI.
 */
const STAND_FOR_ALL: readonly string[] = [
  'x86_64-unknown-linux-gnu',
  'aarch64-unknown-linux-musl',
  'x86_64-pc-windows-msvc',
  'x86_64-pc-windows-gnu',
  'aarch64-apple-darwin',
  'aarch64-linux-android',
  'x86_64-unknown-freebsd',
  'wasm32-unknown-unknown',
  'wasm32-wasip1',
]

const dataSchema = z.object({ options: z.array(z.string()), targets: z.record(z.string(), z.array(z.number().int())) })

let known: ReadonlyMap<string, TargetPlatform> | undefined

/** Every target that rustc knows, by triple. */
export function knownTargets(): ReadonlyMap<string, TargetPlatform> {
  known ??= readTargets()
  return known
}

/** The targets of the triples, in their order; without triples the few that stand for all. Throws ProjectError. */
export function selectTargets(triples: readonly string[] | undefined): readonly TargetPlatform[] {
  const asked = triples !== undefined && triples.length > 0 ? [...new Set(triples)] : STAND_FOR_ALL
  return asked.map((triple) => {
    const found = knownTargets().get(triple)
    if (found) return found
    const near = meantTarget(triple)
    throw new ProjectError(
      `There is no target ${triple}`,
      'it is not among those that `rustc --print target-list` names',
      near === undefined ? 'Name one of them.' : `Did you mean ${near}?`,
    )
  })
}

/** What others call an architecture or a system. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['amd64', 'x86_64'],
  ['x64', 'x86_64'],
  ['arm64', 'aarch64'],
  ['macos', 'darwin'],
  ['osx', 'darwin'],
  ['win32', 'windows'],
  ['wasm', 'wasm32'],
])

/**
 * The target that was probably meant by a word that names none: one with all its parts in their order (`x86_64-linux`), of
 * several one that stands for others; or else the one with the fewest differing letters.
 */
export function meantTarget(word: string): string | undefined {
  const parts = word
    .toLowerCase()
    .split(/[-.\s]+/)
    .map((part) => OTHER_NAMES.get(part) ?? part)
  const all = [...STAND_FOR_ALL, ...knownTargets().keys()]
  return all.find((triple) => hasParts(triple.split('-'), parts)) ?? nearestWord(word, all)
}

function hasParts(triple: readonly string[], parts: readonly string[]): boolean {
  let at = -1
  return parts.every((part) => {
    at = triple.indexOf(part, at + 1)
    return at >= 0
  })
}

/**
 * Whether a dependency for `predicate` may be compiled when looking at `targets`; with `wide`, when it may be for any
 * target that rustc knows. `cfg(any())` and options that only a user sets (`cfg(loom)`) hold for none.
 */
export function mayBeCompiled(
  predicate: PlatformPredicate,
  targets: readonly TargetPlatform[],
  wide: boolean,
): boolean {
  if (targets.some((target) => platformHolds(predicate, target))) return true
  return wide && [...knownTargets().values()].some((target) => platformHolds(predicate, target))
}

/**
 * The targets among `targets` that can build for themselves, having an operating system's family: build scripts and proc
 * macros run there. Empty when none does (wasm, bare metal): then the building machine may be any.
 */
export function hostTargets(targets: readonly TargetPlatform[]): readonly TargetPlatform[] {
  return targets.filter((target) => target.cfg.some(({ name }) => name === 'unix' || name === 'windows'))
}

function readTargets(): ReadonlyMap<string, TargetPlatform> {
  // Both src/project and dist/project stand two directories below the package's root.
  const data = dataSchema.parse(JSON.parse(readFileSync(new URL('../../data/targets.json', import.meta.url), 'utf8')))
  const options = data.options.map((text) => {
    const [, name = text, value] = /^([^=]+)="(.*)"$/.exec(text) ?? []
    return value === undefined ? { name } : { name, value }
  })
  return new Map(
    Object.entries(data.targets).map(([triple, indices]) => [
      triple,
      { triple, cfg: indices.map((index) => options[index] ?? { name: '' }) },
    ]),
  )
}
