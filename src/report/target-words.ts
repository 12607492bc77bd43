/**
 * Targets in the words of people: `Windows`, `Linux, macOS`, `all but WASI`. Systems are named where all the looked-at targets of
 * one are meant; a target that stands for a part of its system is named by what the condition asks for (`Linux (musl)`), else by its triple.
 */
import { escapeText } from './escape.js'

/** The part of a triple that tells the system, and what it is called. */
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/-windows(?:-|$)/, 'Windows'],
  [/-android/, 'Android'],
  [/-linux(?:-|$)/, 'Linux'],
  [/-apple-(?:darwin|macosx)/, 'macOS'],
  [/-apple-ios/, 'iOS'],
  [/-apple-tvos/, 'tvOS'],
  [/-apple-watchos/, 'watchOS'],
  [/-apple-visionos/, 'visionOS'],
  [/-freebsd$/, 'FreeBSD'],
  [/-netbsd/, 'NetBSD'],
  [/-openbsd$/, 'OpenBSD'],
  [/-dragonfly$/, 'DragonFly BSD'],
  [/-illumos$/, 'illumos'],
  [/-solaris$/, 'Solaris'],
  [/-fuchsia$/, 'Fuchsia'],
  [/-wasi/, 'WASI'],
  [/-emscripten$/, 'Emscripten'],
  [/^wasm(?:32|64)\w*-unknown-unknown$/, 'WebAssembly'],
]

const systemOf = (triple: string): string => SYSTEMS.find(([part]) => part.test(triple))?.[1] ?? escapeText(triple)

/** What a condition asks for of a triple: its first part, its last one; both or neither: undefined. */
export type TriplePart = 'arch' | 'env' | undefined

/** Some of the targets that were looked at, `all` in their order; empty where they are all of them. `by` tells some of a system from others. */
export function targetWords(some: readonly string[], all: readonly string[], by?: TriplePart): string {
  const chosen = new Set(some)
  const left = all.filter((triple) => !chosen.has(triple))
  if (left.length === 0) return ''
  const words = wordsOf(some, left, by)
  const others = wordsOf(left, some, by)
  return others.length < words.length ? `all but ${others.join(', ')}` : words.join(', ')
}

function wordsOf(these: readonly string[], others: readonly string[], by: TriplePart): readonly string[] {
  const split = new Set(others.map(systemOf))
  const partial = new Set(others.map((triple) => partialName(triple, by)))
  const words = these.map((triple) => {
    if (!split.has(systemOf(triple))) return systemOf(triple)
    const name = partialName(triple, by)
    return name === undefined || partial.has(name) ? escapeText(triple) : name
  })
  return [...new Set(words)]
}

/** `Linux (musl)`. */
function partialName(triple: string, by: TriplePart): string | undefined {
  const part = by === undefined ? undefined : triple.split('-').at(by === 'arch' ? 0 : -1)
  return part === undefined ? undefined : `${systemOf(triple)} (${escapeText(part)})`
}
