/**
 * The targets to look at and the options each has, with what configuration adds: `build.target`, and `--cfg` of the
 * `rustflags` that cargo would hand to rustc for that target.
 */
import type { CargoConfiguration, ConfiguredCfg } from '../cargo-configuration.js'
import { parsePlatform, platformHolds } from '../platform-cfg.js'
import { knownTargets, selectTargets } from '../targets.js'
import type { TargetPlatform } from '../workspace.js'

/**
 * The targets of the triples; without any, the few that stand for all, and those that the configuration builds for besides.
 * Throws ProjectError for a triple that is not known.
 */
export function configuredTargets(
  triples: readonly string[] | undefined,
  configuration: CargoConfiguration,
): readonly TargetPlatform[] {
  const targets = [...selectTargets(triples)]
  if ((triples?.length ?? 0) === 0) {
    for (const triple of new Set(configuration.buildTargets)) {
      const target = knownTargets().get(triple)
      if (target && !targets.some((other) => other.triple === triple)) targets.push(target)
    }
  }
  return targets.map((target) => withOptions(target, configuration))
}

function withOptions(target: TargetPlatform, configuration: CargoConfiguration): TargetPlatform {
  if (configuration.cfgs.length === 0) return target
  // An option that is set may be what a `cfg(…)` of the configuration asks for: cargo asks once more then, and no more.
  const once = { ...target, cfg: [...target.cfg, ...optionsFor(target, target, configuration)] }
  return { ...target, cfg: [...target.cfg, ...optionsFor(target, once, configuration)] }
}

/** Flags of `[target]` that apply hold in the place of those of `[build]`. */
function optionsFor(
  { triple, cfg: own }: TargetPlatform,
  seen: TargetPlatform,
  { cfgs, flaggedTargets }: CargoConfiguration,
): TargetPlatform['cfg'] {
  const applies = (key: string): boolean => holdsFor(key, { ...seen, triple })
  const special = flaggedTargets.some(applies)
  const found = cfgs.filter(({ target, always }) =>
    always === true ? true : target === undefined ? !special : applies(target),
  )
  const unique = new Map(found.map((option) => [optionKey(option), option]))
  for (const option of own) unique.delete(optionKey(option))
  return [...unique.values()].map(({ name, value }) => ({
    name,
    ...(value === undefined ? {} : { value }),
    configured: true,
  }))
}

function optionKey({ name, value }: Pick<ConfiguredCfg, 'name' | 'value'>): string {
  return value === undefined ? name : `${name}=${value}`
}

function holdsFor(key: string, target: TargetPlatform): boolean {
  try {
    return platformHolds(parsePlatform(key), target)
  } catch {
    // Told of where the configuration is read; code that it guards is better seen than not.
    return true
  }
}
