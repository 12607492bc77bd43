/** What a diff says that it compared: targets, lockfiles, and of a workspace the members that changed. */
import { describe, expect, test } from '@jest/globals'
import { diffGithub, diffSarif } from '../../src/report/code-scanning.js'
import { changesText, comparedFacts, diffTitle } from '../../src/report/diff-head.js'
import { diffMarkdown } from '../../src/report/markdown-diff.js'
import { diff, packageDiff } from './reviews.js'

const base = diff([])

describe('the facts', () => {
  test('one target, several, other ones', () => {
    const nine = { ...base.old, targets: ['a-b-c', 'd-e-f', 'g-h-i'] }
    const [same] = comparedFacts({ ...base, old: nine, new: nine }, 48)
    expect(same).toBe('compared for 3 targets (a-b-c, 2 more)')
    expect(comparedFacts({ ...base, old: nine }, 200)[0]).toBe(
      'compared: old for 3 targets (a-b-c, d-e-f, g-h-i), new for x86_64-unknown-linux-gnu',
    )
  })

  test('how dependencies were chosen, alike or not', () => {
    expect(comparedFacts(base, 80)[1]).toBe('dependencies of both sides chosen by Cargo.lock')
    expect(comparedFacts({ ...base, old: { ...base.old, lockedBy: 'resolved' } }, 80)[1]).toBe(
      'dependencies of the old side chosen by cargo, as of now; of the new by Cargo.lock',
    )
    const { lockedBy: _, ...silent } = base.old
    expect(comparedFacts({ ...base, old: silent, new: silent }, 80)).toHaveLength(1)
  })

  test('stand in every format', () => {
    const facts = ['compared for x86_64-unknown-linux-gnu', 'dependencies of both sides chosen by Cargo.lock']
    for (const text of [diffGithub(base), diffSarif(base)]) for (const fact of facts) expect(text).toContain(fact)
    expect(diffMarkdown(base)).toContain('dependencies of both sides chosen by `Cargo.lock`')
  })
})

test('of a workspace the title names the members that changed', () => {
  const members = ['app@1.0.0', 'helper@0.1.1', 'other@1.0.0']
  const sides = { old: { ...base.old, members }, new: { ...base.new, members } }
  expect(diffTitle(diff([packageDiff([])], sides))).toBe('helper 0.1.0 → 0.1.1 (of 3 members)')
  expect(diffTitle(diff([], sides))).toBe('3 members, none changed')
})

test('counts of changes have their nouns', () => {
  const { summary } = base
  const counted = (more: number, less: number, other: number) =>
    changesText({ ...base, summary: { ...summary, changes: { more, less, other } } })
  expect(counted(2, 5, 1)).toBe('2 changes to more, 5 to less, 1 to something else')
  expect(counted(0, 1, 0)).toBe('1 change to less')
})
