/**
 * Two states of a workspace, made of a seed: members of which each differs in one thing between the states, or in none. Every
 * member is a list of places that each have a power, under a condition, with a text.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generator } from './target-crates.js'

const CONDITIONS = ['debug_assertions', 'not(debug_assertions)', 'panic = "abort"', 'target_feature = "avx2"']
const TEXTS = ['a', 'b', 'c', 'd']
const POWERS: readonly ((text: string) => string)[] = [
  (text) => `std::fs::read(${text})`,
  (text) => `std::fs::remove_file(${text})`,
  (text) => `std::process::Command::new(${text}).status()`,
  (text) => `std::net::TcpStream::connect(${text})`,
  (text) => `std::env::var(${text})`,
]
/** Functions of a dependency that the states have alike; those of a number have one power. */
const WAYS: readonly ((text: string) => string)[] = ['run_a', 'run_b', 'run_c', 'read_a', 'read_b', 'read_c'].map(
  (name) => (text) => `dep::${name}(${text})`,
)
const DEPENDENCY = WAYS.map((way, i) => {
  const name = way('').replace(/^dep::|\(\)$/g, '')
  return `pub fn ${name}(x: &str) { let _ = ${i < 3 ? 'std::process::Command::new(x).status()' : 'std::fs::read(x)'}; }`
}).join('\n')

interface Place {
  readonly power: (text: string) => string
  readonly text: string
  /** The text stands in a constant. */
  readonly isConst: boolean
  readonly cfg: string | undefined
  readonly stage: 'run' | 'build'
}

export const EDITS = ['none', 'one more', 'one less', 'text', 'condition', 'callee', 'way', 'stage', 'moved'] as const
export type Edit = (typeof EDITS)[number]
export interface Member {
  readonly name: string
  readonly edit: Edit
}

type Pick = <T>(list: readonly T[], but?: T) => T

/** Writes both states into directories of their own. */
export function writeStates(seed: number, count: number, before: string, after: string): readonly Member[] {
  const random = generator(seed)
  const pick: Pick = (list, but) => {
    const rest = list.filter((one) => one !== but)
    return rest[Math.floor(random() * rest.length)] as (typeof list)[number]
  }
  const members = Array.from({ length: count }, (_, i) => ({
    name: `member-${i}`,
    edit: EDITS[i % EDITS.length] as Edit,
  }))
  for (const directory of [before, after]) {
    const list = ['dep', ...members.map(({ name }) => name)]
    write(directory, 'Cargo.toml', `[workspace]\nresolver = "2"\nmembers = ${JSON.stringify(list)}\n`)
    write(directory, 'dep/Cargo.toml', manifest('dep'))
    write(directory, 'dep/src/lib.rs', DEPENDENCY)
    const locked = members.map(
      ({ name }) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\ndependencies = ["dep"]\n`,
    )
    write(
      directory,
      'Cargo.lock',
      `version = 4\n\n[[package]]\nname = "dep"\nversion = "1.0.0"\n\n${locked.join('\n')}`,
    )
  }
  for (const { name, edit } of members) {
    const places = Array.from({ length: 3 + Math.floor(random() * 5) }, () => placeOf(pick))
    writeMember(before, name, places)
    writeMember(after, name, edited(places, edit, pick))
  }
  return members
}

function placeOf(pick: Pick): Place {
  const stage = pick(['run', 'run', 'run', 'build'] as const)
  return {
    power: pick(stage === 'run' ? [...POWERS, ...WAYS] : POWERS),
    text: pick(TEXTS),
    isConst: pick([true, false]),
    cfg: pick([undefined, undefined, ...CONDITIONS]),
    stage,
  }
}

function edited(places: readonly Place[], edit: Edit, pick: Pick): readonly Place[] {
  const of = places.filter(({ power, stage }) =>
    edit === 'way'
      ? WAYS.includes(power)
      : edit === 'callee' || edit === 'stage'
        ? POWERS.includes(power) && stage === 'run'
        : true,
  )
  const place = pick(of)
  if (!place) return edited([...places], 'one more', pick)
  const instead = (changed: Partial<Place>) => places.map((one) => (one === place ? { ...one, ...changed } : one))
  switch (edit) {
    case 'none':
      return places
    case 'moved':
      return [...places].reverse()
    case 'one more':
      return [...places, placeOf(pick)]
    case 'one less':
      return places.filter((one) => one !== place)
    case 'text':
      return instead({ text: pick(TEXTS, place.text) })
    case 'condition':
      return instead({ cfg: pick([undefined, ...CONDITIONS], place.cfg) })
    case 'callee':
      return instead({ power: pick(POWERS, place.power) })
    case 'way':
      return instead({ power: pick(WAYS, place.power) })
    case 'stage':
      return instead({ stage: 'build' })
  }
}

function writeMember(directory: string, name: string, places: readonly Place[]): void {
  const code = (stage: Place['stage']): string =>
    places
      .filter((place) => place.stage === stage)
      .map(({ power, text, isConst, cfg }, i) => {
        const literal = JSON.stringify(`/${text}:80`)
        const call = `let _ = ${power(isConst ? `T${i}` : literal)};`
        const head = isConst ? `const T${i}: &str = ${literal}; ` : ''
        return `pub fn f${i}() { ${head}${cfg === undefined ? '' : `#[cfg(${cfg})] `}{ ${call} } }`
      })
      .join('\n')
  write(
    directory,
    `${name}/Cargo.toml`,
    `${manifest(name)}build = "build.rs"\n[dependencies]\ndep = { path = "../dep" }\n`,
  )
  write(directory, `${name}/src/lib.rs`, code('run'))
  const calls = places.filter(({ stage }) => stage === 'build').map((_, i) => `f${i}();`)
  write(directory, `${name}/build.rs`, `${code('build')}\nfn main() { ${calls.join(' ')} }`)
}

const manifest = (name: string): string => `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n`

function write(directory: string, file: string, text: string): void {
  mkdirSync(dirname(join(directory, file)), { recursive: true })
  writeFileSync(join(directory, file), text)
}
