/**
 * Attacks by which cargo takes packages from elsewhere than what was reviewed, each through `check`, `diff`, the Action and the hook:
 * none is green.
 */
import { DEPENDENCY_ATTACKS } from '../support/attacks/dependency-attacks.js'
import { LOCKFILE_ATTACKS } from '../support/attacks/lockfile-attacks.js'
import { OVERRIDE_ATTACKS } from '../support/attacks/override-attacks.js'
import { testAttacks } from '../support/attacks/test-attacks.js'

testAttacks([...DEPENDENCY_ATTACKS, ...OVERRIDE_ATTACKS, ...LOCKFILE_ATTACKS])
