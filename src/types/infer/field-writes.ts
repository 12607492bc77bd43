/** Writes to fields of the program's types: see `member` of body-values.ts. */
import type { AdtDef, VariantDef } from '../../names/index.js'
import type { BodyValue } from '../body-values.js'
import type { BodyContext } from './body-context.js'

/** Fields of std's types are not followed. */
export function writeField(cx: BodyContext, of: AdtDef | VariantDef, name: string, value: BodyValue | undefined): void {
  if (of.crate.unit) cx.fieldWrites.push({ of, name, value })
}
