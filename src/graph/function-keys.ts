/**
 * By what a function of the program is known in a share, in every crate and for every target (definitions are not the
 * same objects for two targets). The key is made here and nowhere else, and holds all that tells two functions apart:
 * what it leaves out, the later of two loses without a trace.
 */
import type { ConstDef, FnDef, StaticDef } from '../names/index.js'
import { definitionPath, rootOf, type Source } from '../names/index.js'
import type { TypeContext } from '../types/index.js'
import type { FunctionKey } from './crate-share.js'
import { fnPath } from './type-path.js'

/** A definition that has a body or initialiser. */
export type FunctionDef = FnDef | ConstDef | StaticDef

/**
 * The place of a text: where it was written, and for what a macro made also where in the expansion it stands and where
 * each of the calls does that made it. One macro's text makes a function for each of its calls, for each call of a macro
 * around it, and for each round of a repetition.
 */
function placeKey(source: Source, at: number): string {
  const keys = [rootKey(source, at)]
  for (let [from, offset] = [source, at]; from.origin.k === 'expansion'; ) {
    keys.push(`${offset}`, rootKey(from.origin.callSource, from.origin.callAt))
    ;[from, offset] = [from.origin.callSource, from.origin.callAt]
  }
  return keys.join('|')
}

function rootKey(source: Source, at: number): string {
  const { source: root, at: offset } = rootOf(source, at)
  return root.origin.k === 'file' ? `${root.origin.package}|${root.origin.path}|${offset}` : ''
}

/** A function, initialiser or closure of a unit. `path` tells apart what a derive makes of one place. */
export function keyAt(unit: string, source: Source, at: number, path: string, kind: string): FunctionKey {
  return `${unit}|${placeKey(source, at)}|${path}|${kind}` as FunctionKey
}

const keys = new WeakMap<FunctionDef, FunctionKey>()

/** The key of a definition; nothing for std's. `path` is what `pathOfDef` says, where that is known already. */
export function functionKey(tcx: TypeContext, def: FunctionDef, path?: string): FunctionKey | undefined {
  const { unit } = def.crate
  if (!unit) return undefined
  let key = keys.get(def)
  if (key === undefined) {
    const { source, ast } = writtenAs(def)
    keys.set(def, (key = keyAt(unit.id, source, ast.at, path ?? pathOfDef(tcx, def), kindOf(def))))
  }
  return key
}

/** What was written in a definition's place: a derived function has the text of its trait, but stands where the derive does. */
export const writtenAs = (def: FunctionDef) =>
  def.kind === 'fn' && def.madeBody && def.container ? def.container : def

export const kindOf = (def: FunctionDef): 'fn' | 'foreign fn' | 'const' | 'static' =>
  def.kind !== 'fn' ? def.kind : def.foreign ? 'foreign fn' : 'fn'

/** The path of a definition as its own crate says it. */
export const pathOfDef = (tcx: TypeContext, def: FunctionDef): string =>
  def.kind === 'fn' || (def.kind === 'const' && def.container) ? fnPath(tcx, def, def.crate) : definitionPath(def)
