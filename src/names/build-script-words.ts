/**
 * Which words a package's build script could print as a `--cfg` (Cargo's `cargo::rustc-cfg=`). The script is not run and
 * not followed: every word in its string literals counts, and every name before a brace or colon, since scripts hand
 * names to helpers of their own and to macros. Only the words that code asks for in a `cfg(..)` matter in the end.
 */
import type { Package } from '../project/workspace.js'

const NONE: ReadonlySet<string> = new Set()
/** Build scripts are short; what is beyond this is not searched. */
const TEXT_LIMIT = 1_000_000

const known = new WeakMap<Package, ReadonlySet<string>>()

/** The words; none when the package has no build script that talks of options. */
export function buildScriptWords(pkg: Package | undefined): ReadonlySet<string> {
  if (!pkg) return NONE
  const before = known.get(pkg)
  if (before) return before
  const words = new Set<string>()
  for (const path of pkg.tree.files.keys()) {
    if (!/^build(\.rs|\/.*\.rs)$/.test(path)) continue
    const text = pkg.tree.read(path)?.text.slice(0, TEXT_LIMIT) ?? ''
    for (const [literal] of text.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
      for (const [word] of literal.matchAll(/[A-Za-z_]\w*/g)) words.add(word)
    }
    for (const [, word] of text.matchAll(/\b([a-z_]\w*)\s*:\s*\{/g)) if (word !== undefined) words.add(word)
  }
  known.set(pkg, words)
  return words
}
