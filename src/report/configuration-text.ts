/** Which files of cargo's configuration decided what was looked at, in one line; those that decided nothing are in the JSON. */
import type { AnalysisResult } from './result.js'
import { plural } from './spelling.js'

/** More keys than this of one file are counted. */
const MAX_KEYS = 3

/** `.cargo/config.toml (source.crates-io), CARGO_HOME/config.toml of this machine (--cfg x)`; empty when none decides. */
export function configurationText({ configuration = [] }: Pick<AnalysisResult, 'configuration'>): string {
  return configuration
    .filter(({ decides }) => decides.length > 0)
    .map(({ file, scope, decides }) => {
      const more = decides.length - MAX_KEYS
      const keys = [...decides.slice(0, MAX_KEYS), ...(more > 0 ? [`${plural(more, 'key')} more`] : [])]
      return `${file}${scope === 'machine' ? ' of this machine' : ''} (${keys.join(', ')})`
    })
    .join(', ')
}
