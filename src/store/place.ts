/** Where the store lies, and how large it may grow. */
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Bytes of all that is kept; what was used least lately goes first. */
export const MOST_BYTES = 2 * 1024 ** 3

/**
 * The directory of the store by the customs of the platform: `CAPS_CACHE_DIR`, else `XDG_CACHE_HOME`, else what the system has
 * for caches. Undefined when there is no home. A relative path in the environment is none (XDG's own rule), `HOME` too: it would be a
 * directory of whatever crate is looked at.
 */
export function storeDirectory(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homeOf(),
): string | undefined {
  const own = absolute(environment['CAPS_CACHE_DIR'])
  if (own !== undefined) return own
  const xdg = absolute(environment['XDG_CACHE_HOME'])
  if (xdg !== undefined) return join(xdg, 'caps')
  const local = platform === 'win32' ? absolute(environment['LOCALAPPDATA']) : undefined
  if (local !== undefined) return join(local, 'caps', 'cache')
  const at = absolute(home)
  if (at === undefined) return undefined
  return platform === 'darwin' ? join(at, 'Library', 'Caches', 'caps') : join(at, '.cache', 'caps')
}

const absolute = (path: string | undefined): string | undefined =>
  path !== undefined && isAbsolute(path) ? path : undefined

function homeOf(): string {
  try {
    return homedir()
  } catch {
    // No home is no error: there is no store then.
    return ''
  }
}
