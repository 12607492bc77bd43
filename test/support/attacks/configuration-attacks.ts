/** Attacks by cargo's configuration that leave every source where it is: programs that it starts, and options that choose code. */
import { type Attack, registryBase, setManifest, USES_TOOL } from './attack.js'
import { CLEAN, EVIL, lockfile, manifest, type Workshop } from './workshop.js'

const FILE = '.cargo/config.toml'
/** What stood there before: that there is configuration is nothing new. */
const HARMLESS = '[term]\nquiet = false\n'

/** `app`, with configuration that does nothing. */
function configuredBase(place: Workshop): void {
  registryBase(place)
  place.write({ [FILE]: HARMLESS })
}

/** Adds to the configuration. */
const configure = (text: string) => (place: Workshop) => place.write({ [FILE]: `${HARMLESS}${text}` })
const HOST = 'x86_64-unknown-linux-gnu'

/** Configuration by which cargo starts a program of the repository. */
const programs: readonly Attack[] = [
  ['build.rustc-wrapper', '[build]\nrustc-wrapper = "./evil.sh"\n'],
  ['build.rustc-workspace-wrapper', '[build]\nrustc-workspace-wrapper = "./evil.sh"\n'],
  ['build.rustc', '[build]\nrustc = "./evil.sh"\n'],
  ['build.rustdoc', '[build]\nrustdoc = "./evil.sh"\n'],
  ['target.TRIPLE.linker', `[target.${HOST}]\nlinker = "./evil.sh"\n`],
  ['target.TRIPLE.runner', `[target.${HOST}]\nrunner = "./evil.sh"\n`],
  ['target.cfg.runner', `[target.'cfg(unix)']\nrunner = ["./evil.sh"]\n`],
  ['[env] RUSTC_WRAPPER', '[env]\nRUSTC_WRAPPER = "./evil.sh"\n'],
  ['[env] PATH', '[env]\nPATH = { value = "bin", relative = true, force = true }\n'],
  ['[alias]', '[alias]\nb = "run --bin evil"\n'],
  ['[alias] that installs', '[alias]\nlint = "install --git https://host.invalid/x"\n'],
  ['[alias] in the place of a command of the toolchain', '[alias]\nclippy = "run --bin evil"\n'],
  ['a credential provider', '[registry]\nglobal-credential-providers = ["./evil.sh"]\n'],
  ['a link argument in rustflags', '[build]\nrustflags = ["-Clinker=./evil.sh"]\n'],
  ['a plugin of the linker in rustflags', `[target.${HOST}]\nrustflags = "-Clink-arg=-fplugin=./evil.so"\n`],
].map(
  ([name, text]): Attack => ({
    name: `${name}`,
    before: configuredBase,
    after: configure(`${text}`),
    tells: /config/,
  }),
)

/** `app` with code that only an option of the compiler turns on. */
function hidden(condition: string, rest = '') {
  return (place: Workshop): void => {
    configuredBase(place)
    setManifest(place, `[dependencies]\ntool = "1"\n${rest}`)
    place.write({ 'src/lib.rs': `#[cfg(${condition})]\n${EVIL}${USES_TOOL}` })
  }
}

const options: readonly Attack[] = [
  ['build.rustflags --cfg', '[build]\nrustflags = ["--cfg", "evil"]\n'],
  ['target.TRIPLE.rustflags --cfg', `[target.${HOST}]\nrustflags = "--cfg=evil"\n`],
  ['target.cfg.rustflags --cfg', `[target.'cfg(unix)']\nrustflags = ["--cfg=evil"]\n`],
  ['[profile] rustflags --cfg', '[profile.dev]\nrustflags = ["--cfg", "evil"]\n'],
  ['[env] RUSTFLAGS --cfg', '[env]\nRUSTFLAGS = "--cfg evil"\n'],
].map(
  ([name, text]): Attack => ({
    name: `${name}`,
    before: hidden('evil'),
    after: configure(`${text}`),
    tells: /exec|RUSTFLAGS|rustflags/,
  }),
)

const PANICS = manifest('app@1.0.0', '[dependencies]\ntool = "1"\n[profile.dev]\npanic = "abort"\n')

const others: readonly Attack[] = [
  {
    name: 'build.target',
    before: hidden('target_os = "none"'),
    after: configure('[build]\ntarget = "x86_64-unknown-none"\n'),
    tells: /exec|x86_64-unknown-none/,
    anyTarget: true,
  },
  {
    name: 'a target of a file',
    before: (place) => {
      configuredBase(place)
      place.write({ 'evil.json': '{"linker": "./evil.sh"}' })
    },
    after: configure('[build]\ntarget = "evil.json"\n'),
    tells: /evil\.json/,
  },
  ...[
    ['[profile] panic in configuration', 'panic = "abort"', FILE, '[profile.dev]\npanic = "abort"\n'],
    ['[profile] panic in the manifest', 'panic = "abort"', 'Cargo.toml', PANICS],
    [
      '[profile] debug-assertions in configuration',
      'not(debug_assertions)',
      FILE,
      '[profile.dev]\ndebug-assertions = false\n',
    ],
  ].map(
    ([name, condition, file, text]): Attack => ({
      name: `${name}`,
      before: hidden(`${condition}`),
      after: (place) => place.write({ [`${file}`]: `${text}` }),
      tells: /exec/,
      // Code for either profile counts before: the policy that was reviewed allows it.
      gates: [],
    }),
  ),
  {
    name: 'an override of a build script by links',
    before: (place) => {
      const native = place.published('native@1.0.0', {
        'Cargo.toml': manifest('native@1.0.0', 'links = "native"\nbuild = "build.rs"\n'),
        'build.rs': 'fn main() { println!("cargo::rustc-check-cfg=cfg(evil)"); }\n',
        'src/lib.rs': `#[cfg(evil)]\n${EVIL}#[cfg(not(evil))]\n${CLEAN}`,
      })
      place.write({
        'Cargo.toml': manifest('app@1.0.0', '[dependencies]\nnative = "1"\n'),
        'src/lib.rs': 'pub fn go() -> u32 { native::run() }\n',
        'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['native'] }, native),
      })
    },
    after: (place) => place.write({ [FILE]: `[target.${HOST}.native]\nrustc-cfg = ["evil"]\n` }),
    tells: /native/,
  },
  {
    name: 'an override of a build script that links a library',
    before: (place) => {
      const native = place.published('native@1.0.0', {
        'Cargo.toml': manifest('native@1.0.0', 'links = "native"\nbuild = "build.rs"\n'),
        'build.rs': 'fn main() {}\n',
        'src/lib.rs': CLEAN,
      })
      place.write({
        'Cargo.toml': manifest('app@1.0.0', '[dependencies]\nnative = "1"\n'),
        'src/lib.rs': 'pub fn go() -> u32 { native::run() }\n',
        'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['native'] }, native),
      })
    },
    after: (place) =>
      place.write({
        [FILE]: `[target.${HOST}.native]\nrustc-link-search = ["evil"]\nrustc-link-lib = ["static=evil"]\n`,
      }),
    tells: /native|config/,
  },
  {
    name: 'a program besides one that was allowed',
    before: (place) => {
      registryBase(place)
      place.write({ [FILE]: `[target.${HOST}]\nlinker = "clang"\n` })
    },
    after: (place) => place.write({ [FILE]: `[target.${HOST}]\nlinker = "clang"\nrunner = "./evil.sh"\n` }),
    tells: /runner|evil|configuration/,
  },
  {
    name: 'another program in the place of one that was allowed',
    before: (place) => {
      registryBase(place)
      place.write({ [FILE]: `[target.${HOST}]\nlinker = "clang"\n` })
    },
    after: (place) => place.write({ [FILE]: `[target.${HOST}]\nlinker = "./evil.sh"\n` }),
    tells: /linker|evil|configuration/,
  },
  {
    name: 'another value of a variable that was allowed',
    before: (place) => {
      registryBase(place)
      place.write({ [FILE]: '[env]\nCC = "gcc"\n' })
    },
    after: (place) => place.write({ [FILE]: '[env]\nCC = "./evil.sh"\n' }),
    tells: /CC|evil|configuration/,
  },
  {
    name: 'another program under the name of one that was allowed',
    before: (place) => {
      registryBase(place)
      place.write({ [FILE]: '[build]\nrustc-wrapper = "tools/wrap.sh"\n', 'tools/wrap.sh': 'exec "$@"\n' })
    },
    after: (place) => place.write({ 'tools/wrap.sh': 'evil; exec "$@"\n' }),
    tells: /wrap|configuration/,
  },
  {
    name: 'a description of a target that was allowed, changed',
    before: (place) => {
      registryBase(place)
      place.write({ [FILE]: '[build]\ntarget = "own.json"\n', 'own.json': '{"linker": "clang"}' })
    },
    after: (place) => place.write({ 'own.json': '{"linker": "./evil.sh"}' }),
    tells: /own\.json|configuration/,
  },
  {
    name: 'a target that a variable has a file for',
    before: (place) => {
      registryBase(place)
      place.write({ [FILE]: '[env]\nRUST_TARGET_PATH = "targets"\n', 'targets/own.json': '{"linker": "./evil.sh"}' })
    },
    after: (place) => place.write({ [FILE]: '[env]\nRUST_TARGET_PATH = "targets"\n[build]\ntarget = "own"\n' }),
    tells: /own|configuration/,
  },
  {
    name: 'rust-toolchain without an ending names a directory of programs',
    before: (place) => {
      registryBase(place)
      place.write({ 'rust-toolchain.toml': '[toolchain]\nchannel = "1.90.0"\n' })
    },
    after: (place) => place.write({ 'rust-toolchain': '[toolchain]\npath = "evil"\n' }),
    tells: /rust-toolchain/,
  },
  {
    name: 'configuration for file systems that ignore case',
    before: registryBase,
    after: (place) => place.write({ '.cargo/Config.toml': '[build]\nrustc-wrapper = "./evil.sh"\n' }),
    tells: /Config\.toml|unanalyzed/,
  },
  {
    name: 'rust-toolchain.toml names a directory of programs',
    before: registryBase,
    after: (place) => place.write({ 'rust-toolchain.toml': '[toolchain]\npath = "evil"\n' }),
    tells: /rust-toolchain/,
  },
]

export const CONFIGURATION_ATTACKS: readonly Attack[] = [...programs, ...options, ...others]
