/** Says of a reference that it was found, to whoever audits: names/visits.ts. */
import type { BodyReference } from './body-types.js'

/** Where several views have the same, each is in a text of its own when a macro made it. */
export function noteReference({ source, at, found, callee }: Omit<BodyReference, 'cfg'>): void {
  const what = callee.k === 'const' ? 'const' : found
  source.visits?.note(source, at, what, callee.k === 'unresolved' ? 'told' : 'led')
}
