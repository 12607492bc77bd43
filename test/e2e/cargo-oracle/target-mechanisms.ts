/** Mechanisms that are in a package alone: its crates, its editions, its features. */
import type { Mechanism } from './mechanism.js'
import type { Random } from './random.js'
import {
  detailOf,
  entriesOf,
  listAt,
  members,
  nameOf,
  type Toml,
  tableAt,
  type World,
  type WorldPackage,
} from './world.js'

const EDITIONS = ['2015', '2018', '2021', '2024']
/** Every package of a world has these features, so that whoever depends on one can ask for them. */
export const FEATURES = ['f0', 'f1', 'f2']

const programs: Mechanism = {
  name: 'programs and examples',
  probability: 0.5,
  apply(world, random) {
    for (const owner of random.some(members(world), 3)) {
      const add = (path: string): unknown => owner.files.set(path, `// ${path} of ${owner.name}\nfn main() {}\n`)
      const found = random.some(
        [
          'src/main.rs',
          'src/bin/one.rs',
          'src/bin/two/main.rs',
          'src/bin/with-dash.rs',
          'examples/show.rs',
          'examples/big/main.rs',
          'tests/it.rs',
          'tests/group/main.rs',
          'benches/quick.rs',
          'src/bin/two/other.rs',
          'tests/group/helper.rs',
        ],
        5,
      )
      for (const path of found) add(path)
      if (random.chance(0.5)) {
        const name = random.pick(['one', 'tool-x', owner.name, 'made'])
        const bin: Toml = { name }
        if (random.chance(0.6)) {
          bin['path'] = random.pick(['src/bin/one.rs', 'src/prog.rs', 'src/main.rs'])
          add(String(bin['path']))
        } else add(random.pick([`src/bin/${name}.rs`, `src/bin/${name}/main.rs`]))
        if (random.chance(0.4)) bin['required-features'] = requiredFeatures(owner, random)
        if (random.chance(0.3)) bin['edition'] = random.pick(EDITIONS)
        if (random.chance(0.2)) bin['test'] = false
        if (random.chance(0.2)) bin['bench'] = false
        listAt(owner.manifest, 'bin').push(bin)
      }
      if (random.chance(0.3)) {
        const kind = random.pick(['example', 'test', 'bench'])
        const directory = { example: 'examples', test: 'tests', bench: 'benches' }[kind] ?? ''
        add(`${directory}/declared.rs`)
        const declared: Toml = { name: 'declared' }
        if (random.chance(0.5)) declared['required-features'] = requiredFeatures(owner, random)
        if (random.chance(0.3)) declared['test'] = random.chance(0.5)
        if (random.chance(0.3)) declared['bench'] = random.chance(0.5)
        listAt(owner.manifest, kind).push(declared)
      }
      const table = tableAt(owner.manifest, 'package')
      for (const key of ['autobins', 'autoexamples', 'autotests', 'autobenches', 'autolib'])
        if (random.chance(0.1)) table[key] = !random.chance(0.7)
    }
  },
}

function requiredFeatures(owner: WorldPackage, random: Random): string[] {
  const dependency = random.maybe(entriesOf(owner).filter(({ tableName }) => tableName === 'dependencies'))
  const other = dependency && random.chance(0.3) ? [`${dependency.key}/${random.pick(FEATURES)}`] : []
  return [...random.some(FEATURES, 1), ...other]
}

const libraries: Mechanism = {
  name: 'declared libraries',
  probability: 0.35,
  apply(world, random) {
    for (const owner of random.some(world.packages, 3)) {
      if (!owner.files.has('src/lib.rs')) continue
      const lib = tableAt(owner.manifest, 'lib')
      if (random.chance(0.4)) lib['name'] = `${owner.name.replaceAll('-', '_')}_lib`
      if (random.chance(0.4)) {
        lib['path'] = 'src/inner/root.rs'
        owner.files.set('src/inner/root.rs', `// moved library of ${owner.name} ${owner.version}\n`)
      }
      if (random.chance(0.3)) lib['edition'] = random.pick(EDITIONS)
      if (random.chance(0.3) && lib['proc-macro'] === undefined && lib['crate-type'] === undefined)
        lib['crate-type'] = random.pick([
          ['lib'],
          ['rlib', 'cdylib'],
          ['staticlib', 'rlib'],
          ['dylib'],
          ['cdylib'],
          ['staticlib', 'cdylib'],
        ])
      if (random.chance(0.2)) lib['test'] = false
      if (random.chance(0.2)) lib['bench'] = false
    }
  },
}

const editions: Mechanism = {
  name: 'editions',
  probability: 0.6,
  apply(world, random) {
    for (const owner of world.packages) {
      const table = tableAt(owner.manifest, 'package')
      if (typeof table['edition'] === 'object' || random.chance(0.4)) continue
      const edition = random.pick([...EDITIONS, undefined])
      if (edition === undefined) delete table['edition']
      else table['edition'] = edition
    }
  },
}

/** Features of every form; without this mechanism the tables are there and empty. */
const features: Mechanism = {
  name: 'features',
  probability: 0.85,
  apply(world, random) {
    for (const owner of world.packages) fillFeatures(owner, random)
    for (const owner of world.packages) {
      for (const entry of entriesOf(owner)) {
        if (!random.chance(0.5)) continue
        const detail = detailOf(entry)
        if (detail['workspace'] === true) continue
        if (random.chance(0.6)) detail['features'] = random.some(FEATURES, 1 + random.below(2))
        if (random.chance(0.35)) detail['default-features'] = !random.chance(0.9)
      }
    }
  },
}

/** Declares the features that dependents may ask for. */
export function declareFeatures(world: World): void {
  for (const owner of world.packages) {
    const table = tableAt(owner.manifest, 'features')
    for (const name of FEATURES) listAt(table, name)
  }
}

function fillFeatures(owner: WorldPackage, random: Random): void {
  const table = tableAt(owner.manifest, 'features')
  const dependencies = entriesOf(owner)
  for (const entry of dependencies) {
    if (entry.tableName === 'dev-dependencies' || !random.chance(0.35)) continue
    detailOf(entry)['optional'] = true
  }
  const isOptional = (key: string): boolean =>
    dependencies.some((entry) => entry.key === key && detailOf(entry)['optional'] === true)
  const optional = [...new Set(dependencies.map(({ key }) => key))].filter(isOptional)
  const explicit = new Set(optional.filter(() => random.chance(0.5)))
  const taken = new Set<string>()
  for (const [index, name] of FEATURES.entries()) {
    const values = listAt(table, name)
    for (const earlier of random.some(FEATURES.slice(0, index), random.below(2))) values.push(earlier)
    for (const key of random.some(optional, random.below(3))) {
      const other = random.pick(FEATURES)
      const forms = [`${key}/${other}`, `${key}?/${other}`, explicit.has(key) ? `dep:${key}` : key]
      const value = random.pick(forms)
      if (value.startsWith('dep:')) taken.add(key)
      values.push(value)
    }
    const plain = random.maybe(
      dependencies.filter(({ key, tableName }) => !isOptional(key) && tableName !== 'dev-dependencies'),
    )
    if (plain && random.chance(0.4)) values.push(`${plain.key}/${random.pick(FEATURES)}`)
  }
  for (const key of explicit) {
    // Hidden behind a feature of its own name, of another, or nowhere named: then it is a feature by itself.
    if (random.chance(0.4)) table[key] = [`dep:${key}`, ...random.some(FEATURES, 1).map((name) => `${key}?/${name}`)]
    else if (!taken.has(key)) listAt(table, `with-${key}`).push(`dep:${key}`)
  }
  if (random.chance(0.6))
    table['default'] = random.some([...FEATURES, ...optional.filter((key) => !explicit.has(key))], 2)
}

/** The library of the package is needed by its programs under a name that also a dependency has. */
const confusingNames: Mechanism = {
  name: 'confusing names',
  probability: 0.2,
  apply(world, random) {
    const owner = random.pick(members(world))
    const entry = random.maybe(entriesOf(owner).filter((one) => one.tableName === 'dependencies'))
    if (!entry) return false
    const form = random.below(3)
    if (form === 0) tableAt(owner.manifest, 'lib')['name'] = `${nameOf(entry).replaceAll('-', '_')}_x`
    if (form === 1) {
      const detail = { ...detailOf(entry), package: nameOf(entry) }
      entry.table[`${entry.key}_again`] ??= detail
    }
    if (form === 2) {
      owner.files.set('src/main.rs', '// same name as the library\nfn main() {}\n')
      listAt(owner.manifest, 'bin').push({ name: owner.name, path: 'src/main.rs' })
    }
  },
}

export const TARGET_MECHANISMS: readonly Mechanism[] = [programs, libraries, editions, confusingNames, features]
