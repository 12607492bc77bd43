/** Attacks on files that configuration was allowed to name, which change while it stays; and on links in its place. */
import { type Attack, registryBase } from './attack.js'
import type { Workshop } from './workshop.js'

const FILE = '.cargo/config.toml'
const HOST = 'x86_64-unknown-linux-gnu'
const WRAPPER = '[build]\nrustc-wrapper = "./evil.sh"\n'

const named: readonly Attack[] = [
  ['a file of flags', FILE, '[build]\nrustflags = ["@flags.txt"]\n', 'flags.txt'],
  ['an object that is linked', FILE, '[build]\nrustflags = ["-Clink-arg=lib/a.o"]\n', 'lib/a.o'],
  ['a program that a variable names', FILE, '[env]\nCC = { value = "cc.sh", relative = true }\n', 'cc.sh'],
  ['a directory of programs', FILE, '[env]\nPATH = { value = "tools", relative = true, force = true }\n', 'tools/cc'],
  ['a directory of rustc', 'rust-toolchain.toml', '[toolchain]\npath = "own"\n', 'own/bin/rustc'],
  [
    'a library in the place of a build script',
    FILE,
    `[target.${HOST}.native]\nrustc-link-search = ["native=libs/x"]\nrustc-link-lib = ["static=evil"]\n`,
    'libs/x/libevil.a',
  ],
].map(
  ([what = '', file = '', text = '', path = '']): Attack => ({
    name: `${what}, allowed before it changed`,
    before: (place) => {
      registryBase(place)
      place.write({ [file]: text, [path]: 'old' })
    },
    after: (place) => place.write({ [path]: 'evil' }),
    tells: /\.cargo|configuration/,
  }),
)

/** `.cargo` and a toolchain file, as links to what lies beside the repository, or to nothing yet. */
const links: readonly Attack[] = (
  [
    ['.cargo', '../outside/.cargo'],
    [FILE, '../../outside/.cargo/config.toml'],
    [FILE, '../nothing/yet.toml'],
    ['rust-toolchain.toml', '../outside/toolchain.toml'],
  ] as const
).map(
  ([path, target]): Attack => ({
    name: `${path} is a link to ${target}`,
    before: (place: Workshop) => {
      registryBase(place)
      if (path === FILE) place.write({ '.cargo/other': '' })
      place.put('outside/.cargo/config.toml', WRAPPER)
      place.put('outside/toolchain.toml', '[toolchain]\npath = "/evil"\n')
    },
    after: (place) => place.link(path, target),
    tells: /config|toolchain|\.cargo/,
  }),
)

export const NAMED_ATTACKS: readonly Attack[] = [...named, ...links]
