/**
 * The keys of cargo's configuration and what may stand under each (The Cargo Book, "Configuration"; cargo 1.95). Whatever
 * is not among them, or of another kind, is a loss: nobody knows what it does.
 */
import type { CargoConfiguration } from '../cargo-configuration.js'
import { type ConfigurationTable, type ConfigurationValue, keyText, placeOf } from './values.js'

type Kind = 'string' | 'boolean' | 'integer' | 'strings' | 'table'
type Loss = CargoConfiguration['losses'][number]

/** `*` is any one part. A key that only nightly's cargo knows is in the last table. */
const KEYS: Readonly<Record<string, readonly Kind[]>> = {
  'alias.*': ['string', 'strings'],
  'build.artifact-dir': ['string'],
  'build.build-dir': ['string'],
  'build.dep-info-basedir': ['string'],
  'build.incremental': ['boolean'],
  'build.jobs': ['integer', 'string'],
  'build.pipelining': ['boolean'],
  'build.rustc': ['string'],
  'build.rustc-workspace-wrapper': ['string'],
  'build.rustc-wrapper': ['string'],
  'build.rustdoc': ['string'],
  'build.rustdocflags': ['string', 'strings'],
  'build.rustflags': ['string', 'strings'],
  'build.target': ['string', 'strings'],
  'build.target-dir': ['string'],
  'build.warnings': ['string'],
  'cache.auto-clean-frequency': ['string'],
  'cargo-new.email': ['string'],
  'cargo-new.name': ['string'],
  'cargo-new.vcs': ['string'],
  'credential-alias.*': ['string', 'strings'],
  'doc.browser': ['string', 'strings'],
  'env.*': ['string', 'table'],
  'env.*.force': ['boolean'],
  'env.*.relative': ['boolean'],
  'env.*.value': ['string'],
  'future-incompat-report.frequency': ['string'],
  'http.cainfo': ['string'],
  'http.check-revoke': ['boolean'],
  'http.debug': ['boolean'],
  'http.low-speed-limit': ['integer'],
  'http.multiplexing': ['boolean'],
  'http.proxy': ['string'],
  'http.proxy-cainfo': ['string'],
  'http.ssl-version': ['string', 'table'],
  'http.ssl-version.max': ['string'],
  'http.ssl-version.min': ['string'],
  'http.timeout': ['integer'],
  'http.user-agent': ['string'],
  'install.root': ['string'],
  'net.git-fetch-with-cli': ['boolean'],
  'net.offline': ['boolean'],
  'net.retry': ['integer'],
  'net.ssh.known-hosts': ['strings'],
  'patch.*.*': ['string', 'table'],
  paths: ['strings'],
  'profile.*.codegen-units': ['integer'],
  'profile.*.debug': ['boolean', 'integer', 'string'],
  'profile.*.debug-assertions': ['boolean'],
  'profile.*.incremental': ['boolean'],
  'profile.*.inherits': ['string'],
  'profile.*.lto': ['boolean', 'string'],
  'profile.*.opt-level': ['integer', 'string'],
  'profile.*.overflow-checks': ['boolean'],
  'profile.*.panic': ['string'],
  'profile.*.rpath': ['boolean'],
  'profile.*.split-debuginfo': ['string'],
  'profile.*.strip': ['boolean', 'string'],
  'registries.*.credential-provider': ['string', 'strings'],
  'registries.*.index': ['string'],
  'registries.*.protocol': ['string'],
  'registries.*.token': ['string'],
  'registry.credential-provider': ['string', 'strings'],
  'registry.default': ['string'],
  'registry.global-credential-providers': ['strings'],
  'registry.token': ['string'],
  'resolver.incompatible-rust-versions': ['string'],
  'source.*.branch': ['string'],
  'source.*.directory': ['string'],
  'source.*.git': ['string'],
  'source.*.local-registry': ['string'],
  'source.*.registry': ['string'],
  'source.*.replace-with': ['string'],
  'source.*.rev': ['string'],
  'source.*.tag': ['string'],
  'target.*.ar': ['string'],
  'target.*.linker': ['string'],
  'target.*.runner': ['string', 'strings'],
  'target.*.rustdocflags': ['string', 'strings'],
  'target.*.rustflags': ['string', 'strings'],
  'term.color': ['string'],
  'term.hyperlinks': ['boolean'],
  'term.progress.term-integration': ['boolean'],
  'term.progress.when': ['string'],
  'term.progress.width': ['integer'],
  'term.quiet': ['boolean'],
  'term.unicode': ['boolean'],
  'term.verbose': ['boolean'],
}

/** Read by `links-overrides.ts`, `read-sources.ts` or `profiles.ts`, which know better what may stand there. */
const ELSEWHERE: readonly (readonly string[])[] = [
  ['target', '*', '*'],
  ['patch', '*', '*'],
  ['profile', '*', 'build-override'],
  ['profile', '*', 'package'],
]

const PATTERNS = Object.entries(KEYS).map(([text, kinds]) => ({ parts: text.split('.'), kinds }))

/** What is not understood in the merged configuration, in its order. */
export function unknownKeys(root: ConfigurationTable): readonly Loss[] {
  const losses: Loss[] = []
  const walk = (value: ConfigurationValue, path: readonly string[]): void => {
    if (ELSEWHERE.some((pattern) => matches(pattern, path)) && value.k === 'table') return
    const known = PATTERNS.filter(({ parts }) => matches(parts, path))
    const kinds = known.flatMap((pattern) => pattern.kinds)
    if (kinds.length > 0 && !kinds.some((kind) => kind === kindOf(value))) {
      const message = `${keyText(path)} is ${article(kindOf(value))}, where cargo takes ${kinds.map(article).join(' or ')}`
      losses.push({ at: placeOf(value.at), message })
      return
    }
    if (value.k === 'table' && isBeginning(path)) {
      for (const [key, entry] of value.entries) walk(entry, [...path, key])
    } else if (kinds.length === 0) {
      losses.push({ at: placeOf(value.at), message: unknownText(path) })
    }
  }
  walk(root, [])
  return losses
}

function unknownText(path: readonly string[]): string {
  return NIGHTLY.includes(path[0] ?? '')
    ? `${keyText(path)} holds for a nightly cargo: what it changes is not known`
    : `${keyText(path)} is no key of cargo's configuration that is known here`
}

const NIGHTLY = ['unstable', 'host', 'target-applies-to-host']

function isBeginning(path: readonly string[]): boolean {
  return PATTERNS.some(({ parts }) => parts.length > path.length && matches(parts.slice(0, path.length), path))
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index])
}

function kindOf(value: ConfigurationValue): Kind | 'list' {
  if (value.k !== 'list') return value.k
  return value.items.every(({ k }) => k === 'string') ? 'strings' : 'list'
}

function article(kind: Kind | 'list'): string {
  if (kind === 'strings') return 'a list of strings'
  if (kind === 'list') return 'a list of other things'
  return kind === 'integer' ? 'an integer' : `a ${kind}`
}
