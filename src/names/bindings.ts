/**
 * Who wins a name in one namespace (docs/resolution.md, 1.4), and who else may have it in other builds: a binding under a
 * condition that is open leaves room for others, of which each keeps its condition.
 */
import { type CfgExpr, cfgAnd, cfgOr, checked } from '../base/index.js'
import type { CrateCfg } from './crate-cfg.js'
import { type Import, narrower, type OwnBinding } from './crate-state.js'

/** All meanings of a binding, those of a plain build first. */
export function meaningsOf<B extends OwnBinding>(binding: B | undefined): readonly B[] {
  if (!binding) return []
  return binding.others ? [binding, ...(binding.others as readonly B[])] : [binding]
}

/**
 * The name's bindings when `next` joins: all that an import (`from`) gives takes the place of what it gave before.
 * Undefined when nothing changes.
 */
export function join(
  cfg: CrateCfg,
  outer: CfgExpr,
  old: OwnBinding | undefined,
  from: Import | undefined,
  next: readonly OwnBinding[],
): OwnBinding | undefined {
  const before = meaningsOf(old)
  let list: readonly OwnBinding[] = from && before.length > 0 ? before.filter((each) => each.from !== from) : before
  const isOpen = (binding: OwnBinding): boolean => isOpenIn(cfg, outer, binding.cfg)
  for (const each of next) list = add(list, each, isOpen)
  if (list.length === before.length && list.every((each, i) => isSame(each, checked(before[i])))) return undefined
  return whole(cfg, outer, list, isOpen)
}

/** Whether something of a module is there in some builds alone that have the module. */
export function isOpenIn(cfg: CrateCfg, outer: CfgExpr, inner: CfgExpr | undefined): boolean {
  if (!inner || inner.k === 'true' || inner === outer || !cfg.isOpen(inner)) return false
  return cfg.mayHold(cfgAnd(outer, { k: 'not', of: inner }))
}

function add(
  list: readonly OwnBinding[],
  next: OwnBinding,
  isOpen: (binding: OwnBinding) => boolean,
): readonly OwnBinding[] {
  const isGlob = next.via === 'glob'
  const known = list.find((each) => each.def === next.def && (isGlob || each.via !== 'glob'))
  if (known) {
    const widened = known.vis !== next.vis && narrower(known.vis, next.vis) === known.vis
    const cfg =
      known.via !== 'glob' && !isGlob && known.cfg && next.cfg && known.cfg !== next.cfg
        ? cfgOr(known.cfg, next.cfg)
        : known.cfg
    if (!widened && cfg === known.cfg) return list
    const wider: OwnBinding = { ...known, ...(cfg ? { cfg } : {}), vis: widened ? next.vis : known.vis }
    return list.map((each) => (each === known ? wider : each))
  }
  const certain = list.find((each) => !isOpen(each) && (each.via !== 'glob' || isGlob))
  if (isGlob) return certain ? list : [...list, next]
  if (isOpen(next)) return certain ? list : [...list, next]
  // A name that a block of code has twice for certain does not compile; the first stays.
  return certain ? list : [...list.filter((each) => each.via !== 'glob'), next]
}

function whole(
  cfg: CrateCfg,
  outer: CfgExpr,
  list: readonly OwnBinding[],
  isOpen: (binding: OwnBinding) => boolean,
): OwnBinding | undefined {
  const rank = (each: OwnBinding): number => (cfg.holds(each.cfg) ? 0 : 2) + (each.via === 'glob' ? 1 : 0)
  const [first, ...others] = list.length > 1 ? [...list].sort((a, b) => rank(a) - rank(b)) : list
  if (!first) return undefined
  const { others: _others, absent: _absent, ...bare } = first
  const plain = others.map(({ others: _o, absent: _a, ...each }) => each)
  const absent = list.every(isOpen) ? leftOver(cfg, outer, list) : undefined
  return { ...bare, ...(plain.length > 0 ? { others: plain } : {}), ...(absent ? { absent } : {}) }
}

/** The condition under which none of them is there; undefined when that cannot be. */
function leftOver(cfg: CrateCfg, outer: CfgExpr, list: readonly OwnBinding[]): CfgExpr | undefined {
  let absent: CfgExpr | undefined
  for (const each of list) absent = cfgAnd(absent, { k: 'not', of: each.cfg as CfgExpr })
  return absent && cfg.mayHold(cfgAnd(outer, absent)) ? absent : undefined
}

function isSame(a: OwnBinding, b: OwnBinding): boolean {
  return a.def === b.def && a.vis === b.vis && a.via === b.via && a.from === b.from && a.cfg === b.cfg
}
