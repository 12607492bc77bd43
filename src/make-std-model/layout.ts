/**
 * From the module trees and what of them is kept to what the std model holds: one `FileFacts` for each crate, whose
 * modules are all inline, and one text for each crate, which holds nothing but its macros.
 */

import type { TextPiece } from '../names/index.js'
import type { FileFacts, Item, ModItem, Span } from '../syntax/index.js'
import { isPublicMember } from './signature.js'
import type { MacroTexts, PlacedText, StdEntry, StdModule, StdTree } from './tree.js'

/** One crate of the model, ready to be packed. */
export interface LaidOutCrate {
  readonly name: string
  readonly edition: number
  readonly text: string
  readonly pieces: readonly TextPiece[]
  readonly facts: FileFacts
}

interface Layout {
  readonly kept: ReadonlySet<StdEntry>
  readonly macroTexts: MacroTexts
  text: string
  readonly pieces: TextPiece[]
}

/** The crate's facts with only the kept entries in it, in source order. */
export function layOut(tree: StdTree, kept: ReadonlySet<StdEntry>, macroTexts: MacroTexts): LaidOutCrate {
  const layout: Layout = { kept, macroTexts, text: '', pieces: [] }
  const items = moduleItems(tree.root, layout)
  // The one body: `SOME_BODY` is its index.
  const facts: FileFacts = { items, attrs: tree.root.attrs, bodies: [{ k: 'error', at: 0, end: 0 }], errors: [] }
  return { name: tree.name, edition: tree.edition, text: layout.text, pieces: layout.pieces, facts }
}

function moduleItems(module: StdModule, layout: Layout): Item[] {
  return module.entries.flatMap((entry): Item[] => {
    if (entry.kind === 'module') return inlineModule(entry, layout)
    if (entry.kind === 'item' && entry.item.k === 'extern crate')
      return isKnownCrate(entry.item.name, module) ? [entry.item] : []
    if (!layout.kept.has(entry)) return []
    return [entry.kind === 'use' ? entry.item : finished(entry.item, layout)]
  })
}

/** std is built with crates that its users cannot name and that are not in the model. */
function isKnownCrate(name: string, module: StdModule): boolean {
  return name === 'self' || module.tree().externs.includes(name)
}

function inlineModule(module: StdModule, layout: Layout): ModItem[] {
  const items = moduleItems(module, layout)
  if (items.length === 0 && module.vis.k !== 'public' && !layout.kept.has(module)) return []
  const cfg = module.cfg.k === 'true' ? {} : { cfg: module.cfg }
  const { name, vis, attrs } = module
  return [{ k: 'mod', at: 0, end: 0, name, nameAt: 0, vis, attrs, ...cfg, innerAttrs: [], items }]
}

function finished(item: Item, layout: Layout): Item {
  if (item.k === 'impl' && !item.trait) return { ...item, items: item.items.filter(isPublicMember) }
  if (item.k !== 'macro def') return item
  const text = layout.macroTexts.get(item)
  if (!text) throw new Error(`no text of macro ${item.name}`)
  const params = text.params === undefined ? {} : { params: place(text.params, layout) }
  return { ...item, ...params, rules: place(text.rules, layout) }
}

function place({ text, place: { file, line, column } }: PlacedText, layout: Layout): Span {
  const at = layout.text.length
  layout.pieces.push({ start: at, file, line, column })
  layout.text += `${text}\n`
  return { at, end: at + text.length }
}
