/**
 * Makes a lockfile without cargo, from what this machine has: with `--offline` cargo is never started. It is meant to be the
 * one that `cargo generate-lockfile --offline` would make; where that hangs on what is not known here, a note says so.
 */
import { compareText, ProjectError } from '../base/index.js'
import { canonicalUrl } from './cargo-hash.js'
import { gitCheckouts } from './cargo-home.js'
import type { ManifestDependency } from './dependency-tables.js'
import { readDirectoryTree } from './directory-tree.js'
import { commitOfReference } from './git-references.js'
import { gitManifests, treeOfCheckout } from './git-source.js'
import { type KeptVersions, type KnownPatch, keptVersions } from './kept-versions.js'
import { DEFAULT_REGISTRY_SOURCE } from './locked-source.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import {
  candidateOfManifest,
  inCargosOrder,
  lockKey,
  registryCandidates,
  registrySource,
  wantedOfManifest,
} from './offline-candidates.js'
import { DEFAULT_REGISTRY } from './package-source.js'
import { type PatchEntry, samePatch } from './patches.js'
import { replacementFor } from './replacements.js'
import { notOnePackage, unknownRegistry } from './resolve-errors.js'
import type { ResolvablePackage, ResolveRequest } from './resolve-request.js'
import { lockedIdentity } from './source-identity.js'
import { locationOf, replacementOf } from './source-replacement.js'
import type { SourcePlaces } from './sources.js'
import type { Candidate, ChosenVersions, Root, WantedPackage } from './version-question.js'
import { compareVersions, meetsRequirement } from './version-req.js'
import { chooseVersions } from './version-resolver.js'

export interface OfflineLockfile {
  readonly lockfile: Lockfile
  /** Why cargo may choose otherwise. */
  readonly notes: readonly string[]
  /** The entry that each dependency of a package means, by keys and `wishOf`: a lockfile only lists them. */
  readonly meant: ChosenVersions['meant']
}

/** Throws ProjectError that names the dependency for which this machine has nothing that fits. */
export function resolveOffline(request: ResolveRequest, places: SourcePlaces): OfflineLockfile {
  const registry = new OfflineRegistry(request, places)
  const chosen = chooseVersions({
    roots: registry.roots(),
    candidates: (wanted, by) => registry.candidates(wanted, by),
  })
  const { meant } = chosen
  return { lockfile: { version: 4, packages: lockedPackages(chosen) }, notes: registry.notes(), meant }
}

function lockedPackages({ packages, dependencies }: ChosenVersions): readonly LockedPackage[] {
  return packages
    .map(({ id, name, version, source, checksum, replacedBy }) => ({
      key: id,
      name,
      version,
      ...(source === undefined ? {} : { source }),
      ...(checksum === undefined ? {} : { checksum }),
      ...(replacedBy === undefined ? {} : { replace: replacedBy.id }),
      dependencies: replacedBy === undefined ? [...(dependencies.get(id) ?? [])].sort() : [],
    }))
    .sort((a, b) => compareText(a.key, b.key))
}

/** What keys of packages that stand in by `paths` have for a source: a member may have the same name and version. */
export const OVERRIDING = 'paths'

class OfflineRegistry {
  /** Packages of a path, members and others. */
  readonly #own: readonly Candidate[]
  readonly #request: ResolveRequest
  readonly #places: SourcePlaces
  readonly #patches: readonly KnownPatch[]
  readonly #kept: KeptVersions
  readonly #keptOfPatches: KeptVersions
  readonly #ids: readonly string[]
  readonly #rustVersions: readonly string[] | undefined
  #hangsOnCompiler = false

  constructor(request: ResolveRequest, places: SourcePlaces) {
    this.#request = request
    this.#places = places
    this.#ids = request.packages.map(({ manifest }, place) => {
      const isOverride = request.overriding?.overrides.includes(place) === true
      return lockKey(manifest.name, manifest.version, isOverride ? OVERRIDING : undefined)
    })
    this.#own = request.packages.map((one, place) => this.#ownCandidate(one, this.#ids[place] ?? ''))
    this.#patches = this.#knownPatches()
    const { previous, overriding } = request
    const kept = { own: this.#own, members: this.#members(), patches: this.#patches }
    this.#kept = keptVersions({ ...kept, previous })
    this.#keptOfPatches = overriding ? keptVersions({ ...kept, previous: overriding.ofPatches }) : this.#kept
    this.#rustVersions = rustVersionsOf(request)
  }

  #members(): readonly Candidate[] {
    return this.#own.filter((_, place) => this.#request.packages[place]?.isMember)
  }

  /** Where the choosing starts: at all members with all their features, unless something else is asked. */
  roots(): readonly Root[] {
    const asked = this.#request.overriding?.features
    if (!asked) return this.#members().map((candidate) => ({ candidate, features: [...candidate.features.keys()] }))
    return this.#own.flatMap((candidate, place) => {
      const features = asked.get(place)
      return features ? [{ candidate, features }] : []
    })
  }

  notes(): readonly string[] {
    return this.#hangsOnCompiler
      ? [
          'versions were chosen without asking which compiler there is; cargo prefers versions that it can compile, and may choose older ones',
        ]
      : []
  }

  /** Those that fit, as cargo orders them: of the older lockfile, for the compiler, the newest. */
  candidates(wanted: WantedPackage, dependent: Candidate): readonly Candidate[] {
    const { found, patches } = this.#found(wanted, dependent)
    return this.#overriding(wanted, found, patches) ?? found.map((one) => this.#withReplacement(one))
  }

  /** What `paths` puts in the place of all that would do; cargo only does it where there is no choice. */
  #overriding(
    { packageName }: WantedPackage,
    found: readonly Candidate[],
    patches: readonly Candidate[],
  ): readonly Candidate[] | undefined {
    const overrides = (this.#request.overriding?.overrides ?? []).flatMap((place) => this.#own[place] ?? [])
    const override = overrides.find(({ name }) => name === packageName)
    if (!override || (found.length <= 1 && patches.length === 0)) return override && [override]
    const why =
      patches.length > 0
        ? 'a [patch] would do too, and what is meant is not locked'
        : 'there are several versions that could be meant, none of which is locked'
    throw new ProjectError(
      `\`paths\` of the configuration puts a package in the place of ${packageName}`,
      `${why}: cargo refuses it too`,
      'Use [patch] instead.',
    )
  }

  /** Throws ProjectError when `[replace]` has nothing for it, as cargo does even where it would not be chosen. */
  #withReplacement(candidate: Candidate): Candidate {
    const { replacements, patchMember } = this.#request
    const replacement = replacementFor(replacements, candidate)
    if (!replacement) return candidate
    const { dependency, spec } = replacement
    const place = patchMember(replacement)
    const own = typeof place === 'number' ? this.#own[place] : undefined
    const from = dependency.git ? this.#sourceOf(dependency) : undefined
    const found = own ? [own] : from === undefined ? [] : this.#inSource(wantedOfManifest(dependency, from))
    const [standIn] = found.filter(({ name, version }) => name === candidate.name && version === candidate.version)
    if (standIn) return { ...candidate, replacedBy: standIn }
    throw new ProjectError(
      `[replace] of ${spec} in Cargo.toml finds no package`,
      `${dependency.path ?? dependency.git?.url ?? ''} has no ${candidate.name} ${candidate.version}`,
      'Correct it in Cargo.toml; [patch] is what cargo offers for other versions.',
    )
  }

  /** What would do; and what patches bring of it, where it is not locked to one of them. */
  #found(
    wanted: WantedPackage,
    dependent: Candidate,
  ): { readonly found: readonly Candidate[]; readonly patches: readonly Candidate[] } {
    const fits = ({ name, version }: Candidate): boolean =>
      name === wanted.packageName && (wanted.requirement === undefined || meetsRequirement(version, wanted.requirement))
    const own = this.#own.filter(({ id }) => id === wanted.from)
    if (own.length > 0) return { found: own.filter(fits), patches: [] }
    const url = lockedIdentity(wanted.from)?.url
    const patches = this.#patches.flatMap((patch) => (patch.of === url ? patch.brings : [])).filter(fits)
    const kept = (this.#isOfPatch(dependent) ? this.#keptOfPatches : this.#kept).keptFor(wanted, dependent)
    if (!kept) return { found: this.#withPatches(wanted, patches, fits), patches }
    const isKept = ({ version }: Candidate): boolean => version === kept.version
    const exact = patches.filter(isKept)
    if (exact.length === 1) return { found: exact, patches: [] }
    return { found: this.#withPatches({ ...wanted, requirement: `=${kept.version}` }, exact, isKept), patches: exact }
  }

  #withPatches(
    wanted: WantedPackage,
    patches: readonly Candidate[],
    fits: (one: Candidate) => boolean,
  ): readonly Candidate[] {
    const patched = new Set(patches.map(({ version }) => version))
    const found = this.#inSource(wanted).filter((one) => fits(one) && !patched.has(one.version))
    return this.#sorted([...patches, ...found])
  }

  #ownCandidate({ manifest, withDev, memberOf }: ResolvablePackage, id: string): Candidate {
    const { name, version, links, features } = manifest
    // What is missing is never looked for by its name elsewhere.
    const dependencies = manifest.dependencies.filter(
      (one) => (withDev || one.kind !== 'dev') && memberOf(one) !== 'missing',
    )
    return {
      id,
      name,
      version,
      ...(links === undefined ? {} : { links }),
      features,
      dependencies: inCargosOrder(dependencies).map((one) => {
        const place = memberOf(one)
        const own = typeof place === 'number' ? this.#ids[place] : undefined
        return wantedOfManifest(one, own ?? this.#sourceOf(one))
      }),
    }
  }

  /** Where a dependency that is no member is asked for. */
  #sourceOf({ git, registryIndex, registry, nameInToml }: ManifestDependency): string {
    if (!git) {
      const index = registry === undefined ? DEFAULT_REGISTRY_SOURCE : this.#indexOf(registry)
      if (index === undefined) throw unknownRegistry(nameInToml, registry ?? '')
      return registrySource(registryIndex ?? index)
    }
    const { url, ...reference } = git
    const [pair] = Object.entries(reference)
    return `git+${url}${pair ? `?${pair[0]}=${encodeURIComponent(pair[1])}` : ''}`
  }

  #inSource(wanted: WantedPackage): readonly Candidate[] {
    if (wanted.from.startsWith('git+')) return this.#inGit(wanted.packageName, wanted.from)
    return registryCandidates(wanted, (one) => this.#kept?.has(one) === true, this.#places)
  }

  #indexOf(registry: string): string | undefined {
    if (registry === DEFAULT_REGISTRY) return DEFAULT_REGISTRY_SOURCE
    return this.#places.configuration.registries.get(registry)?.index
  }

  /** What `[patch]` puts into sources, used or not. Throws ProjectError where it is not one package. */
  #knownPatches(): readonly KnownPatch[] {
    const { patches, patchMember } = this.#request
    const known = new Map<string, PatchEntry>()
    return patches.flatMap((patch): readonly KnownPatch[] => {
      const { of, dependency } = patch
      const { packageName, requirement } = dependency
      const place = patchMember(patch)
      if (place === 'missing') return []
      const own = typeof place === 'number' ? this.#own[place] : undefined
      const from = own?.id ?? this.#sourceOf(dependency)
      const fits = ({ name, version }: Candidate): boolean =>
        name === packageName && (requirement === undefined || meetsRequirement(version, requirement))
      const brings = (own ? [own] : this.#inSource(wantedOfManifest(dependency, from))).filter(fits)
      const [first] = brings
      if (!first || brings.length !== 1) throw notOnePackage(patch, brings)
      const key = `${of} ${packageName} ${first.version}`
      const other = known.get(key)
      if (other) throw samePatch(patch, other, first.version)
      known.set(key, patch)
      return [{ of, packageName, from, brings, ...(requirement === undefined ? {} : { requirement }) }]
    })
  }

  #inGit(name: string, source: string): readonly Candidate[] {
    const places = this.#places
    const named = locationOf(source)
    if (named.k !== 'git') return []
    const replaced = replacementOf(named, places.configuration)
    if (replaced) {
      throw new ProjectError(
        `The git repository ${named.url} cannot be resolved without a lockfile`,
        `${replaced.at.file}:${replaced.at.line} replaces it, and which commit is meant is in no lockfile`,
        'Make the lockfile without the replacement; cargo refuses it too.',
      )
    }
    const revision = named.revision ?? this.#revisionOf(named.url, named.reference)
    const [checkout] = revision === undefined ? [] : gitCheckouts(places.cargoHome, named.url, revision)
    if (revision === undefined || checkout === undefined) {
      throw new ProjectError(
        `The git repository ${named.url} is not on this machine`,
        revision === undefined
          ? `cargo's directory has no clone of it that knows ${named.reference ?? 'its default branch'}`
          : `cargo's directory has no checkout of ${revision}`,
        'Run without --offline, or fetch it first with `cargo fetch`.',
      )
    }
    const locked = `${source.replace(/#.*$/, '')}#${revision}`
    const tree = treeOfCheckout(readDirectoryTree(checkout).tree, checkout)
    const found = gitManifests(tree, name, named.url, [])
    return found.slice(0, 1).map(({ raw, workspace, directory }) =>
      candidateOfManifest(raw, workspace, {
        source: locked,
        where: `Cargo.toml in ${directory} of ${named.url}`,
        fromOf: (dependency) => (dependency.path === undefined ? this.#sourceOf(dependency) : locked),
      }),
    )
  }

  /** As the older lockfile has it, else as cargo's clone has it. */
  #revisionOf(url: string, reference: string | undefined): string | undefined {
    for (const { source } of this.#request.previous?.packages ?? []) {
      const known = locationOf(source)
      if (known.k !== 'git' || known.reference !== reference) continue
      if (canonicalUrl(known.url) === canonicalUrl(url)) return known.revision
    }
    return commitOfReference(this.#places.cargoHome, url, reference)
  }

  #isOfPatch({ id }: Candidate): boolean {
    return this.#patches.some(({ brings }) => brings.some((one) => one.id === id))
  }

  #sorted(found: readonly Candidate[]): readonly Candidate[] {
    const rustVersions = this.#rustVersions
    if (rustVersions?.length === 0 && found.length > 1 && found.some(({ rustVersion }) => rustVersion !== undefined))
      this.#hangsOnCompiler = true
    const fitting = ({ rustVersion }: Candidate): number =>
      (rustVersions ?? []).filter((newest) => rustVersion === undefined || isAtMost(rustVersion, newest)).length
    const preferred = (one: Candidate): number => (this.#kept.has(one) || this.#isOfPatch(one) ? 1 : 0)
    return [...found].sort(
      (a, b) => preferred(b) - preferred(a) || fitting(b) - fitting(a) || compareVersions(b.version, a.version),
    )
  }
}

/** Where cargo prefers versions for old compilers: the `rust-version` of members; where none has one cargo asks rustc. */
function rustVersionsOf({ packages, resolver, configuration }: ResolveRequest): readonly string[] | undefined {
  const { incompatibleRustVersions = resolver === 3 ? 'fallback' : 'allow' } = configuration
  if (incompatibleRustVersions === 'allow') return undefined
  return packages.flatMap(({ manifest, isMember }) => (isMember ? (manifest.rustVersion ?? []) : []))
}

/** By the numbers that are there: `1.56` is `1.56.0`. */
function isAtMost(version: string, newest: string): boolean {
  const numbers = (text: string): readonly number[] => text.split(/[.+-]/).slice(0, 3).map(Number)
  const other = numbers(newest)
  for (const [place, part] of numbers(version).entries())
    if (part !== (other[place] ?? 0)) return part < (other[place] ?? 0)
  return true
}
