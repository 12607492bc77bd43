/** Attacks by how a path is written: absolute, behind a link, with a backslash; and by archives that two readers read as two. */
import { gzipSync } from 'node:zlib'
import { sha256, tarEntry, tarGz } from '../../project/support.js'
import { type Attack, registryBase, setLock, setManifest, USES_TOOL } from './attack.js'
import { CLEAN, EVIL, type Locked, manifest, type Workshop } from './workshop.js'

const TOOL = '[dependencies]\ntool = "1"\n'
const BAD = `${USES_TOOL}${EVIL}`

/** Harmless files where a path leads by its parts, others where it leads by the links. */
function linked(place: Workshop): void {
  registryBase(place)
  place.write({
    'lib.rs': USES_TOOL,
    'src/inc.rs': CLEAN,
    'src/part.rs': CLEAN,
    'other/lib.rs': BAD,
    'other/inc.rs': EVIL,
    'other/part.rs': EVIL,
    'other/deep/mod.rs': '#[path = "../part.rs"]\nmod part;\n',
  })
  place.link('link', 'other/deep')
  place.link('src/link', '../other/deep')
}

const paths: readonly Attack[] = [
  {
    name: 'a library behind a link and ..',
    before: linked,
    after: (place) => setManifest(place, `${TOOL}[lib]\npath = "link/../lib.rs"\n`),
    tells: /unanalyzed/,
  },
  {
    name: 'an included file behind a link and ..',
    before: linked,
    after: (place) => place.write({ 'src/lib.rs': `include!("link/../inc.rs");\n${USES_TOOL}` }),
    tells: /unanalyzed/,
  },
  {
    name: 'a module beside the directory that a link means',
    before: linked,
    after: (place) => place.write({ 'src/lib.rs': `mod link;\n${USES_TOOL}` }),
    tells: /unanalyzed/,
  },
  {
    name: 'a library at an absolute path, and a file where that would be in the package',
    before: (place) => {
      linked(place)
      place.put('outside/x.rs', BAD)
      place.write({ [`${place.path.slice(1)}/outside/x.rs`]: USES_TOOL })
    },
    after: (place) => setManifest(place, `${TOOL}[lib]\npath = "${place.path}/outside/x.rs"\n`),
    tells: /unanalyzed/,
  },
  {
    name: 'a library with a backslash in its name',
    before: (place) => {
      registryBase(place)
      place.write({ 'src/decoy.rs': USES_TOOL, 'src\\decoy.rs': BAD })
    },
    after: (place) => setManifest(place, `${TOOL}[lib]\npath = 'src\\decoy.rs'\n`),
    tells: /unanalyzed/,
  },
  {
    name: 'a module with a backslash in its name',
    before: (place) => {
      registryBase(place)
      place.write({ 'src/m/a.rs': CLEAN, 'src/m\\a.rs': EVIL })
    },
    after: (place) => place.write({ 'src/lib.rs': `#[path = "m\\\\a.rs"]\nmod a;\n${USES_TOOL}` }),
    tells: /unanalyzed/,
  },
  {
    name: 'a file of another form of the same characters',
    before: (place) => {
      registryBase(place)
      place.write({ 'src/\u00e9.rs': CLEAN, 'src/lib.rs': `#[path = "\u00e9.rs"]\nmod a;\n${USES_TOOL}` })
    },
    after: (place) => place.write({ 'src/e\u0301.rs': EVIL }),
    tells: /unanalyzed|one file/,
  },
  {
    name: 'a lockfile for file systems that ignore case',
    before: registryBase,
    after: (place) => place.write({ 'cargo.lock': 'version = 4\n' }),
    tells: /cargo\.lock/,
  },
]

const ROOT = 'tool-1.0.0'
const BASIC = [
  { name: `${ROOT}/Cargo.toml`, content: manifest('tool@1.0.0') },
  { name: `${ROOT}/src/lib.rs`, content: CLEAN },
]

/** Puts an archive in the place of the one that was reviewed, with its sum in the lockfile. */
function repacked(place: Workshop, archive: Buffer): void {
  const old: Locked = place.published('tool@1.0.0', { 'src/lib.rs': CLEAN })
  place.put('home/registry/cache/default/tool-1.0.0.crate', archive)
  setLock(place, { ...old, checksum: sha256(archive) })
}

/** A compressed stream that has no end mark, and a second one with another file in the place of the one before. */
const followed = (): Buffer => {
  const first = [...BASIC.slice(0, 1), { name: `${ROOT}/src/lib.rs`, content: EVIL }]
  return Buffer.concat([gzipSync(Buffer.concat(first.map(tarEntry))), tarGz(BASIC.slice(1))])
}

const archives: readonly Attack[] = [
  [
    'a file twice, under another spelling of its path',
    tarGz([...BASIC, { name: `${ROOT}/./src//lib.rs`, content: EVIL }]),
  ],
  ['a link in the place of a file', tarGz([...BASIC, { name: `${ROOT}/src/lib.rs`, type: '2' }])],
  ['a second compressed stream', followed()],
  [
    'two other names of one entry',
    tarGz([
      ...BASIC,
      { name: 'x', type: 'x', content: `32 path=${ROOT}/src/decoy.rs\n` },
      { name: 'l', type: 'L', content: `${ROOT}/src/lib.rs\0` },
      { name: `${ROOT}/cut`, content: EVIL },
    ]),
  ],
].map(
  ([what, archive]): Attack => ({
    name: `an archive with ${String(what)}`,
    before: registryBase,
    after: (place) => repacked(place, archive as Buffer),
    tells: /tool/,
  }),
)

export const PATH_ATTACKS: readonly Attack[] = [...paths, ...archives]
