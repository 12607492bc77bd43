/**
 * How machine spellings of the result read to a person: function paths, places, sizes. Everything that comes out
 * is escaped. Nothing is looked up: a spelling that is not understood stays as it is.
 */
import { checked } from '../base/index.js'
import { escapeText } from './escape.js'
import type { Step } from './result.js'

/**
 * `walkdir::dent::DirEntry::metadata` as `DirEntry::metadata`; `<a::T as b::Tr>::f` as `T::f`; `a::run` as `run`. A trait of another
 * crate on a type of std's, or of the language, stays: std has no such function.
 */
function shortFunction(path: string): string {
  const segments = topLevelSegments(path)
  const last = checked(segments[segments.length - 1])
  const before = segments[segments.length - 2]
  if (before === undefined) return path
  const qualified = QUALIFIED.exec(before)
  if (qualified) {
    const [, type = '', trait = ''] = qualified
    return ownTrait(path) === ''
      ? `${lastSegment(type)}::${last}`
      : `<${lastSegment(type)} as ${lastSegment(trait)}>::${last}`
  }
  if (last.startsWith('{')) return `${shortFunction(segments.slice(0, -1).join('::'))}::${last}`
  return /^\p{Lu}/u.test(before) ? `${before}::${last}` : last
}

const QUALIFIED = /^<(.+?)(?: as (.+))?>$/
const STD = /^(?:std|core|alloc)?$/

/** The trait of a function of an impl that belongs to the trait's crate and not to the type's; empty for any other. */
function ownTrait(path: string): string {
  const [, trait = ''] = /^<.+? as (.+)>::[^>]*$/.exec(path) ?? []
  return STD.test(crateOf(path)) && !STD.test(crateOf(trait)) ? trait : ''
}

/** `std::process::Command` as `std::…::Command`: what is left out is marked. */
function withGap(path: string): string {
  const segments = topLevelSegments(path)
  return segments.length > 2 ? `${segments[0]}::…::${segments.at(-1)}` : path
}

/** The short name with its crate, as where a path enters it; where something was left out between them, that is marked. */
function withCrate(path: string, short: string): string {
  const crate = crateOf(path)
  const trait = ownTrait(path)
  if (trait !== '') return short.replace(/ as .+>::/, () => ` as ${withGap(trait)}>::`)
  if (crate === '' || short.startsWith(`${crate}::`)) return short
  const type = QUALIFIED.exec(topLevelSegments(path)[0] ?? '')?.[1]
  const isWhole = type === undefined ? path === `${crate}::${short}` : topLevelSegments(type).length === 2
  return `${crate}::${isWhole ? '' : '…::'}${short}`
}

/** Split at `::`, but not inside of `<…>`. */
export function topLevelSegments(path: string): string[] {
  const segments: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < path.length; i++) {
    const char = path[i]
    if (char === '<') depth++
    else if (char === '>' && path[i - 1] !== '-') depth--
    else if (char === ':' && path[i + 1] === ':' && depth === 0) {
      segments.push(path.slice(start, i))
      start = i + 2
      i++
    }
  }
  segments.push(path.slice(start))
  return segments
}

const lastSegment = (path: string): string => topLevelSegments(path).at(-1) ?? path

/** The steps of a path for one line: short names, with their crate where it changes; the last one in full too. */
export function pathNames(path: readonly Step[]): { readonly steps: readonly string[]; readonly last: string } {
  const steps = path.map((step, index) => {
    const short = attributeText(step.function) ?? shortFunction(step.function)
    const isEntered = index === 0 || homeOf(step.function) !== homeOf(checked(path[index - 1]).function)
    return escapeText(isEntered ? withCrate(step.function, short) : short)
  })
  const last = path.at(-1)?.function ?? ''
  return { steps, last: escapeText(attributeText(last) ?? last) }
}

/** Attributes that are `= "text"`; any other has a list. */
const VALUED: ReadonlySet<string> = new Set(['export_name', 'link_section', 'linkage'])

/** `attribute: link = name = "z"` as it is written, `#[link(name = "z")]`; undefined for what is no attribute. */
function attributeText(text: string): string | undefined {
  const [, name, detail] = /^attribute: ([\w:]+)(?: = (.*))?$/s.exec(text) ?? []
  if (name === undefined) return undefined
  if (detail === undefined) return `#[${name}]`
  return VALUED.has(name) ? `#[${name} = ${JSON.stringify(detail)}]` : `#[${name}(${detail})]`
}

/** The crate that a function is of: of a trait on a type of std's, the trait's. */
export const homeOf = (path: string): string => crateOf(ownTrait(path) || path)

/** Empty for what is no path: `unsafe call: zeroed`. */
const crateOf = (path: string): string => /^<*&?(?:mut |dyn )*([\w#]+)::/.exec(path)?.[1] ?? ''

/** `grep-cli 0.1.12  src/process.rs:94:21`. */
export function placeText(place: Omit<Step, 'function'>): string {
  return `${packageText(place.package)}  ${fileText(place)}`
}

/** `src/process.rs:94:21`; what is 0 is not known and left out. */
export function fileText(place: Omit<Step, 'function' | 'package'>): string {
  const line = place.line > 0 ? `:${place.line}${place.column > 0 ? `:${place.column}` : ''}` : ''
  return escapeText(place.file) + line
}

/** `name@version` as `name version`. */
export function packageText(id: string): string {
  return escapeText(id.replace(/@(?=\d)/, ' '))
}

/** The package's name alone. */
export function nameText(id: string): string {
  return escapeText(id.replace(/@\d.*$/, ''))
}

/** `6.1 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** `1 package`, `34 packages`, `2 proc macros`. */
export function plural(count: number, noun: string): string {
  const many = /[^aeiou]y$/.test(noun) ? noun.replace(/y$/, 'ies') : `${noun}s`
  return `${count} ${count === 1 ? noun : many}`
}
