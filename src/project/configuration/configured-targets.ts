/**
 * The targets to look at and the options each has, with what configuration adds: `build.target`, and `--cfg` of the
 * `rustflags` that cargo would hand to rustc for that target.
 */
import type { CargoConfiguration, ConfiguredCfg } from '../cargo-configuration.js'
import { parsePlatform, platformHolds } from '../platform-cfg.js'
import type { TargetOption, TargetPlatform } from '../target-platform.js'
import { knownTargets, selectTargets } from '../targets.js'

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

/**
 * Cargo asks rustc for the options once with the flags that no `cfg(…)` of the configuration stands before, and takes what
 * that says to find the flags that hold; what these set in turn it does not ask for.
 */
function withOptions(target: TargetPlatform, configuration: CargoConfiguration): TargetPlatform {
  if (configuration.cfgs.length === 0) return target
  const plain = optionsFor(target, (key) => !key.startsWith('cfg(') && holdsFor(key, target), configuration)
  const seen = { ...target, cfg: [...target.cfg, ...plain] }
  return { ...target, cfg: [...target.cfg, ...optionsFor(target, (key) => holdsFor(key, seen), configuration)] }
}

/** Flags of `[target]` that apply hold in the place of those of `[build]`. */
function optionsFor(
  { cfg: own }: TargetPlatform,
  applies: (key: string) => boolean,
  { cfgs, flaggedTargets }: CargoConfiguration,
): readonly TargetOption[] {
  const special = flaggedTargets.some(applies)
  const found = cfgs.filter(({ target, always }) => {
    if (always === true) return true
    return target === undefined ? !special : applies(target)
  })
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
