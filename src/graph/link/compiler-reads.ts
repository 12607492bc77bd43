/**
 * What the compiler reads for a function happens when it is built, whatever runs later and whether or not anyone calls the
 * function: a node of its own beside it, that nothing refers to.
 */
import type { LinkState } from './link-state.js'

/** The last part of such a node's path: no name of Rust. */
const COMPILER = '{compiler}'

/** Takes these facts from the functions in whose text they stand. */
export function separateCompilerReads({ nodes }: LinkState): void {
  // What is added here has nothing to separate.
  for (const node of [...nodes]) {
    const reads = node.facts.filter(({ kind }) => kind === 'compiler read')
    if (reads.length === 0) continue
    const others = node.facts.filter(({ kind }) => kind !== 'compiler read')
    node.facts.splice(0, node.facts.length, ...others)
    nodes.push({
      ...node,
      id: nodes.length,
      stages: ['build'],
      path: `${node.path}::${COMPILER}`,
      kind: 'const',
      public: false,
      entry: true,
      unsafe: false,
      facts: reads,
      returned: [],
      recipe: [],
    })
  }
}
