/** Attacks on Cargo.lock alone. */
import { type Attack, registryBase, setLock, USES_TOOL } from './attack.js'
import { CLEAN, EVIL, lockfile, manifest, NEW_REVISION, OLD_REVISION } from './workshop.js'

const OTHER = 'registry+https://evil.invalid/index'
const HOME = 'https://host.invalid/tool'

export const LOCKFILE_ATTACKS: readonly Attack[] = [
  {
    name: 'checksum changed',
    before: registryBase,
    after: (place) => {
      const evil = place.published('tool@1.0.0', { 'src/lib.rs': EVIL }, OTHER)
      const old = place.published('tool@1.0.0', { 'src/lib.rs': CLEAN })
      setLock(place, { ...old, ...(evil.checksum && { checksum: evil.checksum }) })
    },
    tells: /tool/,
  },
  {
    name: 'checksum left out, and another archive in the cache',
    before: registryBase,
    after: (place) => {
      const { checksum: _, ...evil } = place.published('tool@1.0.0', { 'src/lib.rs': EVIL })
      setLock(place, evil)
    },
    tells: /tool/,
  },
  {
    name: 'version changed',
    before: registryBase,
    after: (place) => setLock(place, place.published('tool@1.1.0', { 'src/lib.rs': EVIL })),
    tells: /tool/,
  },
  {
    name: 'source changed to another registry',
    before: registryBase,
    after: (place) => setLock(place, place.published('tool@1.0.0', { 'src/lib.rs': EVIL }, OTHER)),
    tells: /tool/,
    refused: true,
  },
  {
    name: 'git revision changed',
    before: (place) => {
      const old = place.checkout(HOME, OLD_REVISION, 'tool@1.0.0', { 'src/lib.rs': CLEAN })
      place.write({
        'Cargo.toml': manifest('app@1.0.0', `[dependencies]\ntool = { git = "${HOME}" }\n`),
        'src/lib.rs': USES_TOOL,
        'Cargo.lock': lockfile({ id: 'app@1.0.0', needs: ['tool'] }, old),
      })
    },
    after: (place) => setLock(place, place.checkout(HOME, NEW_REVISION, 'tool@1.0.0', { 'src/lib.rs': EVIL })),
    tells: /tool/,
  },
  {
    name: 'lockfile removed',
    before: registryBase,
    after: (place) => place.delete('Cargo.lock'),
    tells: /tool|Cargo\.lock/,
    refused: true,
  },
]
