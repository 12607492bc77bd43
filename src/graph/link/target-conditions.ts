/**
 * Under which condition a body means something that only some of the targets find in it: an alias, a `use` or a macro of
 * another place may differ, where no condition stands in the body itself. The condition is written with options by which
 * these targets and the others can be told apart; the shortest that is found by looking, not the shortest there is.
 */
import { type CfgExpr, cfgAnd, cfgOr, simplifyCfg } from '../../base/index.js'
import type { TargetPlatform } from '../../project/index.js'

/** Targets for which one Program stands, in the order of the Programs. */
export type TargetGroups = readonly (readonly TargetPlatform[])[]

type Option = TargetPlatform['cfg'][number]

const TRUE: CfgExpr = { k: 'true' }

/** `cfg`, so that it holds on none of the targets of `all` but those of `found`, as far as options tell them apart. */
export function narrowedTo(
  cfg: CfgExpr,
  groups: TargetGroups,
  found: readonly number[],
  all: readonly number[],
): CfgExpr {
  const members = (programs: readonly number[]): readonly TargetPlatform[] => programs.flatMap((i) => groups[i] ?? [])
  const inside = members(found)
  const outside = members(all.filter((program) => !found.includes(program))).filter((target) => mayHold(cfg, target))
  return outside.length === 0 ? cfg : cfgAnd(cfg, conditionBetween(inside, outside))
}

function conditionBetween(inside: readonly TargetPlatform[], outside: readonly TargetPlatform[]): CfgExpr {
  const options = optionsOf([...inside, ...outside])
  const has = (option: Option) => (target: TargetPlatform) => sets(target, option)
  const own = options.find((option) => inside.every(has(option)) && !outside.some(has(option)))
  if (own) return exprOf(own)
  const other = options.find((option) => !inside.some(has(option)) && outside.every(has(option)))
  if (other) return { k: 'not', of: exprOf(other) }
  const each = inside.map((target) =>
    outside.reduce<CfgExpr>((cfg, other) => cfgAnd(cfg, between(target, other)), TRUE),
  )
  return each.reduce((a, b) => cfgOr(a, b))
}

/** What one target sets and the other does not, or the other way round. */
function between(target: TargetPlatform, other: TargetPlatform): CfgExpr {
  for (const option of optionsOf([target])) if (!sets(other, option)) return exprOf(option)
  for (const option of optionsOf([other])) if (!sets(target, option)) return { k: 'not', of: exprOf(option) }
  return TRUE
}

/** Those that people write come first. */
const USUAL = ['unix', 'windows', 'target_family', 'target_os', 'target_arch', 'target_env']

function optionsOf(targets: readonly TargetPlatform[]): readonly Option[] {
  const rank = ({ name }: Option): number => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length)
  return targets.flatMap(({ cfg }) => cfg).sort((a, b) => rank(a) - rank(b))
}

/** Whether a target can meet it; what no target says is open. */
function mayHold(cfg: CfgExpr, target: TargetPlatform): boolean {
  const names = new Set(target.cfg.map(({ name }) => name))
  const known = (name: string, value: string | undefined): boolean | undefined =>
    names.has(name) || name === 'unix' || name === 'windows'
      ? sets(target, value === undefined ? { name } : { name, value })
      : undefined
  return simplifyCfg(cfg, known).k !== 'false'
}

const sets = ({ cfg }: TargetPlatform, { name, value }: Option): boolean =>
  cfg.some((option) => option.name === name && option.value === value)

const exprOf = ({ name, value }: Option): CfgExpr =>
  value === undefined ? { k: 'option', name } : { k: 'option', name, value }
