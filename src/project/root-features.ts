/** `--features`, `--all-features` and `--no-default-features` for each root package, as cargo understands them. */
import { ProjectError } from './errors.js'
import { parseFeatureValue, type RootFeatures } from './features.js'
import type { LoadOptions } from './options.js'
import type { LoadedPackage } from './package-graph.js'
import type { PackageStore } from './package-store.js'
import type { PackageId } from './workspace.js'

/**
 * The features to start from. `x` goes to every root that has such a feature, `member/x` to that member, `dep/x` to every
 * root with such a dependency. A root whose source is missing is left to be fetched first.
 * Throws ProjectError when no root knows a feature.
 */
export function rootFeatures(
  roots: readonly PackageId[],
  store: PackageStore,
  options: LoadOptions,
): readonly RootFeatures[] {
  const asked = (options.features ?? []).flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '')
  const loaded = roots.map((id) => ({ id, package: store.lookup(id) }))
  for (const text of asked) {
    if (loaded.some((root) => root.package === undefined || accepts(root.package, text) !== undefined)) continue
    throw new ProjectError(
      `There is no feature ${text}`,
      `${roots.join(', ')} ${roots.length > 1 ? 'declare' : 'declares'} none of that name`,
      `Name one of: ${[...new Set(loaded.flatMap((root) => [...(root.package?.manifest.features.keys() ?? [])]))].sort().join(', ') || '(there are none)'}.`,
    )
  }
  return loaded.map((root) => {
    const own = root.package
    const features = own ? asked.flatMap((text) => accepts(own, text) ?? []) : []
    return { id: root.id, features, all: options.allFeatures ?? false, default: !(options.noDefaultFeatures ?? false) }
  })
}

/** The value to turn on in this package, or undefined when the text is not for it. */
function accepts({ manifest }: LoadedPackage, text: string): string | undefined {
  const value = parseFeatureValue(text)
  if (value.k === 'feature') return manifest.features.has(value.name) ? text : undefined
  if (value.k === 'dep') return undefined
  if (value.name === manifest.name && !value.weak)
    return manifest.features.has(value.feature) ? value.feature : undefined
  return manifest.dependencies.some(({ nameInToml }) => nameInToml === value.name) ? text : undefined
}
