/**
 * The module trees of std's crates with the alternatives of all platforms side by side, before anything is left out.
 *
 * One name may stand for many entries here, each under its own cfg; nothing is evaluated for a target.
 */

import type { CfgExpr } from '../base/index.js'
import type { Place } from '../names/index.js'
import type { Attr, Item, MacroDefItem, ModItem, UseItem, Visibility } from '../syntax/index.js'

export interface StdTree {
  readonly name: string
  readonly edition: number
  /** Names of the crates that its code can name. */
  readonly externs: readonly string[]
  readonly root: StdModule
}
export interface StdModule {
  readonly kind: 'module'
  readonly name: string
  readonly tree: () => StdTree
  readonly parent: StdModule | undefined
  readonly vis: Visibility
  readonly attrs: readonly Attr[]
  readonly cfg: CfgExpr
  /** In source order. */
  readonly entries: StdEntry[]
}
/** One name that a `use` brings, or one glob. */
export interface StdUse {
  readonly kind: 'use'
  readonly module: StdModule
  readonly item: UseItem
  readonly global: boolean
  readonly path: readonly string[]
  /** The name it binds; undefined for a glob, `_` for a trait without a name. */
  readonly binds: string | undefined
}
export interface StdItem {
  readonly kind: 'item'
  readonly module: StdModule
  readonly item: Exclude<Item, ModItem | UseItem>
}
export type StdEntry = StdModule | StdUse | StdItem

/** The text of a macro definition, which its item points into once the model's text is laid out. */
export interface MacroText {
  readonly rules: PlacedText
  readonly params: PlacedText | undefined
}
export interface PlacedText {
  readonly text: string
  /** Where it begins in std's own source. */
  readonly place: Place
}
export type MacroTexts = ReadonlyMap<MacroDefItem, MacroText>
