/** Attacks on where a dependency comes from, in Cargo.toml, with the lockfile untouched or adapted. */
import { type Attack, evilTool, registryBase, setLock, setManifest, USES_TOOL } from './attack.js'
import { CLEAN, EVIL, type Locked, lockfile, manifest, NEW_REVISION, OLD_REVISION, type Workshop } from './workshop.js'

const HOME = 'https://host.invalid/tool'
const FORK = 'https://fork.invalid/tool'

/** `app`, which depends on a harmless `tool` of a git repository; the next revision starts programs. */
function gitBase(place: Workshop): void {
  const old = place.checkout(HOME, OLD_REVISION, 'tool@1.0.0', { 'src/lib.rs': CLEAN })
  place.checkout(HOME, NEW_REVISION, 'tool@1.0.0', { 'src/lib.rs': EVIL })
  place.write({
    'Cargo.toml': manifest('app@1.0.0', `[dependencies]\ntool = { git = "${HOME}" }\n`),
    'src/lib.rs': USES_TOOL,
    'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, old),
  })
}

/** The dependency as Cargo.toml has it then; with `locked` the lockfile follows. */
function becomes(dependency: string, locked?: (place: Workshop) => Locked) {
  return (place: Workshop): void => {
    setManifest(place, `[dependencies]\ntool = ${dependency}\n`)
    if (locked) setLock(place, locked(place))
  }
}

const evilCheckout = (address: string, reference = '') => {
  return (place: Workshop) => place.checkout(address, NEW_REVISION, 'tool@1.0.0', { 'src/lib.rs': EVIL }, reference)
}

const git: readonly Attack[] = [
  ['git address changed', `{ git = "${FORK}" }`, evilCheckout(FORK)],
  ['git branch added', `{ git = "${HOME}", branch = "evil" }`, evilCheckout(HOME, '?branch=evil')],
  ['git tag added', `{ git = "${HOME}", tag = "evil" }`, evilCheckout(HOME, '?tag=evil')],
  ['git rev added', `{ git = "${HOME}", rev = "2222222" }`, evilCheckout(HOME, '?rev=2222222')],
].flatMap(([name, dependency, locked]): readonly Attack[] => {
  const parts = { before: gitBase, tells: /tool/ }
  return [
    { ...parts, name: `${name}`, refused: true, after: becomes(`${dependency}`) },
    {
      ...parts,
      name: `${name}, lockfile adapted`,
      after: becomes(`${dependency}`, locked as (place: Workshop) => Locked),
    },
  ]
})

const registry: readonly Attack[] = [
  {
    name: 'registry dependency becomes git',
    before: registryBase,
    after: becomes(`{ git = "${FORK}" }`),
    tells: /tool/,
    refused: true,
  },
  {
    name: 'registry dependency becomes git, lockfile adapted',
    before: registryBase,
    after: becomes(`{ git = "${FORK}" }`, evilCheckout(FORK)),
    tells: /tool/,
  },
  {
    name: 'registry dependency becomes a path',
    before: registryBase,
    after: (place) => {
      evilTool(place, 'local/tool')
      becomes('{ path = "local/tool" }')(place)
    },
    tells: /tool/,
    refused: true,
  },
  {
    name: 'registry dependency becomes a path, lockfile adapted',
    before: registryBase,
    after: (place) => {
      evilTool(place, 'local/tool')
      becomes('{ path = "local/tool" }', () => ({ id: 'tool@1.0.0' }))(place)
    },
    tells: /tool/,
  },
  {
    name: 'registry dependency becomes a path that is in the repository already',
    before: (place) => {
      registryBase(place)
      evilTool(place, 'fixtures/tool')
    },
    after: becomes('{ path = "fixtures/tool" }', () => ({ id: 'tool@1.0.0' })),
    tells: /tool/,
  },
  ...[undefined, () => ({ id: 'tool@1.0.0' })].map(
    (locked): Attack => ({
      name: `registry dependency becomes a path out of the repository${locked ? ', lockfile adapted' : ''}`,
      before: (place) => {
        registryBase(place)
        place.put('outside/tool/Cargo.toml', manifest('tool@1.0.0'))
        place.put('outside/tool/src/lib.rs', EVIL)
      },
      after: becomes('{ path = "../outside/tool" }', locked),
      tells: /tool/,
      ...(locked === undefined && { refused: true }),
    }),
  ),
  {
    name: 'dependency added, lockfile untouched',
    before: (place) => {
      registryBase(place)
      place.published('extra@1.0.0', { 'src/lib.rs': EVIL })
    },
    after: (place) => {
      setManifest(place, '[dependencies]\ntool = "1"\nextra = "1"\n')
      place.write({ 'src/lib.rs': 'pub fn go() -> u32 { tool::run() + extra::run() }\n' })
    },
    tells: /extra/,
    refused: true,
  },
  {
    name: 'dependency removed, lockfile untouched',
    before: registryBase,
    after: (place) => {
      setManifest(place, '')
      place.write({ 'src/lib.rs': 'pub fn go() -> u32 { 1 }\n' })
    },
    tells: /tool|lock/i,
    gates: ['locked'],
    refused: true,
  },
  {
    name: 'requirement changed, lockfile untouched',
    before: registryBase,
    after: becomes('"1.1"'),
    tells: /tool/,
    refused: true,
  },
  {
    name: 'path dependency that vanishes, whose name is on the registry',
    before: (place) => {
      place.published('tool@1.0.0', { 'src/lib.rs': EVIL })
      place.write({
        'Cargo.toml': manifest('app@1.0.0', '[dependencies]\ntool = { path = "tool" }\n'),
        'src/lib.rs': USES_TOOL,
        'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, { id: 'tool@1.0.0' }),
        'tool/Cargo.toml': manifest('tool@1.0.0'),
        'tool/src/lib.rs': CLEAN,
      })
    },
    after: (place) => place.delete('tool'),
    tells: /tool/,
  },
  ...[false, true].map(
    (adapted): Attack => ({
      name: `renamed package${adapted ? ', lockfile adapted' : ''}`,
      before: (place) => {
        registryBase(place)
        place.published('evil-tool@1.0.0', { 'src/lib.rs': EVIL })
      },
      after: (place) => {
        setManifest(place, '[dependencies]\ntool = { package = "evil-tool", version = "1" }\n')
        const evil = place.published('evil-tool@1.0.0', { 'src/lib.rs': EVIL })
        const app = { id: 'app@1.0.0', needs: ['evil-tool'] }
        if (adapted) place.write({ 'Cargo.lock': lockfile(app, evil) })
      },
      tells: /evil-tool/,
      ...(!adapted && { refused: true }),
    }),
  ),
  {
    name: 'workspace dependency changed, lockfile adapted',
    before: (place) => {
      registryBase(place)
      setManifest(place, '[dependencies]\ntool = { workspace = true }\n[workspace.dependencies]\ntool = "1"\n')
    },
    after: (place) => {
      const dependency = `{ git = "${FORK}" }`
      const inherited = '[dependencies]\ntool = { workspace = true }\n'
      setManifest(place, `${inherited}[workspace.dependencies]\ntool = ${dependency}\n`)
      setLock(place, evilCheckout(FORK)(place))
    },
    tells: /tool/,
  },
  {
    name: 'two packages of one name and version: the other one is taken',
    before: (place) => {
      registryBase(place)
      twoTools(place, 'tool = "1"', false)
    },
    after: (place) => twoTools(place, `tool = { git = "${FORK}" }`, true),
    tells: /tool/,
  },
]

/** `app` and `helper`, of which `helper` goes on using the registry's `tool` when `app` takes another. */
function twoTools(place: Workshop, dependency: string, forked: boolean): void {
  const tool = place.published('tool@1.0.0', { 'src/lib.rs': CLEAN })
  const fork = evilCheckout(FORK)(place)
  const name = (of: Locked): string => `tool 1.0.0 (${of.source?.replace(/#.*/, '')})`
  setManifest(place, `[dependencies]\nhelper = { path = "helper" }\n${dependency}\n[workspace]\n`)
  place.write({
    'helper/Cargo.toml': manifest('helper@1.0.0', '[dependencies]\ntool = "1"\n'),
    'helper/src/lib.rs': USES_TOOL,
    'Cargo.lock': lockfile(
      { id: 'app@1.0.0', needs: ['helper', forked ? name(fork) : 'tool'] },
      { id: 'helper@1.0.0', needs: [forked ? name(tool) : 'tool'] },
      tool,
      ...(forked ? [fork] : []),
    ),
  })
}

export const DEPENDENCY_ATTACKS: readonly Attack[] = [...git, ...registry]
