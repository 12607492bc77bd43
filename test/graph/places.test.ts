/**
 * No place where nobody looks: for each place of the table a crate with a power there and nowhere else. The power is
 * reported, from where it is run, or the place is told of. That each of the crates compiles is test/e2e/places.test.ts.
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { CallGraph, FunctionNode } from '../../src/graph/call-graph.js'
import { parseFixture } from '../support/fixture.js'
import { graphOf, packageIn } from '../support/fixture-graph.js'
import { PLACES, type Place } from '../support/places/index.js'

const POWER = 'std::process::abort'
const named = PLACES.map((place, index) => ({ place, name: `${index}`, fixture: fixtureOf(place) }))

function fixtureOf({ code, files, kind, edition }: Place) {
  const header = `//- std: full\n//- /lib.rs crate:app edition:${edition}${kind === 'lib' ? '' : ` kind:${kind}`}\n`
  return parseFixture(
    header + [code, ...Object.entries(files).map(([path, text]) => `//- /${path}\n${text}`)].join('\n'),
  )
}

let graph: CallGraph
beforeAll(async () => {
  graph = await graphOf(named)
}, 60_000)

/** What a reader of the report would miss; nothing when all of the place's power is found. */
function lacking(place: Place, name: string): readonly string[] {
  const pkg = packageIn(name, 'app@1.0.0')
  const functions = graph.functions.filter((fn) => fn.package === pkg)
  const facts = new Set<string>(functions.flatMap((fn) => [fn.kind, ...fn.facts.map(({ kind }) => kind)]))
  const isStart = ({ path, entry }: FunctionNode): boolean =>
    place.from === 'entry' ? entry : path === `app::${place.from}`
  const led = new Set(functions.filter(isStart).map(({ id }) => id))
  const mentioned = place.code.includes('abort') || Object.values(place.files).some((text) => text.includes('abort'))
  for (const id of led)
    for (const { to: target } of referencesFrom(id)) if (target !== undefined && !led.has(target)) led.add(target)
  const powerful = (ids: readonly number[]): boolean =>
    ids.some((id) => referencesFrom(id).some(({ callee }) => callee === POWER))
  const reported = !mentioned || powerful(functions.map(({ id }) => id))
  // A call that was not resolved is told: nobody reads the report as if it led nowhere.
  const unresolved = [...led].some((id) => referencesFrom(id).some(({ callee }) => callee === null))
  const isLed = !reported || !mentioned || place.from === undefined || unresolved || powerful([...led])
  return [
    ...(reported ? [] : [`no ${POWER}`]),
    ...(isLed ? [] : [`${place.from} does not lead to ${POWER}`]),
    ...place.facts.filter((fact) => !facts.has(fact)).map((fact) => `no ${fact}`),
  ]
}

let bySource: Map<number, CallGraph['references'][number][]> | undefined
function referencesFrom(id: number): readonly CallGraph['references'][number][] {
  if (!bySource) {
    bySource = new Map()
    for (const reference of graph.references) {
      const known = bySource.get(reference.from)
      if (known) known.push(reference)
      else bySource.set(reference.from, [reference])
    }
  }
  return bySource.get(id) ?? []
}

describe('a power at each place is found', () => {
  test.each(named)('$place.name', ({ place, name }) => {
    const lacks = lacking(place, name)
    const pkg = packageIn(name, 'app@1.0.0')
    const losses = graph.losses.filter((loss) => loss.package === pkg).map(({ kind }) => kind)
    if (place.missing) expect(lacks).not.toEqual([])
    else if (place.told !== undefined) expect(losses).toContain(place.told)
    // With the code: what a failure shows.
    else expect(lacks.length === 0 ? [] : [...lacks, place.code]).toEqual([])
  })
})
