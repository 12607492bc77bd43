/**
 * Which of std's impls reach the system by themselves: `Default` of `RandomState` asks for randomness, `ToSocketAddrs` of
 * `str` a name server. Types asks it of the impls that meet the bounds of a generic function.
 *
 * The list is data/std/system-impls.json, derived from std's own source by `npm run derive`. What the impls may do is not
 * said here: that is for the capability maps.
 */
import type { ImplDef, TraitDef } from '../names/index.js'
import { loadSystemImpls } from '../names/index.js'
import type { SystemImpls, TypeContext } from '../types/index.js'
import { implHeader } from '../types/index.js'
import { namePath, typePath } from './type-path.js'

let listed: { readonly impls: ReadonlySet<string>; readonly traits: ReadonlySet<string> } | undefined

function list() {
  if (!listed) {
    const impls = loadSystemImpls()
    listed = {
      impls: new Set(impls.map(([self, trait]) => `${self} as ${trait}`)),
      traits: new Set(impls.map(([, trait]) => trait)),
    }
  }
  return listed
}

/** For the types of one Program: its paths are those of std's facade (`preferFacade` comes first). */
export function systemImpls(): SystemImpls {
  const traits = new Map<TraitDef, boolean>()
  const impls = new Map<ImplDef, boolean>()
  return {
    hasTrait: (trait) => {
      let known = traits.get(trait)
      if (known === undefined) traits.set(trait, (known = !trait.crate.unit && list().traits.has(namePath(trait))))
      return known
    },
    has: (tcx, impl) => {
      let known = impls.get(impl)
      if (known === undefined) impls.set(impl, (known = !impl.crate.unit && list().impls.has(nameOf(tcx, impl))))
      return known
    },
  }
}

function nameOf(tcx: TypeContext, impl: ImplDef): string {
  const { self, trait } = implHeader(tcx, impl)
  return trait ? `${typePath(self).replace(/^&(mut )?/, '')} as ${namePath(trait.trait)}` : ''
}
