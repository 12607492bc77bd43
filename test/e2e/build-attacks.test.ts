/**
 * Attacks by which cargo starts programs or compiles other files than what was reviewed, though every package comes from where it
 * came from, each through `check`, `diff`, the Action and the hook: none is green.
 */
import { COMMIT_ATTACKS } from '../support/attacks/commit-attacks.js'
import { CONFIGURATION_ATTACKS } from '../support/attacks/configuration-attacks.js'
import { FILE_ATTACKS } from '../support/attacks/file-attacks.js'
import { NAMED_ATTACKS } from '../support/attacks/named-attacks.js'
import { PATH_ATTACKS } from '../support/attacks/path-attacks.js'
import { testAttacks } from '../support/attacks/test-attacks.js'

testAttacks([...CONFIGURATION_ATTACKS, ...FILE_ATTACKS, ...COMMIT_ATTACKS, ...NAMED_ATTACKS, ...PATH_ATTACKS])
