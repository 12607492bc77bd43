/**
 * Who sets off a run, function by function: the user of a program, a caller of the API, whoever builds, or nobody. What
 * `caps why` begins its paths at. `--entry` chooses among those of what runs; what runs when built has the same starts always.
 */
import type { Stage } from '../base/index.js'
import type { CallGraph, FunctionNode } from '../graph/index.js'
import type { Classification } from './classify.js'
import { type Entry, isAboutEntries, isAtPath, isMainFunction, runsUnasked } from './entry.js'

/**
 * `unreached`: no start leads there, only functions of the package itself do. `unread`: code that was not read, which may be
 * reached from anywhere. In the order in which a reader wants them.
 */
export const START_KINDS = ['program', 'api', 'asked', 'unasked', 'build', 'unreached', 'unread'] as const
export type StartKind = (typeof START_KINDS)[number]

/** The starts of a stage by number of function; those of the packages that were asked for, and what runs unasked in all. */
export function startsOf(
  { functions }: CallGraph,
  classification: Classification,
  stage: Stage,
  { entry, roots }: { readonly entry: Entry; readonly roots: readonly string[] },
): ReadonlyMap<number, StartKind> {
  const asked = new Set(roots)
  const found = new Map<number, StartKind>()
  for (const node of functions) {
    if (!node.stages.includes(stage)) continue
    const kind = isAboutEntries(stage)
      ? ((asked.has(node.package) ? askedKind(node, entry) : undefined) ??
        (runsUnasked(node, classification) ? 'unasked' : undefined))
      : node.entry || runsUnasked(node, classification)
        ? 'build'
        : undefined
    if (kind !== undefined) found.set(node.id, kind)
  }
  return found
}

function askedKind(node: FunctionNode, entry: Entry): StartKind | undefined {
  if (typeof entry === 'object') return isAtPath(node, entry.path) ? 'asked' : undefined
  if (isMainFunction(node)) return 'program'
  return node.public && entry !== 'main' ? 'api' : undefined
}
