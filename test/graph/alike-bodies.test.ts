/**
 * A body is taken over from an earlier target only where all of it means the same: each of these pieces has a body whose text
 * is the same for both targets and means another thing on one of them. What is found with both together is what each alone
 * finds, in whichever order they come.
 */
import { beforeAll, expect, test } from '@jest/globals'
import { parseFixture } from '../support/fixture.js'
import { LINUX, type NamedFixture, sharesIn, WINDOWS } from '../support/fixture-graph.js'
import { MORE_IS_FOUND, TARGET_PIECES } from '../support/target-pieces.js'
import { tooMuch, vanished, viewOf } from '../support/target-views.js'

const TARGETS = [LINUX, WINDOWS]
const named: readonly NamedFixture[] = TARGET_PIECES.map(([name, code]) => ({
  name: name.replaceAll(' ', '-'),
  fixture: parseFixture(`//- std: full\n${code.startsWith('//-') ? code : `//- /lib.rs crate:app\n${code}`}`),
}))

let differences: readonly string[]
beforeAll(async () => {
  const viewsOf = async (targets: typeof TARGETS) => {
    const { shares, link } = await sharesIn(named, targets)
    const graph = link(shares)
    return new Map(targets.map((target) => [target, viewOf(graph, target)]))
  }
  const alone = new Map([...(await viewsOf([LINUX])), ...(await viewsOf([WINDOWS]))])
  const found: string[] = []
  for (const order of [TARGETS, [...TARGETS].reverse()]) {
    for (const [target, part] of await viewsOf(order)) {
      const own = alone.get(target)
      if (!own) throw new Error('a target was not looked at alone')
      for (const each of vanished(part, own)) found.push(`${target.triple} lacks ${each}`)
      for (const each of tooMuch(part, own)) found.push(`${target.triple} has too much: ${each}`)
    }
  }
  differences = found
}, 240_000)

test.each(TARGET_PIECES.map(([name]) => name))('%s', (name) => {
  const own = differences.filter((each) => each.includes(`#${name.replaceAll(' ', '-')} `))
  expect(MORE_IS_FOUND.has(name) ? own.filter((each) => !each.includes('has too much')) : own).toEqual([])
})
