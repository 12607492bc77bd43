/** Powers that attributes give a function, static or module, whatever it calls: read from syntax alone. */

import { type CfgExpr, cfgAnd } from '../base/index.js'
import type { Source } from '../names/index.js'
import type { Attr } from '../syntax/index.js'
import type { SyntacticFact } from './call-graph.js'
import { placesOf } from './places.js'

/** Attributes that change what the linker or the runtime does with an item (The Rust Reference, "Attributes"). */
const LINKER_ATTRIBUTES: ReadonlySet<string> = new Set([
  'no_mangle',
  'export_name',
  'link_section',
  'global_allocator',
  'panic_handler',
  'alloc_error_handler',
  'used',
  'linkage',
  'link',
  'naked',
  'ctor',
  'dtor',
  'ctor::ctor',
  'ctor::dtor',
])

/** The facts of an item's attributes; `pkg` is the package that the item is part of. */
export function attributeFacts(attrs: readonly Attr[], source: Source, cfg: CfgExpr, pkg: string): SyntacticFact[] {
  const facts: SyntacticFact[] = []
  for (const attr of attrs) {
    const { path, value, tokens } = attr.meta
    if (!LINKER_ATTRIBUTES.has(path)) continue
    const { place } = placesOf(source, attr.at, pkg)
    source.visits?.note(source, attr.meta.at, 'fact', 'led')
    const detail = value ?? (tokens ? source.text.slice(tokens.at, Math.min(tokens.end, tokens.at + 80)) : undefined)
    facts.push({
      kind: 'attribute',
      // How it is laid out is no part of what it says.
      what: detail === undefined ? path : `${path} = ${detail.replace(/\s+/g, ' ').trim()}`,
      file: place.file,
      line: place.line,
      column: place.column,
      cfg: cfgAnd(cfg, attr.cfg),
    })
  }
  return facts
}
