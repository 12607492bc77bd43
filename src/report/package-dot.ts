/** The packages of a result for Graphviz: who depends on whom, and what each one's own code can do. */
import { checked } from '../base/index.js'
import { quote } from './graph-dot.js'
import { type PackageNode, packageNode } from './package-nodes.js'
import type { AnalysisResult } from './result.js'
import type { Tone } from './severity.js'

const FILLS: Readonly<Record<Tone, string>> = { alarm: '#ffd7d7', notice: '#fff3cd', quiet: '#eef2f5' }
/** What is only needed to build or to test. */
const EDGE_STYLES: ReadonlyMap<string, string> = new Map([
  ['build', ' [style=dashed, label="build"]'],
  ['dev', ' [style=dotted, label="dev"]'],
])

/** One `digraph`. */
export function packageDot(result: AnalysisResult): string {
  const numbers = new Map(result.packages.map(({ id }, index) => [id, `p${index}`]))
  const lines = ['digraph packages {', '  rankdir=LR', '  node [shape=box, fontname="sans-serif", fontsize=10]']
  for (const owner of result.packages) lines.push(nodeLine(checked(numbers.get(owner.id)), packageNode(owner)))
  for (const { id, dependencies } of result.packages) {
    for (const { package: to, kinds } of dependencies) {
      const target = numbers.get(to)
      const style = kinds.includes('normal') ? '' : (EDGE_STYLES.get(kinds[0] ?? '') ?? '')
      if (target !== undefined) lines.push(`  ${numbers.get(id)} -> ${target}${style}`)
    }
  }
  return `${[...lines, '}'].join('\n')}\n`
}

function nodeLine(name: string, { title, asked, own, through, tone }: PackageNode): string {
  const label = [title, ...own].join('\n')
  const attributes = [
    `label=${quote(label)}`,
    ...(through.length > 0 ? [`tooltip=${quote(`through other packages: ${through.join(', ')}`)}`] : []),
    ...(tone === undefined ? [] : ['style=filled', `fillcolor="${FILLS[tone]}"`]),
    ...(asked ? ['penwidth=2'] : []),
  ]
  return `  ${name} [${attributes.join(', ')}]`
}
