// A store of the run's own: no test reads or writes the user's, and what one has worked out another need not.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function setup() {
  process.env.CAPS_CACHE_DIR = mkdtempSync(join(tmpdir(), 'caps-e2e-store-'))
}
