/** What tests of this room share: a fixture's crate dumped, and paths resolved by name. */
import { type Crate, type Def, definitionPath, dumpModules, type Module, type Program } from '../../src/names/index.js'
import { programOf } from '../support/fixture.js'

export { programOf }

export function crateOf(program: Program, name = 'app'): Crate {
  const crate = program.crates.find((each) => each.name === name && each.unit)
  if (!crate) throw new Error(`no crate ${name}`)
  return crate
}

/** The app crate's modules. */
export async function dumpOf(text: string, name = 'app'): Promise<string> {
  return dumpModules(crateOf(await programOf(text), name))
}

/** The definition that a `crate::`-less path of modules leads to. */
export function find(crate: Crate, path: string, ns: 'types' | 'values' | 'macros' = 'types'): Def | undefined {
  const names = path.split('::')
  let at: Module = crate.root
  for (const name of names.slice(0, -1)) {
    const next = at.scope.types.get(name)?.def
    if (next?.kind !== 'module') return undefined
    at = next
  }
  return at.scope[ns].get(names[names.length - 1] as string)?.def
}

/** `kind path` of what a name is bound to. */
export function bound(crate: Crate, path: string, ns: 'types' | 'values' | 'macros' = 'types'): string | undefined {
  const def = find(crate, path, ns)
  return def && `${def.kind} ${definitionPath(def)}`
}

/** Losses as `kind: what`. */
export function lossesOf(program: Program): readonly string[] {
  return program.losses.filter((loss) => loss.crate.unit).map((loss) => `${loss.kind}: ${loss.what}`)
}
