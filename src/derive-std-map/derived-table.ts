/** The outcome of a derivation as data: data/std/derived.json, its schema, and how it is written. */
import { z } from 'zod'
import { CAPABILITIES, type Capability, compareCapabilities } from '../capabilities/index.js'
import type { Powers } from './derive-powers.js'

const powerSchema = z.tuple([z.string(), z.enum(CAPABILITIES), z.string(), z.string()])

export const derivedTableSchema = z.strictObject({
  comment: z.string(),
  /** Of the std that it was derived from. */
  version: z.string(),
  targets: z
    .array(
      z.strictObject({
        triple: z.string(),
        /** Paths of public functions; a trait's provided functions count once for each impl. */
        functions: z.int(),
        /** Those with a power. */
        powerful: z.int(),
        /** References in std's source and its dependencies, and those of them that lead nowhere. */
        references: z.int(),
        unresolved: z.int(),
        /** Files, macros and imports that could not be read. */
        losses: z.int(),
      }),
    )
    .readonly(),
  /** Function, power, the entry point at the end of a shortest path to it, and the targets: `0` for the first. */
  powers: z.array(powerSchema).readonly(),
})
export type DerivedTable = z.output<typeof derivedTableSchema>
export type DerivedTarget = DerivedTable['targets'][number]

/** Brings the targets' powers together; the entry point is the first target's. Sorted by path and seriousness. */
export function mergePowers(targets: readonly ReadonlyMap<string, Powers>[]): DerivedTable['powers'] {
  const merged = new Map<string, { path: string; capability: Capability; end: string; on: string }>()
  targets.forEach((powers, number) => {
    for (const [path, byCapability] of powers) {
      for (const [capability, end] of byCapability) {
        const key = `${path}\0${capability}`
        const known = merged.get(key)
        if (known) known.on += String(number)
        else merged.set(key, { path, capability, end, on: String(number) })
      }
    }
  })
  return [...merged.values()]
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : compareCapabilities(a.capability, b.capability)))
    .map(({ path, capability, end, on }) => [path, capability, end, on])
}

/** The file's text: one power a line, so that a change of std shows as lines. */
export function printDerivedTable({ powers, ...head }: DerivedTable): string {
  const lines = powers.map((power) => `    ${JSON.stringify(power)}`)
  const text = JSON.stringify(head, undefined, 2).replace(/\n\}$/, '')
  return `${text},\n  "powers": [\n${lines.join(',\n')}\n  ]\n}\n`
}

/** data/std/system-impls.json: which impls of std reach the system (src/graph/system-impls.ts), from the same powers. */
export function printSystemImpls({ powers }: Pick<DerivedTable, 'powers'>): string {
  const impls = new Set<string>()
  for (const [path] of powers) {
    const parts = /^<&?(.+) as (.+)>::\w+$/.exec(path)
    if (parts) impls.add(`    ["${parts[1]}", "${parts[2]}"]`)
  }
  return `{
  "comment": "The impls of std that reach the system; made with derived.json by \`npm run derive\`. Not for editing.",
  "impls": [
${[...impls].sort().join(',\n')}
  ]
}
`
}
