/**
 * Chooses a version for every dependency as cargo's resolver does: the dependency with the fewest candidates first, the best
 * candidate first, one version for each semver-compatible range of a source, one package for each `links`, and back where
 * that leads nowhere. Features count as in cargo's lockfile: weak ones (`x?/y`) turn the dependency on, and platforms are
 * not asked. Where candidates come from is the caller's matter.
 */
import { ProjectError } from '../base/index.js'
import { refuseCircle } from './dependency-circle.js'
import { MAX_RESOLVE_STEPS } from './limits.js'
import { requiredBy } from './required-features.js'
import type { Candidate, ChosenVersions, Root, VersionQuestion, WantedPackage } from './version-question.js'

/** What tells the dependencies of one package apart, as far as it can matter which package they mean. */
export const wishOf = (wanted: Pick<WantedPackage, 'nameInToml' | 'packageName' | 'requirement'>): string =>
  JSON.stringify([wanted.nameInToml, wanted.packageName, wanted.requirement])

/** Throws ProjectError that names the dependency for which nothing fits, or when there is no end. */
export function chooseVersions(question: VersionQuestion): ChosenVersions {
  return new Resolution(question).run()
}

interface Sibling {
  readonly wanted: WantedPackage
  readonly candidates: readonly Candidate[]
  readonly features: ReadonlySet<string>
}
/** What is left to do for a package that was chosen. */
interface Frame {
  readonly parent: Candidate
  readonly siblings: readonly Sibling[]
  readonly next: number
  readonly time: number
}
interface Activation {
  readonly candidate: Candidate
  readonly age: number
}
/** Ids of a dependent and its dependency. */
interface Edge {
  readonly from: string
  readonly to: string
  readonly wanted: WantedPackage
}
interface State {
  readonly age: number
  readonly activations: ReadonlyMap<string, Activation>
  readonly features: ReadonlyMap<string, ReadonlySet<string>>
  readonly links: ReadonlyMap<string, Candidate>
  readonly edges: readonly Edge[]
}
interface Choice {
  readonly state: State
  readonly frames: readonly Frame[]
  readonly parent: Candidate
  readonly sibling: Sibling
  /** The place of the candidate to try next. */
  readonly next: number
  readonly conflicts: ReadonlySet<string>
}

const NO_STATE: State = { age: 0, activations: new Map(), features: new Map(), links: new Map(), edges: [] }

class Resolution {
  readonly #question: VersionQuestion
  readonly #known = new Map<string, readonly Candidate[]>()
  readonly #choices: Choice[] = []
  #state = NO_STATE
  #frames: readonly Frame[] = []
  #time = 0
  #steps = 0

  constructor(question: VersionQuestion) {
    this.#question = question
  }

  run(): ChosenVersions {
    for (const root of this.#question.roots) {
      const { name, version } = root.candidate
      const conflict = this.#activate(root.candidate, root)
      if (conflict !== undefined) throw unresolved(`The workspace's ${name} ${version}`, conflict)
    }
    for (let frame = this.#takeFrame(); frame; frame = this.#takeFrame()) {
      const sibling = frame.siblings[frame.next]
      if (sibling) this.#settle({ parent: frame.parent, sibling, next: 0, conflicts: new Set() })
    }
    return this.#result()
  }

  /** The frame with the fewest candidates for what is next, with that taken off. */
  #takeFrame(): Frame | undefined {
    const open = this.#frames.filter(({ siblings, next }) => next < siblings.length)
    const count = ({ siblings, next }: Frame): number => siblings[next]?.candidates.length ?? 0
    let least: Frame | undefined
    for (const frame of open) {
      if (!least || count(frame) < count(least) || (count(frame) === count(least) && frame.time < least.time))
        least = frame
    }
    this.#frames = open.map((frame) => (frame === least ? { ...frame, next: frame.next + 1 } : frame))
    return least
  }

  /** Chooses a candidate, going back to earlier choices where none can be. */
  #settle(start: Omit<Choice, 'state' | 'frames'>): void {
    let { parent, sibling, next } = start
    let conflicts = new Set<string>()
    let wentBack = false
    for (;;) {
      const [place, another] = this.#nextValid(sibling, next, conflicts)
      const candidate = sibling.candidates[place]
      if (!candidate) {
        const earlier = this.#goBack(parent, wentBack ? undefined : conflicts)
        if (!earlier) throw this.#failure(parent, sibling, conflicts)
        this.#state = earlier.state
        this.#frames = earlier.frames
        ;({ parent, sibling, next } = earlier)
        conflicts = new Set(earlier.conflicts)
        wentBack = true
        continue
      }
      if (++this.#steps > MAX_RESOLVE_STEPS) {
        throw unresolved(
          'Versions that fit together',
          `after ${MAX_RESOLVE_STEPS} steps none were found; the last was for ${wantedText(parent, sibling)}`,
        )
      }
      const before = { state: this.#state, frames: this.#frames }
      const conflict = this.#activate(candidate, { parent, sibling })
      next = place + 1
      if (conflict === undefined) {
        if (another) this.#choices.push({ ...before, parent, sibling, next, conflicts: new Set(conflicts) })
        return
      }
      conflicts.add(conflict)
      this.#state = before.state
      this.#frames = before.frames
    }
  }

  /** The place of the next candidate that nothing chosen excludes, and whether there is one behind it. */
  #nextValid(sibling: Sibling, start: number, conflicts: Set<string>): readonly [number, boolean] {
    let found = -1
    for (let place = start; place < sibling.candidates.length; place++) {
      const candidate = sibling.candidates[place]
      if (!candidate) break
      const { activations, links } = this.#state
      const same = activations.get(slotOf(candidate, candidate.source ?? candidate.id))?.candidate
      const linked = candidate.links === undefined ? undefined : links.get(candidate.links)
      const excluded = [same, linked].find((other) => other !== undefined && other.id !== candidate.id)
      if (excluded) conflicts.add(excluded.id)
      else if (found >= 0) return [found, true]
      else found = place
    }
    return found < 0 ? [sibling.candidates.length, false] : [found, false]
  }

  /** Undefined when it is chosen now, else the id of what excludes it. */
  #activate(chosen: Candidate, as: Root | { parent: Candidate; sibling: Sibling }): string | undefined {
    const state = this.#state
    const by = 'sibling' in as ? as : undefined
    const candidate = chosen.replacedBy ?? chosen
    const age = state.age + 1
    const edges = by ? [...state.edges, { from: by.parent.id, to: chosen.id, wanted: by.sibling.wanted }] : state.edges
    const activations = new Map(state.activations)
    const links = new Map(state.links)
    const slot = slotOf(chosen, chosen.source ?? chosen.id)
    let isNew = !activations.has(slot)
    if (isNew) {
      if (chosen.links !== undefined) {
        const other = links.get(chosen.links)
        if (other) return other.id
        links.set(chosen.links, chosen)
      }
      activations.set(slot, { candidate: chosen, age })
      // A patch stands for the version of the source that it patches too.
      const asked = by && slotOf(chosen, by.sibling.wanted.from)
      if (asked !== undefined && asked !== slot) {
        const other = activations.get(asked)
        if (other) return other.candidate.id
        activations.set(asked, { candidate: chosen, age })
      }
    }
    const ownSlot = slotOf(candidate, candidate.source ?? candidate.id)
    if (candidate !== chosen && !activations.has(ownSlot)) {
      isNew = true
      // As in cargo, what is replaced has the library already.
      if (candidate.links !== undefined && links.has(candidate.links))
        throw unresolved(`The [replace] of ${chosen.name} ${chosen.version}`, `both link ${candidate.links}`)
      activations.set(ownSlot, { candidate, age })
    }
    const known = state.features.get(candidate.id) ?? new Set<string>()
    const needed = 'sibling' in as ? requested(candidate, as.sibling) : as.features
    if (!isNew && by && needed.every((name) => known.has(name))) {
      this.#state = { ...state, age, activations, links, edges }
      return undefined
    }
    const required = requiredBy(candidate, needed, !by)
    if (!required) return by?.parent.id ?? `a feature of ${candidate.name}`
    const features = new Map(state.features).set(candidate.id, new Set([...known, ...required.features]))
    this.#state = { age, activations, links, edges, features }
    const siblings = required.dependencies
      .map(({ wanted, features: asked }) => ({
        wanted,
        features: asked,
        candidates: this.#candidates(wanted, candidate),
      }))
      .sort((a, b) => a.candidates.length - b.candidates.length)
    this.#frames = [...this.#frames, { parent: candidate, siblings, next: 0, time: this.#time++ }]
    return undefined
  }

  #candidates(wanted: WantedPackage, dependent: Candidate): readonly Candidate[] {
    const key = JSON.stringify([wanted.packageName, wanted.requirement, wanted.from, dependent.id])
    const found = this.#known.get(key) ?? this.#question.candidates(wanted, dependent)
    this.#known.set(key, found)
    return found
  }

  /**
   * The last choice that could change something: one older than the newest of what is in the way. Where the reasons are not
   * all known, the last.
   */
  #goBack(parent: Candidate, conflicts: ReadonlySet<string> | undefined): Choice | undefined {
    const ages = conflicts && [parent.id, ...conflicts].map((id) => this.#ageOf(id))
    if (!ages?.every((age) => age !== undefined)) return this.#choices.pop()
    const newest = Math.max(...ages)
    for (let choice = this.#choices.pop(); choice; choice = this.#choices.pop()) {
      if (choice.state.age < newest) return choice
    }
    return undefined
  }

  #ageOf(id: string): number | undefined {
    for (const { candidate, age } of this.#state.activations.values()) if (candidate.id === id) return age
    return undefined
  }

  #failure(parent: Candidate, sibling: Sibling, conflicts: ReadonlySet<string>): ProjectError {
    const { candidates, wanted } = sibling
    const why =
      candidates.length === 0
        ? `this machine has no ${wanted.packageName} that fits`
        : `none of ${candidates.map(({ version }) => version).join(', ')} can be chosen: ${[...conflicts].join(', ')} is in the way`
    return unresolved(wantedText(parent, sibling), why)
  }

  #result(): ChosenVersions {
    const packages = new Map([...this.#state.activations.values()].map(({ candidate }) => [candidate.id, candidate]))
    const { edges } = this.#state
    const replaced = [...packages.values()].flatMap(({ id, replacedBy }) =>
      replacedBy ? [{ from: id, to: replacedBy.id }] : [],
    )
    const built = targetsOf([...edges.filter(({ wanted }) => !wanted.dev), ...replaced])
    refuseCircle(built, (id) => {
      const { name = id, version = '' } = packages.get(id) ?? {}
      return `${name} ${version}`
    })
    return { packages: [...packages.values()], dependencies: targetsOf(edges), meant: wishesOf(edges) }
  }
}

function targetsOf(edges: readonly Pick<Edge, 'from' | 'to'>[]): ReadonlyMap<string, ReadonlySet<string>> {
  const targets = new Map<string, Set<string>>()
  for (const { from, to } of edges) targets.set(from, (targets.get(from) ?? new Set()).add(to))
  return targets
}

function wishesOf(edges: readonly Edge[]): ChosenVersions['meant'] {
  const meant = new Map<string, Map<string, string>>()
  for (const { from, to, wanted } of edges) meant.set(from, (meant.get(from) ?? new Map()).set(wishOf(wanted), to))
  return meant
}

/** Two versions of a source that may not stand beside each other have one slot. */
function slotOf({ name, version }: Candidate, source: string): string {
  const [, major = '0', minor = '0', patch = '0'] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []
  const range = major !== '0' ? major : minor !== '0' ? `0.${minor}` : `0.0.${patch}`
  return `${name} ${range} ${source}`
}

function requested(candidate: Candidate, { wanted, features }: Sibling): readonly string[] {
  const withDefault = wanted.defaultFeatures && candidate.features.has('default')
  return withDefault ? [...features, 'default'] : [...features]
}

function wantedText(parent: Candidate, { wanted }: Sibling): string {
  const { packageName, requirement = '*' } = wanted
  return `${packageName} ${requirement}, which ${parent.name} ${parent.version} depends on,`
}

function unresolved(what: string, why: string): ProjectError {
  return new ProjectError(
    `${what} cannot be resolved from what this machine has`,
    why,
    'Run without --offline, or run `cargo fetch` or `cargo generate-lockfile` first.',
  )
}
