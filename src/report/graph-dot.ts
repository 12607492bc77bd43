/** The call graph for Graphviz: functions as nodes, references as edges; what has a capability is drawn filled. */
import { escapeText } from './escape.js'
import { outerNodes } from './graph-nodes.js'
import type { FunctionRecord, GraphRecord, ReferenceRecord } from './graph-records.js'

/** Pieces of one `digraph`. */
export function* graphDot(records: Iterable<GraphRecord>): Generator<string> {
  yield 'digraph caps {\n  rankdir=LR\n  node [shape=box, fontname="sans-serif", fontsize=10]\n'
  const outer = outerNodes()
  for (const record of records) {
    yield record.type === 'function' ? functionNode(record) : referenceEdge(record, outer)
  }
  yield '}\n'
}

function functionNode(record: FunctionRecord): string {
  const tooltip = `${record.package} ${record.file}:${record.line}`
  return `  f${record.id} [label=${quote(record.path)}, tooltip=${quote(tooltip)}${record.entry ? ', penwidth=2' : ''}]\n`
}

function referenceEdge(record: ReferenceRecord, outer: ReturnType<typeof outerNodes>): string {
  const style = record.certainty === 'possible' ? ' [style=dashed]' : ''
  if (record.to !== undefined) return `  f${record.from} -> f${record.to}${style}\n`
  const { node, label, capabilities, fresh } = outer(record)
  const fill = capabilities.length > 0 ? ', style=filled, fillcolor="#ffd7d7"' : ', style=dotted'
  const text = capabilities.length > 0 ? `${label}\n${capabilities.join(', ')}` : label
  const declared = fresh ? `  ${node} [label=${quote(text)}${fill}]\n` : ''
  return `${declared}  f${record.from} -> ${node}${style}\n`
}

/** A DOT string: crate text escaped for a reader, then quotes and backslashes for Graphviz. `\n` breaks the line. */
export function quote(text: string): string {
  const lines = text.split('\n').map((line) => escapeText(line).replace(/["\\]/g, '\\$&'))
  return `"${lines.join('\\n')}"`
}
