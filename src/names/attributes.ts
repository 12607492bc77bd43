/**
 * What attributes say, asked by name. An attribute under a `cfg_attr` is there when that may hold in some build for the
 * target; who needs to know in which asks for the choices.
 */
import { CFG_FALSE, CFG_TRUE, type CfgExpr, cfgAnd } from '../base/index.js'
import type { Attr, Meta } from '../syntax/index.js'
import type { CrateCfg } from './crate-cfg.js'

/** The first attribute of that name that a plain build has; else the first that any has. */
export function findAttr(attrs: readonly Attr[], name: string, cfg: CrateCfg): Meta | undefined {
  let other: Meta | undefined
  for (const attr of attrs) {
    if (attr.meta.path !== name || (attr.cfg && !cfg.mayHold(attr.cfg))) continue
    if (!attr.cfg || cfg.holds(attr.cfg)) return attr.meta
    other ??= attr.meta
  }
  return other
}

export function hasAttr(attrs: readonly Attr[], name: string, cfg: CrateCfg): boolean {
  return findAttr(attrs, name, cfg) !== undefined
}

/** Whether every build for the target has the attribute: for attributes that take something away. */
export function alwaysHasAttr(attrs: readonly Attr[], name: string, cfg: CrateCfg): boolean {
  return alwaysAttr(attrs, name, cfg) !== undefined
}

/** The attribute that every build for the target has. */
export function alwaysAttr(attrs: readonly Attr[], name: string, cfg: CrateCfg): Attr | undefined {
  return attrs.find((attr) => attr.meta.path === name && (!attr.cfg || (cfg.holds(attr.cfg) && !cfg.isOpen(attr.cfg))))
}

/** The string of `#[name = "value"]` in a plain build. */
export function attrValue(attrs: readonly Attr[], name: string, cfg: CrateCfg): string | undefined {
  return findAttr(attrs, name, cfg)?.value
}

export interface AttrChoice {
  /** Absent: there is no such attribute. */
  readonly meta?: Meta
  readonly cfg: CfgExpr
}

/** What the first attribute of that name is in each build, a plain one's first; one choice when all agree. */
export function attrChoices(attrs: readonly Attr[], name: string, cfg: CrateCfg): readonly AttrChoice[] {
  const out: AttrChoice[] = []
  let rest: CfgExpr = CFG_TRUE
  for (const { meta, cfg: under } of attrs) {
    if (meta.path !== name) continue
    out.push({ meta, cfg: cfgAnd(rest, under) })
    // What the target decides is part of the condition too: on others it is another choice.
    rest = under ? cfgAnd(rest, { k: 'not', of: under }) : CFG_FALSE
  }
  out.push({ cfg: rest })
  const possible = out.filter((choice) => cfg.mayHold(choice.cfg))
  return possible.sort((a, b) => Number(cfg.holds(b.cfg)) - Number(cfg.holds(a.cfg)))
}
