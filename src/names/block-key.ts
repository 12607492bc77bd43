/** How the module of a block, or the expansion of a macro statement in it, is found again. */
import type { OwnModule } from './crate-state.js'
import type { Source } from './source.js'

/** The block whose first item begins there. One file may be part of several modules, so the module counts too. */
export function blockKey(outermost: OwnModule, source: Source, at: number): string {
  return `${outermost.id} ${source.id} ${at}`
}
