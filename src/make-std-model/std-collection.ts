/** What reading a crate of std needs, and what comes of it. */
import type { CfgExpr } from '../base/index.js'
import type { Source } from '../names/index.js'
import type { MacroCall, MacroDefItem, Span, TypeRef } from '../syntax/index.js'
import type { FoldCfg } from './cfg.js'
import type { MemberKind } from './context.js'
import type { MacroText, StdTree } from './tree.js'

/** A macro definition as found, with the text it stands in. */
export interface StdMacro {
  readonly item: MacroDefItem
  readonly source: Source
  readonly crate: string
  readonly cfg: CfgExpr
}
export type ExpansionKind = 'items' | 'type' | MemberKind
/** What stands where a macro call stood: the items of its source, or the type. */
export interface Expansion {
  readonly source: Source
  readonly ty?: TypeRef
}

/** What the collector asks of the world. */
export interface StdReader {
  readonly fold: FoldCfg
  /** The parsed file; undefined when there is none. */
  readonly read: (path: string) => Source | undefined
  /** The expansion, parsed as what stands there, or why there is none. */
  readonly expand: (macro: StdMacro, call: MacroCall, source: Source, as: ExpansionKind) => Expansion | string
  /** Parses text cut out of a source, which keeps its places there. */
  readonly cut: (source: Source, span: Span, as: ExpansionKind) => Expansion | string
  /** The name of the crate that `$crate` at this place is. */
  readonly crateOf: (source: Source, at: number) => string
  readonly lose: (kind: string, what: string, source: Source, at: number) => void
}

export interface StdCollection {
  readonly tree: StdTree
  readonly macroTexts: Map<MacroDefItem, MacroText>
  /** Macros by name, for the crates behind this one. */
  readonly macros: ReadonlyMap<string, readonly StdMacro[]>
}
