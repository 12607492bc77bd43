/**
 * git's configuration syntax, as far as caps asks it: which format a repository has, and which submodule stands at which
 * path. Nothing that a configuration names is ever started, and `include` is not followed, since neither question may be
 * answered by an included file.
 */

export interface GitSetting {
  /** In lower case: `extensions`, `submodule`. */
  readonly section: string
  /** As written: the name of a submodule. */
  readonly subsection: string
  /** In lower case. */
  readonly key: string
  readonly value: string
}

/** The settings of a configuration file, in order. Lines that git would not understand are passed over. */
export function parseGitConfig(text: string): readonly GitSetting[] {
  const settings: GitSetting[] = []
  let section = ''
  let subsection = ''
  // A backslash at the end of a line continues it.
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const header = /^\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\](.*)$/.exec(line)
    if (header) {
      section = (header[1] ?? '').toLowerCase()
      subsection = (header[2] ?? '').replace(/\\(.)/g, '$1')
    }
    const setting = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/.exec(header ? (header[3] ?? '') : line)
    if (!setting) continue
    settings.push({ section, subsection, key: (setting[1] ?? '').toLowerCase(), value: settingValue(setting[2]) })
  }
  return settings
}

/** A key alone is true. Quotes may stand anywhere; a comment begins outside of them. */
function settingValue(text: string | undefined): string {
  if (text === undefined) return 'true'
  let value = ''
  let quoted = false
  for (const [token] of text.matchAll(/\\.|[\s\S]/g)) {
    if (token === '"') quoted = !quoted
    else if (!quoted && (token === '#' || token === ';')) break
    else value += token.length === 2 ? ({ '\\n': '\n', '\\t': '\t' }[token] ?? token.slice(1)) : token
  }
  return value.trim()
}
