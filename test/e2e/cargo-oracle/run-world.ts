/** One world from its seed to its differences: made, prepared by cargo, changed, and asked about in each way. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadOptions, Workspace } from '../../../src/project/index.js'
import { baseWorld } from './base.js'
import { Cargo, type CargoAnswer, TARGET } from './cargo.js'
import { compare, type Difference } from './compare.js'
import { DEPENDENCY_MECHANISMS } from './dependency-mechanisms.js'
import type { Mechanism } from './mechanism.js'
import { type Mutated, mutate } from './mutations.js'
import { PLACE_MECHANISMS } from './place-mechanisms.js'
import { randomOf } from './random.js'
import { SABOTAGES } from './sabotage.js'
import { SOURCE_MECHANISMS } from './source-mechanisms.js'
import { declareFeatures, TARGET_MECHANISMS } from './target-mechanisms.js'
import { WORKSPACE_MECHANISMS } from './workspace-mechanisms.js'
import type { Asked, World } from './world.js'
import { WorldOnDisk } from './write-world.js'

/** What is under test, of dist/project. */
export interface Caps {
  readonly loadWorkspace: (spec: string, options: LoadOptions) => Promise<Workspace>
  readonly defaultRegistry: string
}
export interface Place {
  /** Where worlds are made. */
  readonly directory: string
  /** Where the real cargo is. */
  readonly cargo: string
  readonly keep: boolean
}
export interface Outcome {
  readonly seed: number
  readonly mechanisms: readonly string[]
  readonly mutation: string
  readonly asked: Asked
  /** What cargo said: `fits`, `resolved anew`, `refused`. */
  readonly cargo: string
  /** Why cargo made no lockfile even before the change; such worlds hold refusals against each other. */
  readonly unprepared?: string
  readonly differences: readonly Difference[]
  /** Where the two differ in a way that is allowed: which one, for counting. */
  readonly allowed: readonly string[]
  /** Answers that were spoilt on purpose, and whether that was seen. */
  readonly spoilt: readonly { readonly how: string; readonly seen: boolean }[]
}

const MECHANISMS: readonly Mechanism[] = [
  ...DEPENDENCY_MECHANISMS,
  ...PLACE_MECHANISMS,
  ...TARGET_MECHANISMS,
  ...WORKSPACE_MECHANISMS,
  ...SOURCE_MECHANISMS,
]

/** The world of a seed without some of its mechanisms. */
export function makeWorld(seed: number, off: ReadonlySet<string>): World {
  const world = baseWorld(seed)
  for (const mechanism of MECHANISMS) {
    if (mechanism.name === 'programs and examples') declareFeatures(world)
    const random = randomOf(`${seed} ${mechanism.name}`)
    if (!random.chance(mechanism.probability) || off.has(mechanism.name)) continue
    if (mechanism.apply(world, random) !== false) world.mechanisms.push(mechanism.name)
  }
  return world
}

export async function runWorld(seed: number, off: ReadonlySet<string>, caps: Caps, place: Place): Promise<Outcome> {
  const directory = join(place.directory, `w${seed}`)
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(join(directory, 'home'), { recursive: true })
  try {
    return await runIn(directory, seed, off, caps, place)
  } finally {
    if (!place.keep) rmSync(directory, { recursive: true, force: true })
  }
}

async function runIn(
  directory: string,
  seed: number,
  off: ReadonlySet<string>,
  caps: Caps,
  place: Place,
): Promise<Outcome> {
  const world = makeWorld(seed, off)
  const disk = new WorldOnDisk(directory)
  disk.write(world)
  const root = join(directory, world.root)
  const cargo = new Cargo(place.cargo, root, join(directory, 'home'), join(place.directory, 'target'))
  const unprepared = cargo.prepare()
  const isPrepared = unprepared === undefined && cargo.isStable()
  const mutated = mutate(world, randomOf(`${seed} mutation`), off)
  disk.write(world)
  process.env['CARGO_HOME'] = join(directory, 'home')
  const lockfile = join(root, 'Cargo.lock')
  const locked = await askCaps(caps, root, world, true)
  const unlocked = await askCaps(caps, root, world, false)
  if (place.keep && existsSync(lockfile)) copyFileSync(lockfile, `${lockfile}.before`)
  const setsCfgs = JSON.stringify(world.configs).includes('--cfg')
  const lockedBefore = textOf(lockfile)
  const cargoLocked = cargo.ask(world.asked, true, setsCfgs)
  const cargoUnlocked = cargoLocked.k === 'accepted' ? cargoLocked : cargo.ask(world.asked, false, setsCfgs)
  const changed = changedPackages(lockedBefore, textOf(lockfile))
  const concerned = { ...mutated, concerns: mutated.concerns.length === 0 ? [] : [...mutated.concerns, ...changed] }
  const addresses = { repository: join(directory, 'repo'), defaultRegistry: caps.defaultRegistry }
  const allowed: string[] = []
  const hold = (how: string, theirs: CargoAnswer, ours: CapsAnswer): Difference[] =>
    holdAgainst(theirs, ours, concerned, { locked: how === 'locked', isPrepared, allowed }, (workspace, accepted) =>
      compare(workspace, accepted, addresses),
    ).map(({ kind, text }) => ({ kind: `${how}: ${kind}`, text }))
  return {
    seed,
    mechanisms: world.mechanisms,
    mutation: mutated.name,
    asked: world.asked,
    cargo: cargoLocked.k === 'accepted' ? 'fits' : cargoUnlocked.k === 'accepted' ? 'resolved anew' : 'refused',
    ...(unprepared === undefined ? {} : { unprepared: shortened(unprepared) }),
    differences: [...hold('locked', cargoLocked, locked), ...hold('offline', cargoUnlocked, unlocked)],
    allowed: [...new Set(allowed)],
    spoilt: Object.entries(SABOTAGES).flatMap(([how, spoil]) => {
      // Where caps goes on and says so, the two are not held against each other.
      const isCompared = cargoUnlocked.k === 'accepted' || unlocked.k === 'refused'
      const answer = isCompared ? spoil(unlocked) : undefined
      return answer ? [{ how, seen: hold('offline', cargoUnlocked, answer).length > 0 }] : []
    }),
  }
}

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** What cargo itself changes of a lockfile is concerned too: a message may name what nothing needs any more. */
function changedPackages(before: string, after: string): string[] {
  const blocksOf = (text: string): ReadonlySet<string> =>
    new Set(
      text
        .split(/^(?=\[\[package)/m)
        .slice(1)
        .map((one) => one.trim()),
    )
  const [old, made] = [blocksOf(before), blocksOf(after)]
  const differing = [...[...old].filter((one) => !made.has(one)), ...[...made].filter((one) => !old.has(one))]
  return differing.flatMap((one) => /^name = "(.*)"$/m.exec(one)?.[1] ?? [])
}

export type CapsAnswer =
  | { readonly k: 'accepted'; readonly workspace: Workspace }
  | { readonly k: 'refused'; readonly message: string }
  | { readonly k: 'crashed'; readonly message: string }

async function askCaps({ loadWorkspace }: Caps, root: string, world: World, locked: boolean): Promise<CapsAnswer> {
  try {
    return {
      k: 'accepted',
      workspace: await loadWorkspace(root, { ...world.asked, locked, offline: true, target: [TARGET] }),
    }
  } catch (thrown) {
    const { name, message, stack, fix } = thrown as Error & { fix?: string }
    return name === 'ProjectError'
      ? { k: 'refused', message: `${message} ${fix}` }
      : { k: 'crashed', message: stack ?? String(thrown) }
  }
}

/**
 * What a newer cargo may take, and whoever lets a file go missing finds out when compiling: caps reads on and says so. What
 * cargo says, and what must stand in the diagnostics or losses then, with the end of the path that cargo names.
 */
const TOLD: readonly (readonly [RegExp, RegExp])[] = [
  [/`edition` key[\s\S]* is unknown/, /edition \S+ is not known/],
  [/`resolver` setting[\s\S]* is not valid/, /resolver \S+ is not known/],
  [/^no file to compile: (\S+) of /, /has no file (\S+)$/],
  [/can't find \w+ `[^`]+` at path `([^`]+)`/, /has no file (\S+)$/],
]

/**
 * Where caps ends and cargo need not: at a vendored file that is not what is listed, though nothing that is built needs it,
 * at a commit of which cargo has no checkout yet, since caps makes none, and at a package that a feature of the command line
 * turns on in a dependency: cargo compiles what it chooses at that moment and writes it in no lockfile, even with --locked.
 */
const REFUSED = [
  /is to be compiled with its optional dependency \S+, of which Cargo\.lock knows nothing/,
  /in the vendor directory is not what its \.cargo-checksum\.json says/,
  /has no checkout of [0-9a-f]{40}/,
]

function holdAgainst(
  theirs: CargoAnswer,
  ours: CapsAnswer,
  { concerns }: Mutated,
  {
    locked,
    isPrepared,
    allowed,
  }: { readonly locked: boolean; readonly isPrepared: boolean; readonly allowed: string[] },
  compareAnswers: (workspace: Workspace, accepted: Extract<CargoAnswer, { k: 'accepted' }>) => Difference[],
): Difference[] {
  if (ours.k === 'crashed') return [{ kind: 'caps crashed', text: ours.message }]
  if (theirs.k === 'refused') {
    const said = shortened(theirs.message)
    if (ours.k === 'accepted') {
      const { diagnostics, losses: lost = [] } = ours.workspace
      const losses = [...diagnostics.map(({ message }) => message), ...lost.map(({ what }) => what)]
      const told = toldOf(theirs.message, losses)
      if (told) {
        allowed.push(`cargo refuses, caps tells: ${told}`)
        return []
      }
      return [{ kind: 'cargo refuses, caps accepts', text: `${said} (diagnostics: ${losses.join('; ')})` }]
    }
    const isMisfit = locked && isPrepared && said.includes('cannot update the lock file')
    const named = concerns.length === 0 || !isMisfit || concerns.some((name) => ours.message.includes(name))
    return named
      ? []
      : [{ kind: 'message names none concerned', text: `${ours.message} (of ${concerns.join(', ')}; cargo: ${said})` }]
  }
  const own = ours.k === 'refused' ? REFUSED.find((told) => told.test(ours.message)) : undefined
  if (own) {
    allowed.push(`cargo accepts, caps refuses: ${own.source}`)
    return []
  }
  if (ours.k === 'refused') return [{ kind: 'cargo accepts, caps refuses', text: ours.message.slice(0, 600) }]
  return compareAnswers(ours.workspace, theirs)
}

/** What caps says where cargo ends. */
function toldOf(said: string, losses: readonly string[]): string | undefined {
  const found = TOLD.find(([theirs, told]) => {
    const refusal = theirs.exec(said)
    return (
      refusal !== null &&
      losses.some((loss) => told.test(loss) && (refusal[1] ?? '').endsWith(told.exec(loss)?.[1] ?? ''))
    )
  })
  return found?.[1].source
}

/** cargo's message in one line, without what it says on the way. */
function shortened(message: string): string {
  const lines = message
    .split('\n')
    .filter((line) => !/^\s+(?:Updating|Locking|Adding|Downloading|Downloaded)/.test(line))
  return lines.join(' ').replaceAll(/\s+/g, ' ').trim().slice(0, 700)
}
