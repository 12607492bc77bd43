/** Which of a package’s targets become units, and what those are called. */
import type { CompileTarget } from './compile-targets.js'
import type { LoadedPackage } from './package-graph.js'

interface Compiled {
  readonly target: CompileTarget
  /** The library once more, with its tests. */
  readonly itself: boolean
}

export const plain = (targets: readonly CompileTarget[]): readonly Compiled[] =>
  targets.map((target) => ({ target, itself: false }))

/** What has tests in it is compiled once more with `cfg(test)`. */
export function withUnitTests(targets: readonly CompileTarget[]): readonly Compiled[] {
  return targets.flatMap((target): readonly Compiled[] => {
    const { kind, hasTests } = target
    // Targets that are made for tests are left out when they are said to have none.
    if (kind === 'build') return [{ target, itself: false }]
    if (kind === 'test' || kind === 'bench') return hasTests ? [{ target, itself: false }] : []
    const tests: CompileTarget = { ...target, kind: 'test', name: `${kind} ${target.name}` }
    const itself = kind === 'lib' || kind === 'proc-macro'
    return [{ target, itself: false }, ...(hasTests ? [{ target: tests, itself }] : [])]
  })
}

/** `lib`, `proc-macro`, `build`, `bin rg`, …: what tells the targets of one package apart. */
export function unitName(target: CompileTarget, loaded: LoadedPackage): string {
  if (target.kind === 'lib' || target.kind === 'proc-macro') return target.kind
  const only = loaded.targets.filter(({ kind }) => kind === target.kind).length === 1
  return target.kind === 'build' && only ? 'build' : `${target.kind} ${target.name}`
}
