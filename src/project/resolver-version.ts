/**
 * Which of cargo's resolvers a workspace asks for (Cargo book, Resolver versions): it decides which features are turned on
 * together. Version 3 differs from 2 only in which versions are chosen, which the lockfile tells.
 */
import type { RawManifest } from './manifest-schema.js'

export type ResolverVersion = 1 | 2 | 3

/** The resolver of a workspace's root manifest; one that is not known counts as the newest, with a problem noted. */
export function resolverOf(root: RawManifest, problems: string[]): ResolverVersion {
  const table = root.package ?? root.project
  const declared = root.workspace?.resolver ?? table?.resolver
  if (declared === '1') return 1
  if (declared === '2') return 2
  if (declared === '3') return 3
  if (declared !== undefined) {
    problems.push(`resolver ${declared} is not known; read as 3`)
    return 3
  }
  if (!table) return 1
  const inherited = root.workspace?.package?.edition
  const edition = typeof table.edition === 'object' ? inherited : table.edition
  if (edition === undefined || edition === '2015' || edition === '2018') return 1
  return edition === '2021' ? 2 : 3
}
