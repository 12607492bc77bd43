/**
 * Where a path leads that stands in a manifest, in `#[path]` or in `include!`, in the package: by its parts alone, for no file
 * is looked at. Who knows which parts are links says so.
 */

/**
 * The path that `path` means inside `dir`; undefined when it is absolute, leads out of the package, or leads elsewhere than
 * its parts say: behind a link `..` is the directory above what the link means, and `\` divides a path on one system and is a
 * letter of a name on the others. `isLink`: of links to directories, and of what was left out.
 */
export function joinPath(
  dir: string,
  path: string,
  isLink: (path: string) => boolean = () => false,
): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return undefined
  const out = dir === '' ? [] : dir.split('/')
  for (const name of path.split('/')) {
    if (name.includes('\\') && isLink([...out, name].join('/'))) return undefined
    for (const part of name.split('\\')) {
      if (part === '' || part === '.') continue
      if (part !== '..') out.push(part)
      else if (isLink(out.join('/')) || out.pop() === undefined) return undefined
    }
  }
  return out.join('/')
}
