/**
 * What link/drops.ts needs of a body: the types of the values that it owns. The types' own `Drop` impls are among those of
 * dispatch-records.ts.
 */
import type { Crate } from '../names/index.js'
import type { BodyTypes, OwnedValue } from '../types/index.js'
import { ownedTypes } from '../types/index.js'
import type { Site } from './crate-share.js'
import { addSite, type ShareBuilder } from './share-builder.js'
import { defKey } from './type-shape.js'

/** Notes what a body's values own. `crate` is the one whose impls its text may see. */
export function noteOwned(
  builder: ShareBuilder,
  crate: Crate,
  types: BodyTypes,
  placed: (value: OwnedValue) => Site,
): void {
  for (const value of types.owned) {
    const own = ownedTypes(builder.tcx, crate, value.ty)
    if (own.types.size === 0) continue
    const at = addSite(builder, placed(value))
    builder.open.owned.push({ at, types: [...own.types].map(defKey), ...(own.cut ? { cut: true } : {}) })
  }
}
