import { describe, expect, test } from '@jest/globals'
import { findCompileTargets } from '../../src/project/compile-targets.js'
import { type Manifest, parseManifestText, readManifest } from '../../src/project/manifest.js'

function manifestOf(text: string, workspace = ''): Manifest {
  const root = workspace === '' ? undefined : parseManifestText(workspace, 'root').workspace
  return readManifest(parseManifestText(text, 'Cargo.toml'), 'Cargo.toml', root)
}

const PACKAGE = '[package]\nname = "my-crate"\nversion = "1.0.0"\nedition = "2021"\n'

describe('dependencies of a manifest', () => {
  test('every table, renames, and platforms', () => {
    const { dependencies } = manifestOf(`${PACKAGE}
[dependencies]
plain = "1"
renamed = { package = "real-name", version = "2", default-features = false, features = ["x"], optional = true }
[build_dependencies]
cc = "1"
[dev-dependencies]
check = "1"
[target.'cfg(windows)'.dependencies]
win = "0.1"
[target.x86_64-unknown-linux-gnu.build-dependencies]
lin = { git = "https://host.invalid/lin", rev = "abc" }
`)
    const lines = dependencies.map(
      ({ nameInToml, packageName, kind, optional, defaultFeatures, features, platform }) =>
        `${nameInToml} ${packageName} ${kind} ${optional} ${defaultFeatures} [${features}] ${platform?.text ?? '-'}`,
    )
    expect(lines).toEqual([
      'plain plain normal false true [] -',
      'renamed real-name normal true false [x] -',
      'cc cc build false true [] -',
      'check check dev false true [] -',
      'win win normal false true [] cfg(windows)',
      'lin lin build false true [] x86_64-unknown-linux-gnu',
    ])
  })

  test('what is inherited from the workspace, with the member’s own features added', () => {
    const manifest = manifestOf(
      `[package]
name = "member"
version.workspace = true
edition.workspace = true
[dependencies]
a = { workspace = true, features = ["own"], optional = true }
b = { workspace = true, default-features = false }
c = { workspace = true, default-features = true }
`,
      `[workspace.package]
version = "3.1.4"
edition = "2024"
[workspace.dependencies]
a = { version = "1", features = ["common"], package = "other" }
b = "2"
c = { path = "c", default-features = false }
`,
    )
    expect([manifest.version, manifest.edition]).toEqual(['3.1.4', 2024])
    expect(manifest.dependencies).toMatchObject([
      { nameInToml: 'a', packageName: 'other', optional: true, features: ['common', 'own'], requirement: '1' },
      // Only the workspace can turn default features off; the member's word alone does nothing.
      { nameInToml: 'b', defaultFeatures: true },
      { nameInToml: 'c', defaultFeatures: true, path: 'c', pathBase: 'workspace' },
    ])
  })

  test('what cannot be understood is said, and the rest still read', () => {
    const { dependencies, problems } = manifestOf(
      `${PACKAGE}[target.'cfg(('.dependencies]\nx = "1"\n[dependencies]\ny = "1"\n`,
    )
    expect(dependencies.map(({ nameInToml }) => nameInToml)).toEqual(['y'])
    expect(problems.join()).toContain('is not understood')
  })

  test('a missing [package] and an inheritance of nothing are errors', () => {
    expect(() => manifestOf('[dependencies]')).toThrow('no [package]')
    expect(() => manifestOf('[package]\nname = "a"\nversion.workspace = true')).toThrow('package.version is inherited')
    const ofPlatform = `${PACKAGE}[target."cfg(unix)".dependencies]\na.workspace = true\n`
    expect(() => manifestOf(ofPlatform)).toThrow('dependency a is inherited')
  })
})

test('a key that would vanish between the parser and the schema is an error', () => {
  expect(() => manifestOf(`${PACKAGE}[features]\ndefault = ["__proto__"]\n__proto__ = ["dep:hidden"]\n`)).toThrow(
    '__proto__',
  )
})

describe('features of a manifest', () => {
  test('optional dependencies are features unless some `dep:` names them', () => {
    const { features } = manifestOf(`${PACKAGE}
[features]
default = ["std"]
std = ["dep:hidden"]
[dependencies]
hidden = { version = "1", optional = true }
shown = { version = "1", optional = true }
always = "1"
`)
    expect([...features]).toEqual([
      ['default', ['std']],
      ['std', ['dep:hidden']],
      ['shown', ['dep:shown']],
    ])
  })
})

test.each(['.cargo', '', 'a b', 'a/b', 'a@1'])('%j is no name of a package, as in cargo', (name) => {
  expect(() => manifestOf(`[package]\nname = "${name}"\n`)).toThrow()
})

describe('targets of a package', () => {
  const OWN = { local: true, withTests: false }
  const files = (...paths: string[]): Map<string, number> => new Map(paths.map((path) => [path, 1]))
  const print = (text: string, found: Map<string, number>): string[] =>
    findCompileTargets(manifestOf(text), { files: found }, [], OWN).targets.map(
      ({ kind, crateName, name, root }) => `${kind} ${name} ${crateName} ${root}`,
    )

  test('what cargo finds by looking', () => {
    const all = files(
      'src/lib.rs',
      'src/main.rs',
      'src/bin/one.rs',
      'src/bin/two/main.rs',
      'src/bin/two/util.rs',
      'build.rs',
      'examples/e.rs',
      'tests/t.rs',
      'benches/b/main.rs',
    )
    expect(print(PACKAGE, all)).toEqual([
      'lib my_crate my_crate src/lib.rs',
      'build build-script-build build_script_build build.rs',
      'bin my-crate my_crate src/main.rs',
      'bin one one src/bin/one.rs',
      'bin two two src/bin/two/main.rs',
      'example e e examples/e.rs',
      'test t t tests/t.rs',
      'bench b b benches/b/main.rs',
    ])
  })

  test('names and paths of one’s own', () => {
    const text = `${PACKAGE}build = "build/main.rs"\n[lib]\nname = "other"\npath = "./lib/other.rs"\n[[bin]]\nname = "rg"\npath = "core/main.rs"\n`
    expect(print(text, files('lib/other.rs', 'core/main.rs', 'build/main.rs', 'src/main.rs'))).toEqual([
      'lib other other lib/other.rs',
      'build build-script-main build_script_main build/main.rs',
      'bin my-crate my_crate src/main.rs',
      'bin rg rg core/main.rs',
    ])
  })

  test.each([
    [
      'proc-macro',
      `${PACKAGE}[lib]\nproc-macro = true\n`,
      ['proc-macro my_crate my_crate src/lib.rs', 'bin my-crate my_crate src/main.rs'],
    ],
    [
      'crate-type of a proc macro',
      `${PACKAGE}autobins = false\n[lib]\ncrate-type = ["proc-macro"]\n`,
      ['proc-macro my_crate my_crate src/lib.rs'],
    ],
    [
      'a proc macro with crate types of its own is what these say, as in cargo',
      `${PACKAGE}autobins = false\n[lib]\nproc-macro = true\ncrate-type = ["lib"]\n`,
      ['lib my_crate my_crate src/lib.rs'],
    ],
    ['autobins = false', `${PACKAGE}autobins = false\n`, ['lib my_crate my_crate src/lib.rs']],
    ['autolib = false', `${PACKAGE}autolib = false\n`, ['bin my-crate my_crate src/main.rs']],
    [
      'a declared target in 2015',
      PACKAGE.replace('2021', '2015').concat('[[bin]]\nname = "x"\npath = "src/lib.rs"\n'),
      ['lib my_crate my_crate src/lib.rs', 'bin x x src/lib.rs'],
    ],
    [
      'another name for src/main.rs',
      `${PACKAGE}[[bin]]\nname = "x"\npath = "src/main.rs"\n`,
      ['lib my_crate my_crate src/lib.rs', 'bin x x src/main.rs'],
    ],
  ])('%s', (_, text, expected) => {
    expect(print(text, files('src/lib.rs', 'src/main.rs'))).toEqual(expected)
  })

  test('names that differ by case from what cargo looks for, and from each other, are lost', () => {
    const tree = { files: files('Build.rs', 'src/LIB.rs', 'src/a.rs', 'src/A.rs', 'src/bin/Own.rs', 'src/lib.rs') }
    const { lost } = findCompileTargets(manifestOf(PACKAGE), tree, [], OWN)
    expect(lost.map(({ what }) => what)).toEqual([
      'Build.rs is build.rs where case is ignored',
      'src/LIB.rs is src/lib.rs where case is ignored',
      'src/a.rs and src/A.rs are one file where case is ignored',
      'src/LIB.rs and src/lib.rs are one file where case is ignored',
    ])
  })

  test('what only a nightly cargo does with a manifest is told apart', () => {
    const { nightly } = manifestOf(`cargo-features = ["edition2021", "metabuild"]\n${PACKAGE}`)
    expect(nightly).toEqual(['metabuild'])
  })

  test('a target without its file is lost, also one outside the package', () => {
    const problems: string[] = []
    const manifest = manifestOf(`${PACKAGE}[lib]\npath = "../outside.rs"\n[[bin]]\nname = "gone"\n`)
    const lost = ['the lib target my_crate has no file ../outside.rs']
    const program = 'the bin target gone has no file src/bin/gone.rs'
    const tree = { files: files('src/other.rs') }
    const own = findCompileTargets(manifest, tree, problems, OWN)
    expect(own).toMatchObject({ targets: [], lost: [...lost, program].map((what) => ({ what })) })
    expect(problems).toEqual([])
    // Nobody compiles the programs of others.
    const other = findCompileTargets(manifest, tree, problems, { ...OWN, local: false })
    expect(other).toMatchObject({ targets: [], lost: lost.map((what) => ({ what })) })
    expect(problems).toEqual([program])
  })
})

test.each([
  ['[package]\nname = "a"\nedition = 3', 'line 3: package.edition is a number; it takes a text or a table'],
  [
    '[package]\nname = "a"\n[dependencies]\n\nx = { version = 1 }',
    'line 5: dependencies.x.version is a number; it takes a text',
  ],
  ['[package]\n\nversion = "1.0.0"', 'line 1: package.name is missing; it takes a text'],
  ['[[bin]]\nname = "a"\n[[bin]]\ntest = "yes"', 'line 4: bin.1.test is a text; it takes true or false'],
  ['[package]\nname = "a', '2:  name = "a'],
])('a mistake is told with its line: %j', (text, why) => {
  expect(() => parseManifestText(text, 'Cargo.toml')).toThrow(why)
})
