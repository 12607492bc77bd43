/** Where a reader of a package finds what a body's text says: in the package itself, whatever macro wrote it. */
import { type Place, placeOf, type Source } from '../names/index.js'

/** The place in the package's own text: where another package's macro wrote the name, the call of that macro. */
export function placesOf(
  source: Source,
  at: number,
  pkg: string,
): { readonly place: Place; readonly writtenAt?: Place } {
  const own = placeOf(source, at)
  if (own.package === pkg) return { place: own }
  for (let from = source; from.origin.k === 'expansion'; from = from.origin.callSource) {
    const call = placeOf(from.origin.callSource, from.origin.callAt)
    if (call.package === pkg) return { place: call, writtenAt: own }
  }
  return { place: own }
}
