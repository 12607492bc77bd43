/** The call graph as GraphML (http://graphml.graphdrawing.org/), for yEd, Gephi, networkx and the like. */
import { escapeMarkup } from './escape.js'
import { outerNodes } from './graph-nodes.js'
import type { FunctionRecord, GraphRecord, ReferenceRecord } from './graph-records.js'

/** Every `<data>` of the document: key, what it is of. All of them are strings. */
const KEYS: readonly (readonly [string, 'node' | 'edge'])[] = [
  ['path', 'node'],
  ['package', 'node'],
  ['target', 'node'],
  ['file', 'node'],
  ['line', 'node'],
  ['capabilities', 'node'],
  ['certainty', 'edge'],
  ['condition', 'edge'],
  ['place', 'edge'],
]

/** Pieces of one document. */
export function* graphGraphml(records: Iterable<GraphRecord>): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
  for (const [key, of] of KEYS) yield `  <key id="${key}" for="${of}" attr.name="${key}" attr.type="string"/>\n`
  yield '  <graph edgedefault="directed">\n'
  const outer = outerNodes()
  for (const record of records) {
    yield record.type === 'function' ? functionNode(record) : referenceEdge(record, outer)
  }
  yield '  </graph>\n</graphml>\n'
}

function functionNode(record: FunctionRecord): string {
  const { path, target, file, line } = record
  return node(`f${record.id}`, { path, package: record.package, target, file, line: String(line) })
}

function referenceEdge(record: ReferenceRecord, outer: ReturnType<typeof outerNodes>): string {
  let target = `f${record.to}`
  let declared = ''
  if (record.to === undefined) {
    const found = outer(record)
    target = found.node
    if (found.fresh) declared = node(target, { path: found.label, capabilities: found.capabilities.join(' ') })
  }
  const values = data({
    certainty: record.certainty,
    condition: record.condition ?? '',
    place: `${record.package} ${record.file}:${record.line}:${record.column}`,
  })
  return `${declared}    <edge source="f${record.from}" target="${target}">${values}</edge>\n`
}

const node = (id: string, values: Readonly<Record<string, string>>): string =>
  `    <node id="${id}">${data(values)}</node>\n`

/** The `<data>` of a node or edge; an empty value has none. */
export function data(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `<data key="${key}">${xml(value)}</data>`)
    .join('')
}

/** No character of XML 1.0, although no control character either. */
const NO_XML = /[\ufffe\uffff]/g

/** Character data: crate text escaped for a reader (XML 1.0 allows no control characters), then for XML. */
const xml = (text: string): string =>
  escapeMarkup(text).replace(NO_XML, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`)
