/** What attributes say, asked by name. An attribute under a false `cfg_attr` is not there. */
import type { Attr, Meta } from '../syntax/ast.js'
import type { CrateCfg } from './crate-cfg.js'

/** The first attribute of that name that is active. */
export function findAttr(attrs: readonly Attr[], name: string, cfg: CrateCfg): Meta | undefined {
  for (const attr of attrs) {
    if (attr.meta.path === name && (!attr.cfg || cfg.holds(attr.cfg))) return attr.meta
  }
  return undefined
}

export function hasAttr(attrs: readonly Attr[], name: string, cfg: CrateCfg): boolean {
  return findAttr(attrs, name, cfg) !== undefined
}

/** The string of `#[name = "value"]`. */
export function attrValue(attrs: readonly Attr[], name: string, cfg: CrateCfg): string | undefined {
  return findAttr(attrs, name, cfg)?.value
}

/** Whether `#[name(word)]` is there. */
export function attrHasWord(attrs: readonly Attr[], name: string, word: string, cfg: CrateCfg): boolean {
  return findAttr(attrs, name, cfg)?.list?.some((part) => part.path === word) ?? false
}
