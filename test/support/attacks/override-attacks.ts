/** Attacks that put another package in the place of one: `[patch]`, `[replace]`, `paths`, `[source]`, in every file that may say so. */
import { type Attack, evilTool, registryBase, setLock, setManifest, USES_TOOL } from './attack.js'
import { vendored } from './vendored.js'
import { CLEAN, EVIL, lockfile, manifest, NEW_REVISION, type Workshop } from './workshop.js'

const FORK = 'https://fork.invalid/tool'
const OTHER = 'registry+https://evil.invalid/index'
const CONFIGURATION = '.cargo/config.toml'
const PATCH = '[patch.crates-io]\ntool = { path = "patched/tool" }\n'

const evilFork = (place: Workshop) => place.checkout(FORK, NEW_REVISION, 'tool@1.0.0', { 'src/lib.rs': EVIL })

const inManifest: readonly Attack[] = [false, true].flatMap((adapted): readonly Attack[] => {
  const [suffix, common] = [adapted ? ', lockfile adapted' : '', { before: registryBase, tells: /tool/ }] as const
  return [
    {
      ...common,
      name: `[patch] to a path${suffix}`,
      after: (place) => {
        evilTool(place, 'patched/tool')
        setManifest(place, `[dependencies]\ntool = "1"\n${PATCH}`)
        if (adapted) setLock(place, { id: 'tool@1.0.0' })
      },
      ...(!adapted && { refused: true }),
    },
    {
      ...common,
      name: `[patch] to git${suffix}`,
      after: (place) => {
        const fork = evilFork(place)
        setManifest(place, `[dependencies]\ntool = "1"\n[patch.crates-io]\ntool = { git = "${FORK}" }\n`)
        if (adapted) setLock(place, fork)
      },
      ...(!adapted && { refused: true }),
    },
    {
      ...common,
      name: `[replace]${suffix}`,
      after: (place) => {
        evilTool(place, 'patched/tool')
        setManifest(place, '[dependencies]\ntool = "1"\n[replace]\n"tool:1.0.0" = { path = "patched/tool" }\n')
        const old = place.published('tool@1.0.0', { 'src/lib.rs': CLEAN })
        if (adapted) setLock(place, { ...old, replace: 'tool 1.0.0' }, { id: 'tool@1.0.0' })
      },
      ...(!adapted && { refused: true }),
    },
  ]
})

/** A file of configuration, with a harmful `tool` in the repository. */
function configured(file: string, text: string, adapted = false) {
  return (place: Workshop): void => {
    evilTool(place, 'patched/tool')
    place.write({ [file]: text })
    if (adapted) setLock(place, { id: 'tool@1.0.0' })
  }
}

const inConfiguration: readonly Attack[] = [
  { name: '[patch] in configuration', after: configured(CONFIGURATION, PATCH), refused: true as const },
  { name: '[patch] in configuration, lockfile adapted', after: configured(CONFIGURATION, PATCH, true) },
  { name: '[patch] in .cargo/config without an ending', after: configured('.cargo/config', PATCH, true) },
  { name: 'paths override', after: configured(CONFIGURATION, 'paths = ["patched/tool"]\n') },
  {
    name: 'include of another file',
    after: (place: Workshop) => {
      configured('build/more.toml', PATCH.replace('patched/tool', '../patched/tool'), true)(place)
      place.write({ [CONFIGURATION]: 'include = ["../build/more.toml"]\n' })
    },
  },
].map((attack) => ({ before: registryBase, tells: /tool/, ...attack }))

/** A workspace in a directory of its repository, and configuration above it. */
const above: Attack = {
  name: '[patch] in configuration above the workspace',
  directory: 'inner',
  before: (place) => {
    const tool = place.published('tool@1.0.0', { 'src/lib.rs': CLEAN })
    place.write({
      'inner/Cargo.toml': manifest('app@1.0.0', '[dependencies]\ntool = "1"\n'),
      'inner/src/lib.rs': USES_TOOL,
      'inner/Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, tool),
    })
  },
  after: (place) => {
    configured(CONFIGURATION, PATCH)(place)
    place.write({ 'inner/Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, { id: 'tool@1.0.0' }) })
  },
  tells: /tool/,
}

const sources: readonly Attack[] = [
  {
    name: '[source] replaced by a directory',
    after: (place: Workshop) => {
      vendored(place, 'vendor/tool', 'tool@1.0.0', { 'src/lib.rs': EVIL })
      place.write({ [CONFIGURATION]: replaced('directory = "vendor"') })
    },
  },
  {
    name: '[source] replaced by a chain that ends in a directory',
    after: (place: Workshop) => {
      vendored(place, 'vendor/tool', 'tool@1.0.0', { 'src/lib.rs': EVIL })
      const chain =
        'registry = "https://mirror.invalid/index"\nreplace-with = "last"\n[source.last]\ndirectory = "vendor"'
      place.write({ [CONFIGURATION]: replaced(chain) })
    },
  },
  {
    name: '[source] replaced by a local registry, checksum adapted',
    after: (place: Workshop) => {
      const evil = place.published('tool@1.0.0', { 'src/lib.rs': EVIL }, OTHER)
      place.copy('home/registry/cache/evil.invalid/tool-1.0.0.crate', 'repository/local/tool-1.0.0.crate')
      const entry = { name: 'tool', vers: '1.0.0', deps: [], cksum: evil.checksum, features: {}, yanked: false }
      place.write({ 'local/index/to/ol/tool': `${JSON.stringify(entry)}\n` })
      place.write({ [CONFIGURATION]: replaced('local-registry = "local"') })
      const old = place.published('tool@1.0.0', { 'src/lib.rs': CLEAN })
      setLock(place, { ...old, ...(evil.checksum && { checksum: evil.checksum }) })
    },
  },
  {
    name: '[source] replaced by another registry, checksum adapted',
    after: (place: Workshop) => {
      const evil = place.published('tool@1.0.0', { 'src/lib.rs': EVIL }, OTHER)
      place.write({ [CONFIGURATION]: replaced('registry = "https://evil.invalid/index"') })
      const old = place.published('tool@1.0.0', { 'src/lib.rs': CLEAN })
      setLock(place, { ...old, ...(evil.checksum && { checksum: evil.checksum }) })
    },
  },
  {
    name: 'the index of a named registry changed',
    before: (place: Workshop) => namedRegistry(place, 'https://mine.invalid/index', CLEAN),
    after: (place: Workshop) => namedRegistry(place, 'https://evil.invalid/index', EVIL),
  },
].map((attack) => ({ before: registryBase, tells: /tool/, ...attack }))

const replaced = (by: string): string => `[source.crates-io]\nreplace-with = "mine"\n[source.mine]\n${by}\n`

/** `app`, whose `tool` is of the registry `mine`. */
function namedRegistry(place: Workshop, index: string, code: string): void {
  const tool = place.published('tool@1.0.0', { 'src/lib.rs': code }, `registry+${index}`)
  place.write({ 'src/lib.rs': USES_TOOL, [CONFIGURATION]: `[registries.mine]\nindex = "${index}"\n` })
  setManifest(place, '[dependencies]\ntool = { version = "1", registry = "mine" }\n')
  setLock(place, tool)
}

export const OVERRIDE_ATTACKS: readonly Attack[] = [...inManifest, ...inConfiguration, above, ...sources]
