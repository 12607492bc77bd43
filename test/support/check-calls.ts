/**
 * What a fixture says about calls, held against the call graph.
 *
 *     mast.raise();        //~ calls app::Mast::raise            exactly these, in any order
 *     log!("{mast}");      //~ calls app::record, ..             these and others
 *     hold.open();         //~ unresolved open                   recorded, but not known
 *     unsafe { *p };       //~ fact raw dereference              a syntactic fact of that kind
 *     fn sail() {          //~!                                  its lines without a marker call nothing
 *     mast.raise();        //~ MISSING: calls app::Mast::raise   known failure: it should call, it does not
 *     mast.raise();        //~ SPURIOUS: calls app::Sail::raise  known failure: it should not call, it does
 *
 * Lines without a marker may call anything, but an unresolved reference without a marker fails the test.
 */
import { beforeAll, expect, test } from '@jest/globals'
import type { CallGraph, FunctionNode, Reference } from '../../src/graph/call-graph.js'
import { type Fixture, type Marker, parseFixture } from './fixture.js'
import { graphOf, packageIn, withFullStd } from './fixture-graph.js'
import { expectConsistent } from './graph-consistency.js'

/** One test for each fixture, by its reason; all of them are analyzed as one Program. */
export function testCalls(fixtures: Readonly<Record<string, string>>): void {
  const named = Object.entries(fixtures).map(([name, text]) => ({ name, fixture: parseFixture(withFullStd(text)) }))
  let graph: CallGraph
  beforeAll(async () => {
    graph = await graphOf(named)
  })
  test.each(named)('$name', ({ name, fixture }) => expectCalls(graph, name, fixture))
  test('the graph is consistent', () => expectConsistent(graph))
}

/** Compares every marked line; throws an assertion error that lists each that differs. */
export function expectCalls(graph: CallGraph, name: string, fixture: Fixture): void {
  const claims = fixture.markers.flatMap((marker) => claimsOf(marker, name))
  const closed = fixture.markers
    .filter((marker) => marker.kind === '!')
    .map((marker) => closedBody(graph, name, marker))
  const lines = linesOf(graph, fixture, name)
  expect(claims.length + closed.length).toBeGreaterThan(0)
  const problems: string[] = []
  for (const claim of claims)
    problems.push(...problemsOf(claim, lines.get(lineKey(claim.package, claim.file, claim.line)) ?? NOTHING))
  const claimed = new Set(claims.map((claim) => lineKey(claim.package, claim.file, claim.line)))
  for (const [key, line] of lines) {
    const expected = claims
      .filter((claim) => claim.kind === 'unresolved' && lineKey(claim.package, claim.file, claim.line) === key)
      .flatMap((claim) => claim.names)
    for (const missed of line.unresolved)
      if (!expected.includes(missed)) problems.push(`${shown(key)}: unresolved ${missed}`)
    if (!claimed.has(key) && line.calls.length > 0 && closed.some((fn) => fn && inside(fn, key)))
      problems.push(`${shown(key)}: not marked: ${line.calls.join(', ')}`)
  }
  expect(problems).toEqual([])
}

interface Claim {
  readonly kind: string
  /** A known failure: today's wrong answer is asserted. */
  readonly known: 'MISSING:' | 'SPURIOUS:' | undefined
  readonly names: readonly string[]
  readonly package: string
  readonly file: string
  readonly line: number
}
interface Line {
  readonly calls: readonly string[]
  readonly unresolved: readonly string[]
  readonly facts: readonly string[]
}
const NOTHING: Line = { calls: [], unresolved: [], facts: [] }
const CLAIMS: ReadonlySet<string> = new Set(['calls', 'unresolved', 'fact'])

function claimsOf(marker: Marker, name: string): Claim[] {
  if (marker.kind === '!') return []
  return `${marker.kind} ${marker.text}`.split('//~').map((text): Claim => {
    const [, known, kind = '', rest = ''] = /^\s*(MISSING:|SPURIOUS:)?\s*(\S+)\s*(.*?)\s*$/.exec(text) ?? []
    if (!CLAIMS.has(kind)) throw new Error(`no such marker: ${text}`)
    return {
      kind,
      known: known as Claim['known'],
      names: topLevelParts(rest),
      package: packageIn(name, marker.package),
      file: marker.file,
      line: marker.line,
    }
  })
}

/** Splits at commas that stand in no brackets: paths hold types such as `(u8, u8)`. */
function topLevelParts(text: string): readonly string[] {
  const parts = ['']
  let depth = 0
  for (const char of text) {
    if ('<(['.includes(char)) depth++
    if ('>)]'.includes(char)) depth--
    if (char === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += char
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function problemsOf(claim: Claim, line: Line): string[] {
  const at = `${claim.file}:${claim.line}`
  const actual = claim.kind === 'calls' ? line.calls : claim.kind === 'fact' ? line.facts : line.unresolved
  if (claim.known === 'MISSING:')
    return claim.names.filter((name) => actual.includes(name)).map((name) => `${at}: fixed, drop the marker: ${name}`)
  if (claim.known === 'SPURIOUS:')
    return claim.names.filter((name) => !actual.includes(name)).map((name) => `${at}: fixed, drop the marker: ${name}`)
  const open = claim.names.includes('..')
  const wanted = claim.names.filter((name) => name !== '..')
  const missing = wanted.filter((name) => !actual.includes(name)).map((name) => `${at}: missing ${claim.kind} ${name}`)
  const extra =
    open || claim.kind === 'unresolved'
      ? []
      : actual.filter((name) => !wanted.includes(name)).map((name) => `${at}: ${claim.kind} ${name}, too`)
  return [...missing, ...extra]
}

/** Everything that the graph has at each line of the fixture, but that a closure is made there. */
function linesOf(graph: CallGraph, fixture: Fixture, name: string): ReadonlyMap<string, Line> {
  const packages = new Set([...fixture.packages.keys()].map((id) => packageIn(name, id)))
  const open = new Map<string, { calls: Set<string>; unresolved: Set<string>; facts: Set<string> }>()
  const at = (key: string): { calls: Set<string>; unresolved: Set<string>; facts: Set<string> } => {
    const line = open.get(key) ?? { calls: new Set(), unresolved: new Set(), facts: new Set() }
    open.set(key, line)
    return line
  }
  for (const ref of graph.references) {
    // What can be meant is looked at in test/graph/dispatch.test.ts.
    if (!packages.has(ref.package) || isClosure(graph, ref) || ref.certainty === 'possible') continue
    const line = at(lineKey(ref.package, ref.file, ref.line))
    if (ref.callee === null) line.unresolved.add(ref.name)
    else line.calls.add(ref.callee)
  }
  for (const fn of graph.functions) {
    if (!packages.has(fn.package)) continue
    for (const fact of fn.facts)
      at(lineKey(fn.package, fact.file, fact.line)).facts.add(
        fact.kind === 'attribute' ? `attribute ${fact.what}` : fact.kind,
      )
  }
  return new Map(
    [...open].map(([key, line]) => [
      key,
      { calls: [...line.calls].sort(), unresolved: [...line.unresolved].sort(), facts: [...line.facts].sort() },
    ]),
  )
}

const isClosure = (graph: CallGraph, ref: Reference): boolean =>
  ref.to !== undefined && graph.functions[ref.to]?.kind === 'closure'

const lineKey = (pkg: string, file: string, line: number): string => `${pkg} ${file}:${line}`
const shown = (key: string): string => key.slice(key.lastIndexOf(' ') + 1)

function closedBody(graph: CallGraph, name: string, marker: Marker): FunctionNode {
  const pkg = packageIn(name, marker.package)
  const fn = graph.functions.find(
    (each) => each.package === pkg && each.file === marker.file && each.line === marker.line,
  )
  if (!fn) throw new Error(`${name}: no function at line ${marker.line}`)
  return fn
}

function inside(fn: FunctionNode, key: string): boolean {
  const [, place = '', line = ''] = /^(.*):(\d+)$/.exec(key) ?? []
  return place === `${fn.package} ${fn.file}` && Number(line) >= fn.line && Number(line) <= fn.endLine
}
