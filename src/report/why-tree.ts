/**
 * Paths that share a beginning as trees, so that what they share is read once. Of functions in a row of one package that neither
 * fork nor lead out, only the first and the last are kept: the innards of a package say nothing about how a power is reached.
 */
import { checked } from '../base/index.js'
import type { Step } from './result.js'
import type { WhyPath } from './why-shown.js'

/** A function of the tree, and where the one above refers to it; of a root, where it is declared. */
export interface WhyNode {
  readonly step: Step
  /** Functions between the one above and this one that are not shown. */
  readonly skipped: number
  readonly children: readonly WhyNode[]
  readonly ends: readonly WhyEnd[]
}

/** A place that has the power, in the function above. */
export interface WhyEnd {
  readonly step: Step
  /** One for each capability that was asked for and that the place has. */
  readonly paths: readonly WhyPath[]
}

interface Growing {
  readonly step: Step
  /** The package that the function is of. */
  readonly package: string
  readonly children: Map<string, Growing>
  readonly ends: Map<string, { readonly step: Step; readonly paths: WhyPath[] }>
}

/** The trees of paths, in their order; `whole` keeps every function. */
export function whyTrees(paths: readonly WhyPath[], whole: boolean): readonly WhyNode[] {
  const roots = new Map<string, Growing>()
  for (const path of paths) plant(roots, path)
  return [...roots.values()].map((root) => finished(root, whole))
}

function plant(roots: Map<string, Growing>, found: WhyPath): void {
  const { path } = found
  const last = checked(path.at(-1))
  let level = roots
  let node: Growing | undefined
  for (const [index, step] of path.slice(0, -1).entries()) {
    const home = checked(path[index + 1]).package
    const key = `${step.function}\0${home}`
    let child = level.get(key)
    if (!child) level.set(key, (child = { step, package: home, children: new Map(), ends: new Map() }))
    node = child
    level = child.children
  }
  // Code that was not read stands in no function.
  const place = `${last.function}\0${last.package}\0${last.file}:${last.line}:${last.column}`
  if (!node) {
    node = roots.get(place) ?? { step: last, package: last.package, children: new Map(), ends: new Map() }
    roots.set(place, node)
  }
  const end = node.ends.get(place) ?? { step: last, paths: [] }
  node.ends.set(place, end)
  end.paths.push(found)
}

function finished(node: Growing, whole: boolean, skipped = 0): WhyNode {
  return {
    step: node.step,
    skipped,
    children: [...node.children.values()].map((child) => {
      let next = child
      let between = 0
      while (!whole && isInnards(node.package, next)) {
        next = checked([...next.children.values()][0])
        between++
      }
      return finished(next, whole, between)
    }),
    ends: [...node.ends.values()],
  }
}

/** In the same package as what is before and behind it, and no fork. */
function isInnards(before: string, { package: id, children, ends }: Growing): boolean {
  const [only, ...others] = children.values()
  return ends.size === 0 && only !== undefined && others.length === 0 && id === before && only.package === id
}
