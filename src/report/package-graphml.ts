/** The packages of a result as GraphML, for yEd, Gephi, networkx and the like. */
import { data } from './graph-graphml.js'
import { packageNode } from './package-nodes.js'
import type { AnalysisResult } from './result.js'
import { sourceText } from './source-text.js'
import { verifiedText } from './verified-text.js'

/** Every `<data>` of the document: key, what it is of. All of them are strings. */
const KEYS: readonly (readonly [string, 'node' | 'edge'])[] = [
  ['package', 'node'],
  ['asked', 'node'],
  ['source', 'node'],
  ['verified', 'node'],
  ['capabilities', 'node'],
  ['through', 'node'],
  ['kinds', 'edge'],
]

/** One document. */
export function packageGraphml(result: AnalysisResult): string {
  const numbers = new Map(result.packages.map(({ id }, index) => [id, `p${index}`]))
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
  for (const [key, of] of KEYS) lines.push(`  <key id="${key}" for="${of}" attr.name="${key}" attr.type="string"/>`)
  lines.push('  <graph edgedefault="directed">')
  for (const owner of result.packages) {
    const { id, asked, own, through } = packageNode(owner)
    const values = {
      package: id,
      asked: String(asked),
      source: owner.source ? sourceText(owner.source) : owner.origin,
      ...(owner.verified && { verified: verifiedText(owner.verified) }),
      capabilities: own.join(', '),
      through: through.join(', '),
    }
    lines.push(`    <node id="${numbers.get(id)}">${data(values)}</node>`)
  }
  for (const { id, dependencies } of result.packages) {
    for (const { package: to, kinds } of dependencies) {
      const target = numbers.get(to)
      if (target === undefined) continue
      lines.push(`    <edge source="${numbers.get(id)}" target="${target}">${data({ kinds: kinds.join(' ') })}</edge>`)
    }
  }
  return `${[...lines, '  </graph>', '</graphml>'].join('\n')}\n`
}
