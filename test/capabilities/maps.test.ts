// Maps: what a file may say, which row wins, and that every error names file and line.
import { describe, expect, test } from '@jest/globals'
import { readCapslockMap } from '../../src/capabilities/capslock-map.js'
import { MapError, readMapFile } from '../../src/capabilities/map-file.js'
import { buildMaps } from '../../src/capabilities/map-index.js'
import { findEffect, findFact, lookupPaths } from '../../src/capabilities/map-lookup.js'

const read = (text: string, name = 'ours.toml') => readMapFile({ name, text: `version = 1\n${text}` })
const mapsOf = (ours: string, user?: string) =>
  buildMaps([read(ours)], user === undefined ? [] : [read(user, 'mine.toml')])
const rows = (...lines: string[]): string => `rows = [\n${lines.map((line) => `  { ${line} },`).join('\n')}\n]`

function errorOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof MapError) return error.message
    throw error
  }
  return 'no error'
}

describe('errors name file and line', () => {
  test.each([
    [
      'a misspelled field',
      rows('path = "a::b", grants = ["exec"]', 'path = "a::c", grant = ["exec"]'),
      'ours.toml:4: ',
    ],
    ['an unknown capability', rows('path = "a::b", grants = ["execute"]'), 'ours.toml:3: rows[0].grants[0] '],
    ['no effect', rows('path = "a::b"'), 'ours.toml:3: rows[0] needs exactly one of grants, safe, neutral'],
    [
      'two effects',
      rows('path = "a::b", safe = "x", neutral = true'),
      'ours.toml:3: rows[0] needs exactly one of grants',
    ],
    [
      'two subjects',
      rows('path = "a::b", type = "a::B", neutral = true'),
      'ours.toml:3: rows[0] needs exactly one of path',
    ],
    ['no path', rows('path = "a b", neutral = true'), 'ours.toml:3: rows[0].path is not a path'],
    ['no impl', rows('impl = "a::b", neutral = true'), 'ours.toml:3: rows[0].impl is not an impl'],
    [
      'a family without a reason',
      '\n[[symbols]]\ngrants = ["exec"]\nnames = ["a"]',
      'ours.toml:3: symbols[0] needs a why',
    ],
    [
      'a name that is none',
      '[[symbols]]\nsafe = "x"\nnames = [\n  "a",\n  "b c",\n]',
      'ours.toml:6: symbols[0].names[1] "b c" is not a name',
    ],
    ['no TOML', 'rows = [', 'ours.toml:2: Invalid TOML'],
    ['an unknown section', '# text\nrow = []', 'ours.toml:3: '],
  ])('%s', (_, text, message) => expect(errorOf(() => read(text))).toContain(message))

  test('two rows for one thing, however spelled', () => {
    const text = `alias = [{ path = "core", means = "std" }]\n${rows('path = "std::fs::File::open", neutral = true', 'path = "<core::fs::File>::open", safe = "x"')}`
    expect(errorOf(() => buildMaps([read(text)]))).toBe(
      'ours.toml:5: the path std::fs::File::open is classified already, at ours.toml:4',
    )
    expect(
      errorOf(() =>
        buildMaps([read(rows('path = "a::b", neutral = true')), read(rows('path = "a::b", safe = "x"'), 'b.toml')]),
      ),
    ).toBe('b.toml:3: the path a::b is classified already, at ours.toml:3')
  })
})

describe('which row wins', () => {
  const grants = (ours: string, path: string, user?: string) => lookupPaths(mapsOf(ours, user), [path])[0]?.capabilities

  test('exact function, then any type, impl, type, module', () => {
    const all = [
      'prefix = "a", grants = ["exec"]',
      'type = "a::T", grants = ["time"]',
      'impl = "<a::T as b::Tr>", grants = ["thread"]',
      'path = "<_ as b::Tr>::any", grants = ["random"]',
      'path = "<a::T as b::Tr>::one", grants = ["stdio"]',
    ]
    expect(grants(rows(...all), '<a::T as b::Tr>::one')).toEqual(['stdio'])
    expect(grants(rows(...all), '<a::T as b::Tr>::any')).toEqual(['random'])
    expect(grants(rows(...all), '<a::T as b::Tr>::other')).toEqual(['thread'])
    expect(grants(rows(...all), '<a::T>::new')).toEqual(['time'])
    expect(grants(rows(...all), 'a::deep::f')).toEqual(['exec'])
    expect(grants(rows(...all), 'ab::f')).toEqual([])
  })
  test('the inner module beats the outer, neutral clears', () => {
    const text = rows('prefix = "a", grants = ["exec"]', 'prefix = "a::b", neutral = true')
    expect(grants(text, 'a::b::f')).toEqual([])
    expect(findEffect(mapsOf(text), { callee: 'a::b::f' })?.wall).toBe(false)
  })
  test('a module has its functions and the methods of its types; a prefix the impls of traits too', () => {
    const module = rows('module = "a::b", grants = ["exec"]', 'prefix = "a", grants = ["time"]')
    for (const path of ['a::b::f', 'a::b::T::new', '<a::b::T>::new', 'a::b::c::f']) {
      expect([path, grants(module, path)]).toEqual([path, ['exec']])
    }
    expect(grants(module, '<a::b::T as std::clone::Clone>::clone')).toEqual(['time'])
    expect(grants(rows('module = "a::b", grants = ["exec"]'), '<a::b::T as std::clone::Clone>::clone')).toEqual([])
    expect(errorOf(() => mapsOf(rows('module = "a", safe = "x"', 'prefix = "a", safe = "x"')))).toBe(
      'ours.toml:4: the module a is classified already, at ours.toml:3',
    )
  })
  test('what is no function is only what a row of its own path says; a static is a symbol as well', () => {
    const maps = mapsOf(
      rows(
        'prefix = "a", grants = ["exec"]',
        'type = "a::T", grants = ["exec"]',
        'path = "a::T::OWN", grants = ["time"]',
      ) +
        '\n[[symbols]]\nwhy = "w"\ngrants = ["env/read"]\nnames = ["environ"]\n[[symbols]]\nwhy = "w"\ngrants = ["exec"]\nnames = ["X*"]',
    )
    for (const item of ['const', 'static', 'constructor'] as const) {
      expect(findEffect(maps, { callee: 'a::T::X', item })).toBeUndefined()
      expect(findEffect(maps, { callee: 'a::T::OWN', item })?.grants).toEqual(['time'])
    }
    expect(findEffect(maps, { callee: null, symbol: 'environ', item: 'static' })?.grants).toEqual(['env/read'])
    expect(findEffect(maps, { callee: null, symbol: 'environ', item: 'const' })).toBeUndefined()
  })
  test("a user's row beats ours, however wide it is", () => {
    expect(grants(rows('path = "a::b::f", grants = ["exec"]'), 'a::b::f', rows('prefix = "a", safe = "mine"'))).toEqual(
      [],
    )
  })
  test('any spelling of a reference finds the row', () => {
    const maps = mapsOf(rows('path = "std::net::TcpStream::connect", grants = ["network/connect"]'))
    const spellings = { callee: 'std::net::tcp::TcpStream::connect', aliases: ['std::net::TcpStream::connect'] }
    expect(findEffect(maps, spellings)?.grants).toEqual(['network/connect'])
  })
})

describe('symbols and facts', () => {
  test('a kind that nothing has is an error with its line', () => {
    const text =
      'version = 1\nfacts = [\n  { kind = "asm", grants = ["asm"] },\n  { kind = "unsafe impl", grants = ["unsafe"] },\n]\n'
    const problem = errorOf(() => readMapFile({ name: 'user.toml', text }))
    expect(problem).toMatch(/^user\.toml:4: facts\[1\]\.kind is none of "raw dereference", /)
    expect(problem).toMatch(/"foreign call", "loss"$/)
  })
  const maps = mapsOf(`symbol_crates = ["libc"]
facts = [
  { kind = "attribute", what = "export_name = *", known_symbol = true, grants = ["hook"] },
  { kind = "attribute", what = "no_mangle", known_symbol = true, grants = ["hook"] },
]
[[symbols]]
why = "x"
grants = ["fs/read"]
names = ["open", "sqlite3_*"]
[[symbols]]
safe = "x"
names = ["sqlite3_free", "malloc"]`)
  const symbol = (name: string) => findEffect(maps, { callee: null, symbol: name })?.grants

  test('a full name beats a beginning', () => {
    expect(symbol('sqlite3_exec')).toEqual(['fs/read'])
    expect(symbol('sqlite3_free')).toEqual([])
    expect(symbol('frobnicate')).toBeUndefined()
  })
  test('decorated names are those of the headers', () => {
    expect(['open$UNIX2003', '_open@8', '\x01_open', 'open'].map(symbol)).toEqual(Array(4).fill(['fs/read']))
  })
  test('paths into crates that only declare', () => {
    const paths = ['libc::open', 'libc::unix::linux_like::open', 'mylib::open']
    expect(lookupPaths(maps, paths).map((found) => found.capabilities)).toEqual([['fs/read'], ['fs/read'], []])
  })
  test('an attribute that replaces a known symbol', () => {
    expect(findFact(maps, 'attribute', 'no_mangle', 'malloc')?.grants).toEqual(['hook'])
    expect(findFact(maps, 'attribute', 'no_mangle', 'my_plugin_entry')).toBeUndefined()
    expect(findFact(maps, 'attribute', 'export_name = open', 'f')?.grants).toEqual(['hook'])
    expect(findFact(maps, 'attribute', 'export_name = sqlite3_mine', 'f')).toBeUndefined()
  })
})

describe("Capslock's lines", () => {
  test('func and package, its categories as ours', () => {
    const text =
      '# notes\npackage app::net NETWORK\nfunc app::net::probe SAFE # fine\n\nfunc app::run CAPABILITY_EXEC\n'
    const maps = buildMaps([], [readCapslockMap({ name: 'team.cm', text })])
    const found = lookupPaths(maps, ['app::net::dial', 'app::net::probe', 'app::run'])
    expect(found.map((path) => path.capabilities)).toEqual([
      ['network/connect', 'network/listen', 'network/resolve'],
      [],
      ['exec'],
    ])
  })
  test.each([
    ['ignore_edge a b', 'team.cm:2: "ignore_edge" lines have no meaning for Rust'],
    ['func a::b', 'team.cm:2: expected "func PATH CATEGORY"'],
    ['func a::b DANGEROUS', 'team.cm:2: "DANGEROUS" is none of Capslock\'s categories'],
    ['func a::b CAPABILITY_REFLECT', 'team.cm:2: "CAPABILITY_REFLECT" is about Go: Rust has nothing like it'],
    ['cgo_suffix _cgo_runtime_cgocall', 'team.cm:2: "cgo_suffix" lines have no meaning for Rust'],
    ['unanalyzed', 'team.cm:2: expected "unanalyzed PATH"'],
    ['func (*os.File).Read FILES', 'team.cm:2: "(*os.File).Read" is not a Rust path'],
  ])('%s', (line, message) => {
    expect(errorOf(() => readCapslockMap({ name: 'team.cm', text: `# x\n${line}` }))).toBe(message)
  })
  test('what Capslock reads: any white space, words after CAPABILITY_, parts of categories, unanalyzed lines', () => {
    const text = [
      '\tpackage   app::os\tCAPABILITY_OPERATING_SYSTEM  # catch-all\r',
      'func app::os::set MODIFY_SYSTEM_STATE/ENV',
      'func app::os::log MODIFY_SYSTEM_STATE/LOGGING',
      'func app::os::plain CAPABILITY_UNSPECIFIED',
      'func <app::Log as std::io::Write>::write FILES',
      'unanalyzed app::sort',
      'unanalyzed app::os::set',
      '   # nothing',
    ].join('\n')
    const maps = buildMaps([], [readCapslockMap({ name: 'team.cm', text })])
    const paths = [
      'app::os::other',
      'app::os::set',
      'app::os::log',
      'app::os::plain',
      '<app::Log as std::io::Write>::write',
      'app::sort',
    ]
    expect(lookupPaths(maps, paths).map((found) => found.capabilities)).toEqual([
      ['system/read', 'system/write'],
      ['env/write'],
      ['env/write', 'system/write', 'process/signal', 'process/exit'],
      [],
      ['fs/write', 'fs/read', 'fs/meta'],
      ['unanalyzed'],
    ])
  })
  test('twice the same is an error with its line', () => {
    const text = 'func a::b SAFE\nfunc a::b EXEC'
    expect(errorOf(() => buildMaps([], [readCapslockMap({ name: 'team.cm', text })]))).toContain('team.cm:2: ')
  })
})
