/**
 * Everything of std's crates that a map row can name, spelled as the graph spells it: a row under another spelling would
 * meet no reference. Private functions are in it as well, because macros refer to them. It knows no path of std.
 */
import { type ModuleAliases, matchTexts, parsePathKey } from '../capabilities/index.js'
import { fnPath, namePath, preferFacade, systemImpls, traitFnPath } from '../graph/index.js'
import type { Def, ImplDef, Program } from '../names/index.js'
import { definitionPath } from '../names/index.js'
import { implHeader, newTypeContext, type TypeContext } from '../types/index.js'

/** The match texts (path-match.ts) of all that there is, by the kind of row that can name it. */
export interface StdNames {
  /** `std::fs::read`, `<std::fs::File as std::io::Read>::read`; `std::io::Read::read` for a type that is left open. */
  readonly functions: ReadonlySet<string>
  /** `std::fs::File as std::io::Read`. */
  readonly impls: ReadonlySet<string>
  /** Types that have functions of their own. */
  readonly types: ReadonlySet<string>
  /** Modules and types, and the modules around them. */
  readonly modules: ReadonlySet<string>
}
type OpenNames = { readonly [K in keyof StdNames]: Set<string> }

/** The names in all crates of all the Programs together: one Program has only what its target has. */
export function stdNames(programs: Iterable<Program>, aliases: ModuleAliases): StdNames {
  const names: OpenNames = { functions: new Set(), impls: new Set(), types: new Set(), modules: new Set() }
  for (const program of programs) {
    preferFacade(program.core, program.alloc, program.std)
    const tcx = newTypeContext(program, systemImpls())
    for (const crate of program.crates) {
      for (const def of crate.defs) for (const path of functionPaths(tcx, def)) add(names, path, aliases)
    }
  }
  return names
}

/** The paths of all functions that a definition is or holds; of a trait's provided functions for every impl, too. */
function functionPaths(tcx: TypeContext, def: Def): readonly string[] {
  switch (def.kind) {
    case 'fn':
      // A method stands beside its impl, too.
      return def.container ? [] : [fnPath(tcx, def, def.crate), definitionPath(def), namePath(def)]
    case 'trait':
      return def.items.flatMap((item) => (item.kind === 'fn' ? [fnPath(tcx, item, def.crate)] : []))
    case 'impl':
      return implPaths(tcx, def)
    default:
      return []
  }
}

function implPaths(tcx: TypeContext, def: ImplDef): readonly string[] {
  const own = def.items.flatMap((item) => (item.kind === 'fn' ? [fnPath(tcx, item, def.crate)] : []))
  const { self, trait } = implHeader(tcx, def)
  const provided = trait?.trait.items ?? []
  return [
    ...own,
    ...provided.flatMap((item) => (item.kind === 'fn' && trait ? [traitFnPath(item, trait.trait, self)] : [])),
  ]
}

function add(names: OpenNames, path: string, aliases: ModuleAliases): void {
  const key = parsePathKey(path)
  if (!key) return
  const { exact, anySelf, impl, type, module } = matchTexts(key, aliases)
  names.functions.add(exact)
  if (anySelf !== undefined) names.functions.add(anySelf)
  if (impl !== undefined) names.impls.add(impl)
  if (type !== undefined) names.types.add(type)
  for (let length = module.length; length > 0; length--) names.modules.add(module.slice(0, length).join('::'))
}
