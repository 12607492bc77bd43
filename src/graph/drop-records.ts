/**
 * What link/drops.ts needs of a body: the types of the values that it owns. The types' own `Drop` impls are among those of
 * dispatch-records.ts.
 */
import { cfgAnd } from '../base/index.js'
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
    for (const { value: own, cfg } of ownedTypes(builder.tcx, crate, value.ty)) {
      const under = cfgAnd(value.cfg, cfg)
      if (own.types.size === 0 || under.k === 'false') continue
      const at = addSite(builder, placed({ ...value, cfg: under }))
      builder.open.owned.push({ at, types: [...own.types].map(defKey), ...(own.cut ? { cut: true } : {}) })
    }
  }
}
