/** One mutant: a power, a way to it and a place, chosen by its seed; and many of them put into the files of one crate. */
import { randomOf } from '../cargo-oracle/random.js'
import { type Host, ITEM_HOSTS, STATEMENT_HOSTS } from './hosts.js'
import type { Place } from './places.js'
import { POWERS, type Power } from './powers.js'
import type { Way } from './way.js'
import { WAYS } from './ways.js'

export interface Mutant {
  readonly seed: number
  readonly file: string
  readonly place: Place
  readonly host: Host | undefined
  readonly power: Power
  readonly way: Way
}
/** Lines of a mutated crate, from 1, that a mutant brought. */
export interface Lines {
  readonly file: string
  readonly from: number
  readonly to: number
}
export interface Mutated {
  readonly files: ReadonlyMap<string, string>
  /** Where the mutant stands: its own text only. */
  readonly placed: ReadonlyMap<Mutant, Lines>
  /** The module that its way needs. */
  readonly modules: ReadonlyMap<Mutant, Lines>
}
export interface FilePlaces {
  readonly file: string
  readonly places: readonly Place[]
}

/** The mutant of a seed in a crate; undefined where the crate has no place. */
export function mutantOf(seed: number, crate: readonly FilePlaces[]): Mutant | undefined {
  const random = randomOf(`mutant ${seed}`)
  const all = crate.flatMap(({ file, places }) => places.map((place) => ({ file, place })))
  const ofKind = random.maybe([...new Set(all.map(({ place }) => place.name))].sort())
  // Kinds of places are equally likely half of the time: the rare ones are where nobody looks.
  const found = random.maybe(random.chance(0.5) ? all.filter(({ place }) => place.name === ofKind) : all)
  if (found === undefined) return undefined
  const { file, place } = found
  const hosts = place.kind === 'item' ? ITEM_HOSTS : place.kind === 'statement' ? STATEMENT_HOSTS : []
  const host = random.maybe(hosts.filter(({ needsConstant }) => needsConstant || !place.constant))
  const constant = place.constant || host?.needsConstant === true
  const power = random.pick(POWERS.filter((candidate) => candidate.constant || !constant))
  const direct = constant || place.kind === 'attribute' || random.chance(0.3)
  return { seed, file, place, host, power, way: direct ? (WAYS[0] as Way) : random.pick(WAYS) }
}

interface Edit {
  readonly at: number
  /** Before what stands at the same offset, smaller first. */
  readonly order: number
  readonly text: string
  /** The mutant's lines begin so many lines into the text. */
  readonly lines?: { readonly mutant: Mutant }
}

/** The mutant's own text: one line. `probe` is put in the place of the power, to see whether the compiler looks there. */
export function callOf(mutant: Mutant, probe?: string): string {
  const at = `crate::caps_m${mutant.seed}`
  const value = probe ?? mutant.way.code(at, mutant.power.code(`m${mutant.seed}`))
  const call = `let _ = ${value};`
  return mutant.host ? mutant.host.code(call, mutant.seed) : call
}

function editsOf(mutant: Mutant, probe?: string): Edit[] {
  const { place } = mutant
  const call = callOf(mutant, probe)
  const at = place.start
  const lines = { mutant }
  const line = (text: string): Edit => ({ at, order: 0, text: `\n${text}\n`, lines })
  if (place.kind === 'wrap') {
    const size = place.end - place.start
    return [
      { at, order: 2 - 1 / (2 + size), text: `\n({ ${call}\n`, lines },
      { at: place.end, order: -1 + size / (size + 1) / 2, text: '\n})\n' },
    ]
  }
  if (place.kind === 'guard') return [line(`if ({ ${call} true })`)]
  if (place.kind === 'arm') return [line(`_ if ({ ${call} false }) => unreachable!(),`)]
  if (place.kind === 'predicate') return [line(`[u8; { ${call} 1 }]: Sized,`)]
  return [line(call)]
}

/** All of the mutants in one crate. `root` is the file that gets their modules. */
export function mutate(
  files: ReadonlyMap<string, string>,
  root: string,
  mutants: readonly Mutant[],
  probes: ReadonlyMap<Mutant, string> = new Map(),
): Mutated {
  const placed = new Map<Mutant, Lines>()
  const modules = new Map<Mutant, Lines>()
  const result = new Map<string, string>()
  for (const [file, text] of files) {
    const own = mutants.filter((mutant) => mutant.file === file)
    const edits = own.flatMap((mutant) => editsOf(mutant, probes.get(mutant)))
    edits.sort((a, b) => a.at - b.at || a.order - b.order)
    let out = ''
    let line = 1
    let from = 0
    const append = (more: string): void => {
      out += more
      for (const char of more) if (char === '\n') line++
    }
    for (const edit of edits) {
      append(text.slice(from, edit.at))
      from = edit.at
      if (edit.lines) placed.set(edit.lines.mutant, { file, from: line + 1, to: line + 1 })
      append(edit.text)
    }
    append(text.slice(from))
    if (file === root) {
      for (const mutant of mutants) {
        const items = mutant.way.items?.(`crate::caps_m${mutant.seed}`, mutant.power.code(`m${mutant.seed}`))
        if (items === undefined || probes.has(mutant)) continue
        modules.set(mutant, { file, from: line + 1, to: line + 1 })
        append(`\n#[allow(warnings)] pub mod caps_m${mutant.seed} { ${items} }`)
      }
    }
    result.set(file, out)
  }
  return { files: result, placed, modules }
}

/** What a reader needs to see a mutant: its file, place and text. */
export function described(mutant: Mutant): string {
  const host = mutant.host ? ` in ${mutant.host.name}` : ''
  return `${mutant.place.name}${host}: ${mutant.power.name} by ${mutant.way.name}`
}
