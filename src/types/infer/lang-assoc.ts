/** Associated types of the traits that syntax uses (`?`, `for`, `.await`), found through their lang items. */
import type { AliasDef, TraitDef } from '../../names/index.js'
import type { TypeContext } from '../context.js'

/**
 * The trait that is, or that declares, the lang item, with its associated type of that name: `IntoIterator` has no lang
 * name of its own, but its `into_iter` has.
 */
export function langAssoc(
  tcx: TypeContext,
  lang: string,
  assoc: string,
): { readonly trait: TraitDef; readonly assoc: AliasDef } | undefined {
  const def = tcx.lang.get(lang)
  const trait =
    def?.kind === 'trait' ? def : def?.kind === 'fn' && def.container?.kind === 'trait' ? def.container : undefined
  const found = trait?.items.find((item) => item.kind === 'alias' && item.name === assoc)
  return trait && found?.kind === 'alias' ? { trait, assoc: found } : undefined
}
