import { beforeAll, describe, expect, test } from '@jest/globals'
import { printCfg } from '../../src/base/index.js'
import { initSyntax, parseFile } from '../../src/syntax/index.js'

beforeAll(initSyntax)

function cfgOf(attributes: string): string {
  const [item] = parseFile(`${attributes} fn f() {}`).items
  return item?.cfg ? printCfg(item.cfg) : ''
}
function metas(attributes: string): readonly unknown[] {
  return parseFile(`${attributes} fn f() {}`).items[0]?.attrs.map((attr) => attr.meta) ?? []
}

describe('conditions', () => {
  test.each([
    ['', ''],
    ['#[inline]', ''],
    ['#[cfg(unix)]', 'unix'],
    ['#[cfg(unix)] #[cfg(feature = "x")]', 'all(unix, feature = "x")'],
    ['#[cfg(all(a, not(b), any(c, d)))]', 'all(a, not(b), any(c, d))'],
    ['#[cfg(true)]', ''],
    ['#[cfg(false)]', 'false'],
    ['#[cfg(r#true)]', ''],
    // a cfg inside cfg_attr only counts where the predicate holds
    ['#[cfg_attr(a, cfg(b))]', 'any(not(a), b)'],
    ['#[cfg_attr(a, inline, cfg(b))]', 'any(not(a), b)'],
    ['#[cfg_attr(a, cfg_attr(b, cfg(c)))]', 'any(not(all(a, b)), c)'],
    // what nobody can decide stays open, under its text
    ['#[cfg(version("1.80"))]', 'version("1.80")'],
  ])('%s', (attributes, cfg) => {
    expect(cfgOf(attributes)).toBe(cfg)
  })
})

test('predicates may nest as deep as they like', () => {
  expect(cfgOf(`#[cfg(${'all('.repeat(300)}unix${')'.repeat(300)})]`)).toContain('unix')
})

test('a concat! of literals is what it makes', () => {
  expect(metas(`#[link_name = concat!("sys", "tem", concat!('_', 1, true))] #[b = concat!(x!())]`)).toMatchObject([
    { path: 'link_name', value: 'system_1true' },
    { path: 'b', expr: {} },
  ])
})

describe('metas', () => {
  test('paths, values, lists', () => {
    expect(metas('#[a::b] #[c = "\\n"] #[d(e, f = "g", "h", 1)]')).toMatchObject([
      { path: 'a::b' },
      { path: 'c', value: '\n' },
      {
        path: 'd',
        list: [{ path: 'e' }, { path: 'f', value: 'g' }, { path: '', value: 'h' }, { path: '', value: '1' }],
      },
    ])
  })

  test('unsafe(..) is unwrapped and cfg_attr spread', () => {
    expect(metas('#[unsafe(no_mangle)] #[unsafe(export_name = "x")]')).toMatchObject([
      { path: 'no_mangle' },
      { path: 'export_name', value: 'x' },
    ])
    expect(parseFile('#[cfg_attr(unix, a, b(c))] fn f() {}').items[0]?.attrs).toMatchObject([
      { meta: { path: 'a' }, cfg: { k: 'option', name: 'unix' } },
      { meta: { path: 'b' }, cfg: { k: 'option', name: 'unix' } },
    ])
  })

  test('tokens that are no metas keep their place only', () => {
    const text = '#[a(b => c)]'
    const [meta] = metas(text) as readonly { readonly list?: unknown; readonly tokens: { at: number; end: number } }[]
    expect(meta?.list).toBeUndefined()
    expect(meta && text.slice(meta.tokens.at, meta.tokens.end)).toBe('b => c')
  })

  test('doc comments are no attributes; doc = include_str!(..) is one', () => {
    expect(metas('/// text\n#[doc = include_str!("x")]')).toMatchObject([{ path: 'doc', expr: { at: 17 } }])
    expect(parseFile('//! text\n#![no_std]\n#![doc = include_str!("x")]').attrs.map((attr) => attr.meta.path)).toEqual([
      'no_std',
      'doc',
    ])
  })
})

test('conditions reach every place that can have one', () => {
  const facts = parseFile(`
    fn f(#[cfg(a)] x: u8, #[cfg(b)] &self) {
      #[cfg(c)] let y = 1;
      #[cfg(d)] g();
      #[cfg(e)] { h() }
      match x { #[cfg(f)] _ => 1 };
      k(#[cfg(g)] x);
      let S { #[cfg(h)] z, .. } = w;
    }
    struct T<#[cfg(i)] U>(U);
  `)
  expect(facts.errors).toEqual([])
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'cfg') found.add((inner as { name: string }).name)
      else if (key !== 'attrs') visit(inner)
    }
  }
  visit(facts.items)
  visit(facts.bodies)
  expect([...found].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])
})
