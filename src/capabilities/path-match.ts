/**
 * When two path keys mean the same thing: the one text under which a row is filed and a reference looked up.
 *
 * References in front of a self type fall away (`impl Read for &File` is File's own power), `<X>::f` is `X::f`, and
 * `<_ as Tr>::f` is `Tr::f`. Crates and modules that only re-export one another come from `alias` rows of the maps:
 * no path is spelled here.
 */
import { type PathKey, printSelfType, type SelfType } from './path-key.js'

/** Rewrites the longest known beginning of a path; built from the `alias` rows. */
export type ModuleAliases = ReadonlyMap<string, readonly string[]>

/** The texts under which a path may be filed, most specific first. */
export interface MatchTexts {
  /** The function itself. */
  readonly exact: string
  /** The trait's function for any type; absent when the path names no trait. */
  readonly anySelf?: string
  /** `X as Tr`: the impl it stands in. */
  readonly impl?: string
  /** The type, for an inherent function. */
  readonly type?: string
  /** The path whose beginnings are modules: the function's own or its self type's. */
  readonly module: readonly string[]
  /** The path names a trait: what it means is an impl's. */
  readonly ofTrait?: true
}

export function matchTexts(key: PathKey, aliases: ModuleAliases): MatchTexts {
  const name = key.segments.join('::')
  if (!key.self) {
    const path = unalias(key.segments, aliases)
    return { exact: path.join('::'), type: path.slice(0, -1).join('::'), module: path }
  }
  const self = withoutRefs(key.self, aliases)
  const type = printSelfType(self)
  const module = self.k === 'path' ? self.segments : []
  if (!key.trait) return { exact: `${type}::${name}`, type, module }
  const trait = unalias(key.trait, aliases)
  const anySelf = `${trait.join('::')}::${name}`
  if (self.k === 'any') return { exact: anySelf, module: trait, ofTrait: true }
  return {
    exact: `<${type} as ${trait.join('::')}>::${name}`,
    anySelf,
    impl: `${type} as ${trait.join('::')}`,
    module,
    ofTrait: true,
  }
}

function withoutRefs(type: SelfType, aliases: ModuleAliases): SelfType {
  if (type.k === 'ref') return withoutRefs(type.of, aliases)
  if (type.k === 'path') return { k: 'path', segments: unalias(type.segments, aliases) }
  if (type.k === 'tuple') return { k: 'tuple', of: type.of.map((part) => withoutRefs(part, aliases)) }
  return type
}

/** Aliases may lead to paths that have aliases again (`core::io::error` → `std::io::error` → `std::io`). */
function unalias(path: readonly string[], aliases: ModuleAliases): readonly string[] {
  let current = path
  for (let round = 0; round < MAX_ALIAS_ROUNDS; round++) {
    const next = unaliasOnce(current, aliases)
    if (next === current) break
    current = next
  }
  return current
}

function unaliasOnce(path: readonly string[], aliases: ModuleAliases): readonly string[] {
  for (let length = path.length; length > 0; length--) {
    const to = aliases.get(path.slice(0, length).join('::'))
    if (to) return [...to, ...path.slice(length)]
  }
  return path
}

/** A chain of re-exports longer than this is a mistake in a map: rewriting stops, it does not hang. */
const MAX_ALIAS_ROUNDS = 8
