import { expect, test } from '@jest/globals'
import { crateCfg } from '../../src/names/crate-cfg.js'
import { inactiveBranches } from '../../src/names/inactive-branches.js'
import { knownTargets } from '../../src/project/targets.js'

const cfgFor = (triple: string) => {
  const target = knownTargets().get(triple)
  if (!target) throw new Error(`no target ${triple}`)
  return crateCfg(
    {
      features: [],
      declaredFeatures: [],
      buildScriptWords: undefined,
      dependencies: new Map(),
      forHost: false,
      onlyForHost: false,
    },
    target,
  )
}
const LINUX = cfgFor('x86_64-unknown-linux-gnu')
const WINDOWS = cfgFor('x86_64-pc-windows-msvc')

/** The branches that are left. */
function seen(text: string, cfgs = [LINUX]): string {
  let out = text
  for (const { at, end } of [...inactiveBranches(text, 0, text.length, cfgs)].reverse()) {
    out = `${out.slice(0, at)}-${out.slice(end)}`
  }
  return out
}

const CHAIN = 'if #[cfg(windows)] { mod w; } else if #[cfg(unix)] { mod u; } else { mod other; }'

test('of a chain, the branch that is taken stays', () => {
  expect(seen(CHAIN)).toBe('if #[cfg(windows)] - else if #[cfg(unix)] { mod u; } else -')
  expect(seen(CHAIN, [WINDOWS])).toBe('if #[cfg(windows)] { mod w; } else if #[cfg(unix)] - else -')
})

test('for several targets, every branch that one of them takes stays', () => {
  expect(seen(CHAIN, [LINUX, WINDOWS])).toBe(CHAIN.replace(/\{ mod other; \}/, '-'))
})

test('a second chain begins anew', () => {
  expect(seen(`${CHAIN} if #[cfg(unix)] { mod x; } else { mod y; }`)).toMatch(/\{ mod x; } else -$/)
})

test('attributes of items, other macros and broken tokens are left alone', () => {
  for (const text of [
    '#[cfg(windows)] mod w;',
    '#[cfg(windows)] { mod w; }',
    'a => { mod w; }',
    'if #[cfg(windows)] { (',
  ]) {
    expect(seen(text)).toBe(text)
  }
})
