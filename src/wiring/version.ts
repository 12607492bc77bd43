/** The version of caps, from its package.json: beside dist/ and src/ alike. */
import { readFileSync } from 'node:fs'

/** `0.1.0`. */
export function capsVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  throw new Error('package.json of caps has no version')
}
