/**
 * Vendor directories that cargo's configuration names (`[source.NAME] directory = …`, reached from a replaced source). Only these keys
 * are read; nothing in a configuration file is ever acted on otherwise.
 */
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { readBoundedText } from './bounded-file.js'
import { isInside } from './directory-tree.js'
import { messageOf } from './errors.js'
import { type VendorDirectory, vendorDirectory } from './vendor.js'

const configSchema = z.looseObject({
  source: z
    .record(z.string(), z.looseObject({ 'replace-with': z.string().optional(), directory: z.string().optional() }))
    .optional(),
})

/** The vendor directories of the user's own configuration, in cargo's home. A configuration that cannot be read has none. */
export function userVendorDirectories(home: string): readonly VendorDirectory[] {
  return configuredDirectories(home, home, []).map(vendorDirectory)
}

/**
 * The vendor directories of a workspace: those that its `.cargo/config.toml` puts in a registry's place, and a plain `vendor`
 * beside it. Directories outside the root are not followed; `problems` says so.
 */
export function workspaceVendorDirectories(
  root: string,
  problems: string[],
): { readonly configured: readonly VendorDirectory[]; readonly plain: readonly VendorDirectory[] } {
  const configured = configuredDirectories(join(root, '.cargo'), root, problems).filter((path) => {
    if (existsSync(path) && isInside(root, realpathSync(path))) return true
    problems.push(
      '.cargo/config.toml names a vendor directory that is missing or outside the workspace; it was not used',
    )
    return false
  })
  const plain = join(root, 'vendor')
  const usable = existsSync(plain) && isInside(root, realpathSync(plain)) && !configured.includes(plain)
  return { configured: configured.map(vendorDirectory), plain: usable ? [vendorDirectory(plain)] : [] }
}

/** Absolute paths; those in the file count from `base`, the directory that holds `.cargo`. */
function configuredDirectories(directory: string, base: string, problems: string[]): readonly string[] {
  const path = ['config.toml', 'config'].map((name) => join(directory, name)).find((file) => existsSync(file))
  if (path === undefined) return []
  try {
    const { source = {} } = configSchema.parse(parse(readBoundedText(path)))
    const replacements = new Set(Object.values(source).flatMap((entry) => entry['replace-with'] ?? []))
    return Object.entries(source).flatMap(([name, entry]) =>
      replacements.has(name) && entry.directory !== undefined
        ? [resolve(base === directory ? dirname(base) : base, entry.directory)]
        : [],
    )
  } catch (thrown) {
    problems.push(`cargo's configuration beside the workspace cannot be read: ${messageOf(thrown)}`)
    return []
  }
}
