/**
 * The call graph across the crates of a survey, as files that graph databases load: nodes and edges as CSV whose heads are those of
 * Neo4j's import (`:ID`, `:START_ID`, `:TYPE`), and crates with their dependencies as GraphML. Written crate by crate: only the names
 * of functions are held.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { escapeMarkup } from '../../report/escape.js'
import { analyzedCrates } from '../found-crates.js'
import type { ResultRecord } from '../record.js'
import type { SurveyDirectory } from '../survey-directory.js'
import { type CrateGraph, crateGraph } from './crate-graph.js'
import { csvLine } from './csv.js'

/** What has no crate of the survey behind it: std, core, alloc, foreign functions. */
const OUTER = 'outside'

/** Writes crates.csv, dependencies.csv, functions.csv, calls.csv and crates.graphml into a directory. */
export function exportGraph(survey: SurveyDirectory, directory: string): void {
  const graph = crateGraph(survey)
  mkdirSync(directory, { recursive: true })
  const put = (name: string, text: string): void => writeFileSync(join(directory, name), text)
  put('crates.csv', crateNodes(graph))
  put('dependencies.csv', dependencyEdges(graph))
  put('crates.graphml', graphml(graph))
  writeCalls(survey, directory)
}

function crateNodes(graph: CrateGraph): string {
  const head = ['crate:ID(Crate)', 'analyzed:boolean', 'direct:string[]', 'transitive:string[]', ':LABEL']
  const rows = graph.mapNodes((id, { analyzed, direct, transitive }) => [
    id,
    String(analyzed),
    direct.join(';'),
    transitive.join(';'),
    'Crate',
  ])
  return [head, ...rows].map(csvLine).join('')
}

function dependencyEdges(graph: CrateGraph): string {
  const head = [':START_ID(Crate)', ':END_ID(Crate)', 'kinds:string[]', 'places:int', ':TYPE']
  const rows = graph.mapEdges((_, { kinds, places }, from, to) => [from, to, kinds.join(';'), places, 'DEPENDS_ON'])
  return [head, ...rows].map(csvLine).join('')
}

function graphml(graph: CrateGraph): string {
  const key = (id: string, of: string, type: string): string =>
    `  <key id="${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`
  const data = (values: Readonly<Record<string, string | number | boolean>>): string =>
    Object.entries(values)
      .map(([name, value]) => `<data key="${name}">${escapeMarkup(String(value))}</data>`)
      .join('')
  const nodes = graph.mapNodes((id, { analyzed, direct, transitive }) => {
    const values = { crate: id, analyzed, direct: direct.join(' '), transitive: transitive.join(' ') }
    return `    <node id="${escapeMarkup(id)}">${data(values)}</node>`
  })
  const edges = graph.mapEdges((_, { kinds, places }, from, to) => {
    const values = data({ kinds: kinds.join(' '), places })
    return `    <edge source="${escapeMarkup(from)}" target="${escapeMarkup(to)}">${values}</edge>`
  })
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    key('crate', 'node', 'string'),
    key('analyzed', 'node', 'boolean'),
    key('direct', 'node', 'string'),
    key('transitive', 'node', 'string'),
    key('kinds', 'edge', 'string'),
    key('places', 'edge', 'int'),
    '  <graph edgedefault="directed">',
    ...nodes,
    ...edges,
    '  </graph>',
    '</graphml>',
  ].join('\n')}\n`
}

function writeCalls(survey: SurveyDirectory, directory: string): void {
  const functions = openSync(join(directory, 'functions.csv'), 'w')
  const calls = openSync(join(directory, 'calls.csv'), 'w')
  try {
    writeSync(functions, csvLine(['function:ID(Function)', 'package', 'path', 'capabilities:string[]', ':LABEL']))
    const callHead = ['certainty', 'condition', 'capabilities:string[]', 'places:int', ':TYPE']
    writeSync(calls, csvLine([':START_ID(Function)', ':END_ID(Function)', ...callHead]))
    const known = new Set<string>()
    // What has powers is told with them, by whoever knows: the crate that it stands in, which may come later.
    const powers = powersOf(survey)
    for (const { id, record } of analyzedCrates(survey)) {
      const texts = linesOf(id, record, known, powers)
      writeSync(functions, texts.functions)
      writeSync(calls, texts.calls)
    }
  } finally {
    closeSync(functions)
    closeSync(calls)
  }
}

const functionId = (owner: string | null, path: string): string => `${owner ?? OUTER} ${path}`

/** What functions of analyzed crates do themselves, by their id. */
function powersOf(survey: SurveyDirectory): ReadonlyMap<string, ReadonlySet<string>> {
  const powers = new Map<string, Set<string>>()
  for (const { id, record } of analyzedCrates(survey)) {
    for (const { function: path, capability, reach } of record.finer.function) {
      if (path === undefined || reach !== 'direct') continue
      const node = functionId(id, path)
      powers.set(node, (powers.get(node) ?? new Set()).add(capability))
    }
  }
  return powers
}

function linesOf(
  id: string,
  record: ResultRecord,
  known: Set<string>,
  powers: ReadonlyMap<string, ReadonlySet<string>>,
): { readonly functions: string; readonly calls: string } {
  const lines = { functions: '', calls: '' }
  const node = (owner: string | null, path: string, capabilities: readonly string[] = []): string => {
    const one = functionId(owner, path)
    if (known.has(one)) return one
    known.add(one)
    const all = [...new Set([...capabilities, ...(powers.get(one) ?? [])])].sort()
    lines.functions += csvLine([one, owner ?? OUTER, path, all.join(';'), 'Function'])
    return one
  }
  for (const { from, package: owner, to, certainty, condition, capabilities, places } of record.references) {
    const ends = [node(id, from), node(owner, to, owner === null ? capabilities : [])]
    lines.calls += csvLine([...ends, certainty, condition, capabilities.join(';'), places, 'CALLS'])
  }
  return lines
}
