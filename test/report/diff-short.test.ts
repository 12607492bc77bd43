/** A diff of much is told in short: each change is still named, packages that are gone stand together, and --show all has the rest. */
import { expect, test } from '@jest/globals'
import { renderDiff } from '../../src/report/diff-text.js'
import { render } from '../../src/report/render.js'
import { app, compare, dependency, sites, use } from '../review/diff-support.js'

const of = (name: string, capability: string) =>
  use(capability, 'std::act', { of: `${name}@1.0.0`, in: `${name}::run` })
const many = Array.from({ length: 30 }, (_, index) => `dep${index}`)
const before = sites([app([]), ...many.map((name) => dependency(`${name}@1.0.0`))])
const after = sites([
  app([]),
  ...many.map((name) => dependency(`${name}@1.0.0`, [of(name, 'exec'), of(name, 'unsafe')])),
])
const draw = (old: typeof before, now: typeof before, whole = false): string =>
  renderDiff(compare(old, now), { columns: 100, colour: false, whole })

test('of what is longer than a screen the first in full, the others by their changes', () => {
  const text = draw(before, after)
  expect(text).toContain('dep0 1.0.0   the same files\n  + exec              new, 1 site\n')
  for (const name of many.slice(3)) expect(text).toContain(`\n${name} 1.0.0\n  + new exec, new unsafe\n`)
  expect(text).toContain('--show all')
  const whole = draw(before, after, true)
  expect(whole).not.toContain('--show all')
  expect(whole.match(/ {2}\+ exec {14}new, 1 site/g)).toHaveLength(many.length)
})

test('packages that are gone and could do the same are told together', () => {
  const one = sites([app([]), dependency('a@1.0.0', [of('a', 'exec')]), dependency('b@1.0.0', [of('b', 'exec')])])
  expect(draw(one, sites([app([])]))).toContain('\na 1.0.0, b 1.0.0\n    no longer there: exec\n')
})

test('a condition that changed is told in the same words by each format, both formulas whole', async () => {
  const on = (condition: string) =>
    sites([app([use('exec', 'std::process::Command::spawn', { condition })])], { granularity: 'site' })
  const diff = compare(on('windows'), on('any(unix, windows)'))
  for (const format of ['text', 'markdown', 'github', 'sarif'] as const) {
    const told = await render(diff, format)
    expect({ format, told: told.includes('in more builds than before') }).toEqual({ format, told: true })
    expect({ format, now: told.includes('any(unix, windows)') }).toEqual({ format, now: true })
    expect({ format, was: /was if `?windows/.test(told) }).toEqual({ format, was: true })
  }
})
