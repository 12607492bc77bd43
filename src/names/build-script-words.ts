/**
 * Which words a package's build script could print as a `--cfg` (Cargo's `cargo::rustc-cfg=`). The script is not run and
 * not followed: every word in its string literals counts, and every name before a brace or colon, since scripts hand
 * names to helpers of their own and to macros. Only the words that code asks for in a `cfg(..)` matter in the end.
 */
import type { Package, Unit } from '../project/index.js'
import { directoryOf } from './module-files.js'

const known = new WeakMap<Package, ReadonlySet<string> | undefined>()

/** The words; undefined when the package has no build script. `units` tell which file the script is. */
export function buildScriptWords(pkg: Package | undefined, units: readonly Unit[]): ReadonlySet<string> | undefined {
  if (!pkg || known.has(pkg)) return pkg && known.get(pkg)
  const root = units.find((unit) => unit.package === pkg.id && unit.kind === 'build')?.root
  if (root === undefined) {
    known.set(pkg, undefined)
    return undefined
  }
  const words = new Set<string>()
  for (const path of pkg.tree.files.keys()) {
    if (isScriptFile(path, root)) addWords(pkg.tree.read(path)?.text ?? '', words)
  }
  known.set(pkg, words)
  return words
}

/** The script, and what stands in a directory of its own with it or for it. */
function isScriptFile(path: string, root: string): boolean {
  if (path === root) return true
  const dir = directoryOf(root)
  return path.endsWith('.rs') && path.startsWith(dir === '' ? `${root.replace(/\.rs$/, '')}/` : `${dir}/`)
}

/** How a word stands in the set that the script prints as an option, as far as its text says so. */
export function printed(name: string): string {
  return `rustc-cfg=${name}`
}

/** Stands in the set where the script writes bytes to its output that are no literal: any option may be among them. */
export const COMPUTED_OUTPUT = 'rustc-cfg'

/** A handle on standard output that something is written to other than by a macro, whose format would be a literal. */
const WRITES_BYTES = /\bstdout\s*\(\s*\)[\s\S]*\.\s*write(?:_all|_vectored)?\s*\(|\bcopy\s*\([\s\S]*\bstdout\b/

function addWords(text: string, words: Set<string>): void {
  if (WRITES_BYTES.test(text)) words.add(COMPUTED_OUTPUT)
  for (const [literal] of text.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
    for (const [word] of literal.matchAll(/[A-Za-z_]\w*/g)) words.add(word)
    for (const [, name] of literal.matchAll(/rustc-cfg=(\w+)/g)) words.add(printed(name as string))
    if (/^"\w+"$/.test(literal) && text.includes('rustc-cfg=')) words.add(printed(literal.slice(1, -1)))
  }
  for (const [, word] of text.matchAll(/\b([a-z_]\w*)\s*:\s*\{/g)) if (word !== undefined) words.add(word)
}
