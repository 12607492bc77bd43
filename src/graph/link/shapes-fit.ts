/** Comparison of types as type-shape.ts writes them: `*` stands for anything that is not known, so it errs towards "fits". */

import { checked } from '../../base/index.js'

/** Whether two shapes may be of one type: they are equal up to the first thing that is not known. */
export function shapesFit(a: string, b: string): boolean {
  const i = a.indexOf('*')
  const j = b.indexOf('*')
  if (i < 0 && j < 0) return a === b
  const known = Math.min(i < 0 ? a.length : i, j < 0 ? b.length : j)
  return a.slice(0, known) === b.slice(0, known)
}

export function listsFit(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((shape, i) => shapesFit(shape, checked(b[i])))
}
