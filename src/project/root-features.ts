/** `--features`, `--all-features` and `--no-default-features` for each root package, as cargo understands them. */
import { ProjectError } from '../base/index.js'
import { parseFeatureValue } from './feature-value.js'
import type { RootFeatures } from './features.js'
import type { Manifest } from './manifest.js'
import type { LoadOptions } from './options.js'
import type { PackageId } from './workspace.js'

/** Undefined for a package whose source is missing. */
type ManifestOf = (id: PackageId) => Manifest | undefined

/**
 * The features to start from. `x` goes to every root that has such a feature, `member/x` to that member, `dep/x` to every
 * root with such a dependency. A root whose source is missing is left to be fetched first.
 * Throws ProjectError when no root knows a feature.
 */
export function rootFeatures(
  roots: readonly PackageId[],
  manifestOf: ManifestOf,
  options: LoadOptions,
  current?: PackageId,
): readonly RootFeatures[] {
  const asked = (options.features ?? []).flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '')
  if (current !== undefined) return featuresOfCurrent(roots, current, asked, manifestOf, options)
  const loaded = roots.map((id) => ({ id, manifest: manifestOf(id) }))
  for (const text of asked) {
    if (loaded.some(({ manifest }) => manifest === undefined || accepts(manifest, text) !== undefined)) continue
    throw new ProjectError(
      `There is no feature ${text}`,
      `${roots.join(', ')} ${roots.length > 1 ? 'declare' : 'declares'} none of that name`,
      `Name one of: ${[...new Set(loaded.flatMap(({ manifest }) => [...(manifest?.features.keys() ?? [])]))].sort().join(', ') || '(there are none)'}.`,
    )
  }
  return loaded.map((root) => {
    const own = root.manifest
    const features = own ? asked.flatMap((text) => accepts(own, text) ?? []) : []
    return { id: root.id, features, all: options.allFeatures ?? false, default: !(options.noDefaultFeatures ?? false) }
  })
}

/**
 * Resolver 1: `--features` and `--no-default-features` are for the package of the current directory, which so counts even
 * where it is not picked; `member/x` is for that member where it is.
 */
function featuresOfCurrent(
  roots: readonly PackageId[],
  current: PackageId,
  asked: readonly string[],
  manifestOf: ManifestOf,
  options: LoadOptions,
): readonly RootFeatures[] {
  const others = roots.filter((id) => id !== current)
  const nameOf = (id: PackageId): string | undefined => manifestOf(id)?.name
  const ofOther = (text: string, id: PackageId): string | undefined => {
    const value = parseFeatureValue(text)
    return value.k === 'dep-feature' && value.name === nameOf(id) ? value.feature : undefined
  }
  const own = asked.filter((text) => !others.some((id) => ofOther(text, id) !== undefined))
  const loaded = manifestOf(current)
  for (const text of own) {
    if (loaded === undefined || isOfOwn(loaded, text)) continue
    throw new ProjectError(
      `There is no feature ${text}`,
      `${current} declares none of that name, and with resolver 1 features are those of the package that was named`,
      `Name one of: ${[...loaded.features.keys()].sort().join(', ') || '(there are none)'}.`,
    )
  }
  const all = options.allFeatures ?? false
  return [
    {
      id: current,
      features: loaded ? own.filter((text) => isOfOwn(loaded, text)) : [],
      all,
      default: !(options.noDefaultFeatures ?? false),
      ...(roots.includes(current) ? {} : { onlyFeatures: true }),
    },
    ...others.map((id) => {
      return { id, features: asked.flatMap((text) => ofOther(text, id) ?? []), all, default: true }
    }),
  ]
}

/** Whether resolver 1 takes it for the package that was named: its own name is that of no dependency there. */
function isOfOwn(manifest: Manifest, text: string): boolean {
  const value = parseFeatureValue(text)
  if (value.k === 'feature') return manifest.features.has(value.name)
  return value.k === 'dep-feature' && manifest.dependencies.some(({ nameInToml }) => nameInToml === value.name)
}

/** The value to turn on in this package, or undefined when the text is not for it. */
function accepts(manifest: Manifest, text: string): string | undefined {
  const value = parseFeatureValue(text)
  if (value.k === 'feature') return manifest.features.has(value.name) ? text : undefined
  if (value.k === 'dep') return undefined
  if (manifest.dependencies.some(({ nameInToml }) => nameInToml === value.name)) return text
  // Of `member?/x` too: cargo passes over the question mark.
  return value.name === manifest.name && manifest.features.has(value.feature) ? value.feature : undefined
}
