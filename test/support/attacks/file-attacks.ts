/** Attacks by files: vendored, included, linked, of submodules, of members; and by what a manifest says of its own package. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Attack, registryBase, setManifest, USES_TOOL } from './attack.js'
import { vendored } from './vendored.js'
import { CLEAN, EVIL, lockfile, manifest, type Workshop } from './workshop.js'

/** `app`, whose `tool` is vendored. */
function vendoredBase(listed?: readonly string[]) {
  return (place: Workshop): void => {
    registryBase(place)
    vendored(place, 'vendor/tool', 'tool@1.0.0', VENDORED, listed)
    place.write({
      '.cargo/config.toml': '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "vendor"\n',
    })
  }
}
const VENDORED = { 'src/lib.rs': 'mod more;\npub fn run() -> u32 { more::run() }\n', 'src/more.rs': CLEAN }

const vendor: readonly Attack[] = [
  {
    name: 'vendored file changed together with its checksum',
    before: vendoredBase(),
    after: (place) => vendored(place, 'vendor/tool', 'tool@1.0.0', { ...VENDORED, 'src/more.rs': EVIL }),
    tells: /tool/,
  },
  {
    name: 'vendored file changed, its checksum not',
    before: vendoredBase(),
    after: (place) => place.write({ 'vendor/tool/src/more.rs': EVIL }),
    tells: /tool/,
  },
  {
    name: 'vendored file that no checksum is written down for',
    before: vendoredBase(['Cargo.toml', 'src/lib.rs']),
    after: (place) => place.write({ 'vendor/tool/src/more.rs': EVIL }),
    tells: /tool/,
  },
  {
    name: 'vendored file taken from the list of checksums, and changed',
    before: vendoredBase(),
    after: (place) =>
      vendored(place, 'vendor/tool', 'tool@1.0.0', { ...VENDORED, 'src/more.rs': EVIL }, ['src/lib.rs']),
    tells: /tool/,
  },
  {
    name: 'a second directory of the same package, behind a link',
    before: (place) => {
      vendoredBase()(place)
      vendored(place, 'spare/tool', 'tool@1.0.0', { ...VENDORED, 'src/more.rs': EVIL })
    },
    after: (place) => place.link('vendor/zz', '../spare/tool'),
    tells: /tool/,
  },
]

/** Two members, of which `app` uses `tool` by its path. */
function members(place: Workshop): void {
  place.write({
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "tool"]\n',
    'app/Cargo.toml': manifest('app@1.0.0', '[dependencies]\ntool = { path = "../tool" }\n'),
    'app/src/lib.rs': USES_TOOL,
    'tool/Cargo.toml': manifest('tool@1.0.0'),
    'tool/src/lib.rs': CLEAN,
    'elsewhere/Cargo.toml': manifest('tool@1.0.0'),
    'elsewhere/src/lib.rs': EVIL,
    'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, { id: 'tool@1.0.0' }),
  })
  place.put('outside/Cargo.toml', manifest('tool@1.0.0'))
  place.put('outside/src/lib.rs', EVIL)
}

const links: readonly Attack[] = ['../elsewhere', '../../outside'].flatMap((target): readonly Attack[] => [
  {
    name: `a member replaced by a link to ${target}`,
    before: members,
    after: (place) => {
      place.delete('tool')
      place.link('tool', target.slice(3))
    },
    tells: /tool/,
  },
  {
    name: `a file of a member replaced by a link into ${target}`,
    before: members,
    after: (place) => {
      place.delete('tool/src/lib.rs')
      place.link('tool/src/lib.rs', `../${target}/src/lib.rs`)
    },
    tells: /tool/,
  },
])

/** Files and directories that cargo finds by following links, or beside the package. */
const found: readonly Attack[] = [
  ...['../elsewhere/src/lib.rs', '../../outside/src/lib.rs'].flatMap((file): readonly Attack[] => [
    {
      name: `a build script that is a link to ${file}`,
      before: members,
      after: (place) => place.link('app/build.rs', file),
      tells: /build|unanalyzed/,
    },
    {
      name: `a program that is a link to ${file}`,
      before: members,
      after: (place) => place.link('app/src/main.rs', `../${file}`),
      tells: /main\.rs|unanalyzed/,
    },
    {
      name: `a directory of programs that is a link beside ${file}`,
      before: members,
      after: (place) => place.link('app/src/bin', `../${file.replace('/lib.rs', '')}`),
      tells: /bin|unanalyzed/,
    },
    {
      name: `a library at ${file}`,
      before: members,
      after: (place) => place.write({ 'tool/Cargo.toml': manifest('tool@1.0.0', `[lib]\npath = "${file}"\n`) }),
      tells: /tool|unanalyzed/,
    },
    {
      name: `a build script at ${file}`,
      before: members,
      after: (place) => place.write({ 'app/Cargo.toml': manifest('app@1.0.0', `build = "${file}"\n${TOOL}`) }),
      tells: /build|unanalyzed/,
    },
  ]),
  ...['../elsewhere', '../../outside'].map(
    (target): Attack => ({
      name: `a link to ${target} where a pattern of members finds it`,
      before: (place) => globbed(place, ['app', 'tool']),
      after: (place) => {
        place.link('crates/evil', target)
        place.write({ 'Cargo.lock': lockfile(APP, { id: 'tool@1.0.0' }, { id: 'evil@1.0.0' }) })
      },
      tells: /evil/,
    }),
  ),
  ...(
    [
      ['target', '', 'target'],
      ['a directory that configuration names', '[build]\ntarget-dir = "out"\n', 'out'],
      ['a link', '', 'elsewhere/out'],
    ] as const
  ).map(
    ([what, configuration, directory]): Attack => ({
      name: `build output that is committed in ${what}`,
      before: (place) => {
        members(place)
        if (configuration !== '') place.write({ '.cargo/config.toml': configuration })
      },
      after: (place) => {
        if (directory.startsWith('elsewhere')) place.link('target', directory)
        place.write({
          [`${directory}/CACHEDIR.TAG`]: 'Signature: 8a477f597d28d172789f06886806bc55\n',
          [`${directory}/debug/.fingerprint/app-0123/bin-app`]: '0123',
          [`${directory}/debug/app`]: '\x7fELF',
        })
      },
      tells: /unanalyzed|build output/,
    }),
  ),
  {
    name: 'a build script for file systems that ignore case',
    before: members,
    after: (place) => place.write({ 'app/Build.rs': `fn main() { run(); }\n${EVIL}` }),
    tells: /unanalyzed|Build\.rs/,
  },
  {
    name: 'a file that takes the place of another where case is ignored',
    before: members,
    after: (place) => place.write({ 'app/src/LIB.rs': EVIL }),
    tells: /unanalyzed|LIB\.rs/,
  },
  {
    name: 'an encoding in which letters are braces',
    before: members,
    after: (place) => place.write({ '.gitattributes': '[attr]odd working-tree-encoding=ISO646-FR\n*.rs odd\n' }),
    tells: /unanalyzed|encoding/,
    // The worktree is read as it is.
    gates: ['staged', 'rev', 'action'],
  },
  {
    name: 'a member beside the workspace that says that it belongs to it',
    directory: 'inner',
    before: (place) => {
      place.write({
        'inner/Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["one"]\n',
        'inner/one/Cargo.toml': manifest('one@1.0.0'),
        'inner/one/src/lib.rs': CLEAN,
        'inner/Cargo.lock': lockfile({ id: 'one@1.0.0' }),
        'evil/Cargo.toml': manifest('evil@1.0.0', 'workspace = "../inner"\n'),
        'evil/src/lib.rs': EVIL,
      })
    },
    after: (place) =>
      place.write({
        'inner/Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["one", "../evil"]\n',
        'inner/Cargo.lock': lockfile({ id: 'one@1.0.0' }, { id: 'evil@1.0.0' }),
      }),
    tells: /evil/,
  },
  {
    name: 'a package that is called as configuration is',
    before: (place) => {
      members(place)
      place.write({ '.cargo/config.toml': '[build]\nrustc-wrapper = "sccache"\n' })
    },
    after: (place) => {
      const list = 'members = ["app", "tool", "elsewhere"]'
      place.write({ 'Cargo.toml': `[workspace]\nresolver = "2"\n${list}\n` })
      place.write({
        'elsewhere/Cargo.toml': '[package]\nname = ".cargo"\nversion = "0.0.0"\nedition = "2021"\n',
        'elsewhere/build.rs': `fn main() { run(); }\n${EVIL}`,
        'Cargo.lock': lockfile(APP, { id: 'tool@1.0.0' }, { id: '.cargo@0.0.0' }),
      })
    },
    tells: /name "\.cargo"/,
  },
]

const TOOL = '[dependencies]\ntool = { path = "../tool" }\n'
const APP = { id: 'app@1.0.0', needs: ['tool'] }

/** As `members`, below `crates/`, by a pattern. */
function globbed(place: Workshop, names: readonly string[]): void {
  place.write({ 'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n' })
  for (const name of names) {
    place.write({
      [`crates/${name}/Cargo.toml`]: manifest(`${name}@1.0.0`, name === 'app' ? TOOL : ''),
      [`crates/${name}/src/lib.rs`]: name === 'app' ? USES_TOOL : CLEAN,
    })
  }
  place.write({ 'Cargo.lock': lockfile(APP, { id: 'tool@1.0.0' }), 'elsewhere/Cargo.toml': manifest('evil@1.0.0') })
  place.write({ 'elsewhere/src/lib.rs': EVIL })
  place.put('outside/Cargo.toml', manifest('evil@1.0.0'))
  place.put('outside/src/lib.rs', EVIL)
}

const included: readonly Attack[] = [
  ['include!', 'include!("code.in");\n', 'src/code.in'],
  ['include! out of src', 'include!("../data/code.txt");\n', 'data/code.txt'],
  ['#[path]', '#[path = "other.txt"]\npub mod other;\n', 'src/other.txt'],
].map(
  ([name, code, file]): Attack => ({
    name: `a file that ${name} names`,
    before: (place) => {
      registryBase(place)
      place.write({ 'src/lib.rs': `${code}`, [`${file}`]: CLEAN })
    },
    after: (place) => place.write({ [`${file}`]: EVIL }),
    tells: /exec/,
  }),
)

/** Code of a member that stands outside of its directory, in the repository or out of it. */
const outside: readonly Attack[] = ['../../elsewhere/src/lib.rs', '../../../outside/src/lib.rs'].flatMap((file) =>
  [
    ['#[path]', `#[path = "${file}"]\npub mod other;\n`],
    ['include!', `include!("${file}");\n`],
  ].map(
    ([name, code]): Attack => ({
      name: `${name} of ${file}, which is no file of the package`,
      before: members,
      after: (place) => place.write({ 'app/src/lib.rs': `${code}${USES_TOOL}` }),
      tells: /exec|other|include|lib\.rs/,
    }),
  ),
)

/** `app`, whose `tool` is a submodule. */
function submodule(place: Workshop): void {
  mkdirSync(join(place.path, 'remote'))
  place.gitIn('remote', 'init', '-q', '-b', 'main')
  for (const [message, code] of [
    ['one', CLEAN],
    ['two', EVIL],
  ]) {
    place.put('remote/Cargo.toml', manifest('tool@1.0.0'))
    place.put('remote/src/lib.rs', `${code}`)
    place.gitIn('remote', 'add', '-A')
    place.gitIn('remote', 'commit', '-q', '-m', `${message}`)
  }
  place.git('submodule', '--quiet', 'add', join(place.path, 'remote'), 'tool')
  place.gitIn('repository/tool', 'checkout', '-q', 'HEAD^')
  place.write({
    'Cargo.toml': manifest('app@1.0.0', '[dependencies]\ntool = { path = "tool" }\n'),
    'src/lib.rs': USES_TOOL,
    'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, { id: 'tool@1.0.0' }),
  })
}

/** `app` with another file that starts programs, which is no part of any target. */
function spare(rest: string, extra: Readonly<Record<string, string>> = {}) {
  return (place: Workshop): void => {
    registryBase(place)
    setManifest(place, rest)
    place.write({ 'spare/spare.rs': EVIL, 'spare/main.rs': `fn main() { run(); }\n${EVIL}`, ...extra })
  }
}

/** `tool` with a feature that starts programs, which a build dependency turns on. */
function unified(resolver: string, edition = '2021') {
  return (place: Workshop): void => {
    const files = {
      'Cargo.toml': manifest('tool@1.0.0', '[features]\nevil = []\n'),
      'src/lib.rs': `#[cfg(feature = "evil")]\n${EVIL}#[cfg(not(feature = "evil"))]\n${CLEAN}`,
    }
    const tool = place.published('tool@1.0.0', files)
    const both = '[dependencies]\ntool = "1"\n[build-dependencies]\ntool = { version = "1", features = ["evil"] }\n'
    place.write({
      'Cargo.toml': manifest('app@1.0.0', `${resolver}${both}`, edition),
      'build.rs': 'fn main() {}\n',
      'src/lib.rs': USES_TOOL,
      'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, tool),
    })
  }
}

const DEPENDS = '[dependencies]\ntool = "1"\n'
const FEATURE = `#[cfg(feature = "evil")]\n${EVIL}${USES_TOOL}`

/** Flags in a profile, which only a nightly cargo takes. */
function flagged(place: Workshop, flag: string): void {
  const text = manifest('app@1.0.0', `${DEPENDS}[profile.dev]\nrustflags = ["${flag}"]\n`)
  place.write({ 'Cargo.toml': `cargo-features = ["profile-rustflags"]\n${text}` })
}

const manifests: readonly Attack[] = [
  {
    name: 'default features changed',
    before: spare(`${DEPENDS}[features]\nevil = []\n`, { 'src/lib.rs': FEATURE }),
    after: (place) => setManifest(place, `${DEPENDS}[features]\ndefault = ["evil"]\nevil = []\n`),
    tells: /exec/,
  },
  {
    name: 'features of a dependency changed',
    before: (place) => {
      unified('')(place)
      place.write({ 'Cargo.toml': manifest('app@1.0.0', DEPENDS) })
      place.delete('build.rs')
    },
    after: (place) => setManifest(place, '[dependencies]\ntool = { version = "1", features = ["evil"] }\n'),
    tells: /exec/,
  },
  {
    name: 'resolver changed, which unifies features',
    before: unified(''),
    after: unified('resolver = "1"\n'),
    tells: /exec/,
  },
  {
    name: 'edition changed, and with it the resolver',
    before: unified(''),
    after: unified('', '2018'),
    tells: /exec/,
  },
  {
    name: 'flags of rustc in a profile of the manifest, for a nightly cargo',
    before: spare(DEPENDS),
    after: (place) => {
      const profile = `${DEPENDS}[profile.dev.package.tool]\nrustflags = ["-Clinker=./evil.sh"]\n`
      place.write({ 'Cargo.toml': `cargo-features = ["profile-rustflags"]\n${manifest('app@1.0.0', profile)}` })
    },
    tells: /evil|unanalyzed|profile/,
  },
  {
    name: 'other flags in such a profile',
    before: (place) => {
      spare('')(place)
      flagged(place, '--cap-lints=warn')
    },
    after: (place) => flagged(place, '-Clinker=./evil.sh'),
    tells: /evil|exec|configuration/,
  },
  {
    name: 'a build script that the manifest makes of a dependency, for a nightly cargo',
    before: spare(DEPENDS),
    after: (place) => {
      const text = manifest('app@1.0.0', `metabuild = ["tool"]\n[build-dependencies]\ntool = "1"\n${DEPENDS}`)
      place.write({ 'Cargo.toml': `cargo-features = ["metabuild"]\n${text}` })
    },
    tells: /unanalyzed|metabuild/,
  },
  {
    name: 'the path of the library changed',
    before: spare(DEPENDS),
    after: (place) => setManifest(place, `${DEPENDS}[lib]\npath = "spare/spare.rs"\n`),
    tells: /exec/,
  },
  {
    name: 'a program added by its path',
    before: spare(DEPENDS),
    after: (place) => setManifest(place, `${DEPENDS}[[bin]]\nname = "x"\npath = "spare/main.rs"\n`),
    tells: /exec/,
  },
  {
    name: 'a build script named',
    before: spare(DEPENDS),
    after: (place) => setManifest(place, `build = "spare/main.rs"\n${DEPENDS}`),
    tells: /exec/,
  },
  {
    name: 'exclude changed',
    before: (place) => {
      members(place)
      place.write({
        'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "tool", "more/*"]\nexclude = ["more"]\n',
      })
      place.write({ 'more/extra/Cargo.toml': manifest('extra@1.0.0'), 'more/extra/src/lib.rs': EVIL })
    },
    after: (place) => {
      place.write({ 'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "tool", "more/*"]\n' })
      const app = { id: 'app@1.0.0', needs: ['tool'] }
      place.write({ 'Cargo.lock': lockfile(app, { id: 'tool@1.0.0' }, { id: 'extra@1.0.0' }) })
    },
    tells: /extra/,
  },
  {
    name: 'default-members changed',
    before: (place) => {
      members(place)
      const list = 'members = ["app", "tool", "extra"]\ndefault-members = ["app", "tool"]\n'
      place.write({ 'Cargo.toml': `[workspace]\nresolver = "2"\n${list}` })
      place.write({ 'extra/Cargo.toml': manifest('extra@1.0.0'), 'extra/src/lib.rs': EVIL })
      const app = { id: 'app@1.0.0', needs: ['tool'] }
      place.write({ 'Cargo.lock': lockfile(app, { id: 'tool@1.0.0' }, { id: 'extra@1.0.0' }) })
    },
    after: (place) =>
      place.write({ 'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["app", "tool", "extra"]\n' }),
    tells: /extra/,
  },
]

export const FILE_ATTACKS: readonly Attack[] = [
  ...vendor,
  ...links,
  ...found,
  ...included,
  ...outside,
  {
    name: 'the commit of a submodule changed',
    before: submodule,
    after: (place) => {
      place.gitIn('repository/tool', 'checkout', '-q', 'main')
    },
    tells: /tool/,
  },
  ...manifests,
]
