import { rmSync } from 'node:fs'

export default function teardown() {
  rmSync(process.env.CAPS_CACHE_DIR, { recursive: true, force: true })
}
