/** How a package gets into what was checked: a shortest chain of dependencies. */
import type { AnalysisResult } from './result.js'

/** By package id, the chain from one of what was asked for; a package that nothing leads to has a chain of itself. */
export function chainsOf(result: AnalysisResult): (id: string) => readonly string[] {
  const dependencies = new Map(result.packages.map((owner) => [owner.id, owner.dependencies]))
  const before = new Map<string, string | undefined>()
  const queue = result.packages.filter((owner) => owner.local).map((owner) => owner.id)
  for (const id of queue) before.set(id, undefined)
  for (const id of queue) {
    for (const { package: next } of dependencies.get(id) ?? []) {
      if (before.has(next)) continue
      before.set(next, id)
      queue.push(next)
    }
  }
  return (id) => {
    const chain = [id]
    for (let at = before.get(id); at !== undefined; at = before.get(at)) chain.unshift(at)
    return chain
  }
}
