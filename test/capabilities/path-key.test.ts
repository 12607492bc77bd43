// The grammar of paths: four shapes, rustc's spellings, and which of them mean the same function.
import { describe, expect, test } from '@jest/globals'
import { MAX_PATH_LENGTH, parsePathKey, printPathKey } from '../../src/capabilities/path-key.js'
import { matchTexts } from '../../src/capabilities/path-match.js'

const printed = (text: string): string | undefined => {
  const key = parsePathKey(text)
  return key && printPathKey(key)
}

describe('round trip', () => {
  test.each([
    'std::fs::read',
    'std::fs::File::open',
    '<std::fs::File>::open',
    '<std::fs::File as std::io::Read>::read',
    '<_ as std::io::Read>::read',
    '<&std::fs::File as std::io::Read>::read',
    '<[]>::sort',
    '<[;] as std::iter::IntoIterator>::into_iter',
    '<*mut _>::write',
    '<(str, u16) as std::net::ToSocketAddrs>::to_socket_addrs',
    '<dyn std::io::Write + std::marker::Send as std::io::Write>::flush',
    'app::main::{closure#0}',
    'größe::höhe',
  ])('%s', (text) => {
    expect(printed(text)).toBe(text)
    expect(parsePathKey(printed(text) as string)).toEqual(parsePathKey(text))
  })
})

describe("rustc's spellings", () => {
  test.each([
    ['std::vec::Vec::<u8>::push', 'std::vec::Vec::push'],
    ['std::collections::HashMap<K, Vec<V>>::get', 'std::collections::HashMap::get'],
    ['std::fs::File::open::<impl AsRef<Path>>', 'std::fs::File::open'],
    ['core::str::<impl str>::len', '<str>::len'],
    ['std::slice::<impl [T]>::sort', '<[]>::sort'],
    ['std::ptr::const_ptr::<impl *const T>::add', '<*const _>::add'],
    [
      'de::impls::<impl de::Deserialize for std::time::Duration>::deserialize::check',
      '<std::time::Duration as de::Deserialize>::deserialize::check',
    ],
    ["<&'a mut std::fs::File as std::io::Read>::read", '<&std::fs::File as std::io::Read>::read'],
    ['<<S as Stream>::Write as std::io::Write>::flush', '<<S as Stream>::Write as std::io::Write>::flush'],
    ['<F as std::ops::Fn(&str) -> bool>::call', undefined],
    ['::std::fs::read', 'std::fs::read'],
    ['r#async::r#fn', 'async::fn'],
    ['app::f::{closure#0}::{closure#1}', 'app::f::{closure#0}::{closure#1}'],
  ])('%s', (text, expected) => expect(printed(text)).toBe(expected))

  test.each([
    '',
    '::',
    'std::',
    '<std::fs::File',
    '<>::f',
    'a b',
    'std::fs::read()',
    '<X as >::f',
    'a'.repeat(MAX_PATH_LENGTH + 1),
  ])('no path: %.20s', (text) => expect(parsePathKey(text)).toBeUndefined())
  test('hostile nesting ends', () => {
    for (const open of ['<', '&', '(', '[', '<impl ', '{']) {
      expect(() => parsePathKey(`<${open.repeat(900)}X as Y>::f`)).not.toThrow()
    }
  })
})

describe('the same function', () => {
  const aliases = new Map([
    ['core', ['std']],
    ['alloc', ['std']],
    ['std::io::error', ['std', 'io']],
    ['loop', ['loop']],
  ])
  const exact = (text: string): string => {
    const key = parsePathKey(text)
    if (!key) throw new Error(text)
    return matchTexts(key, aliases).exact
  }
  test.each([
    ['<std::fs::File>::open', 'std::fs::File::open'],
    ['core::io::error::Error::new', 'std::io::Error::new'],
    ['alloc::vec::Vec::push', 'std::vec::Vec::push'],
    ['<&mut std::fs::File as core::io::Read>::read', '<std::fs::File as std::io::Read>::read'],
    ['core::str::<impl str>::len', 'str::len'],
    ['<_ as std::io::Read>::read', 'std::io::Read::read'],
    [
      '<(&str, u16) as std::net::ToSocketAddrs>::to_socket_addrs',
      '<(str, u16) as std::net::ToSocketAddrs>::to_socket_addrs',
    ],
  ])('%s is %s', (a, b) => expect(exact(a)).toBe(exact(b)))

  test('a pointer, a slice or a trait object is not what it points to', () => {
    const file = exact('<std::fs::File as std::io::Read>::read')
    for (const self of ['*const std::fs::File', '[std::fs::File]', 'dyn std::io::Read', '(std::fs::File)']) {
      expect(exact(`<${self} as std::io::Read>::read`)).not.toBe(file)
    }
  })
  test('an alias of itself ends', () => expect(exact('loop::f')).toBe('loop::f'))
})
