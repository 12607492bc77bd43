/** What `init` and `allow` wrote, in words for a person at a terminal. */

import type { Problem } from '../report/check-result.js'
import { escapeText } from '../report/escape.js'
import { plural } from '../report/spelling.js'
import type { PolicyChange, PolicyUpdate } from '../review/policy-update.js'
import type { PolicyRequest } from '../wiring/check.js'

/** `caps.toml:12: allows exec to cc, when built`, a line a package. */
export function allowedText(requests: readonly PolicyRequest[], file: string, lines: readonly number[]): string {
  return requests.map((request, i) => `${file}:${lines[i]}: ${escapeText(requestText(request))}\n`).join('')
}

function requestText(request: PolicyRequest): string {
  if ('sources' in request) return `${request.package} may come from ${request.sources.join(', ')}`
  if ('losses' in request) {
    const counts = `code not read in ${plural(request.losses, 'place')} and ${plural(request.unresolved, 'unresolved call')}`
    return `accepts of ${request.package} ${counts}`
  }
  const { capabilities, stage, targets, sites, values, transitive } = request
  const notes = [
    stage === undefined ? '' : `stage ${stage}`,
    targets.length === 0 ? '' : `on ${targets.join(', ')}`,
    sites === undefined ? '' : `in at most ${plural(sites, 'place')}`,
    values === undefined ? '' : `for ${values.join(', ')} only`,
    transitive ? 'also through other packages' : '',
  ].filter((note) => note !== '')
  return [`allows ${capabilities.join(', ')} to ${request.package}`, ...notes].join(', ')
}

/** Of a first policy. */
export function writtenText(text: string, file: string): string {
  const rules = text.match(/^\[\[/gm)?.length ?? 0
  const reasons = text.match(/^reason = ["']TODO/gm)?.length ?? 0
  return `wrote ${file}: ${plural(rules, 'rule')}, ${plural(reasons, 'TODO')} where a reason belongs\n`
}

/** Of one that was brought up to date: a line a change. */
export function updatedText({ added, removed, left }: PolicyUpdate, file: string): string {
  const head =
    added.length + removed.length === 0
      ? `${file} says what is there: nothing was changed`
      : `wrote ${file}: ${added.length} added${added.length > 0 ? ', each with a TODO where its reason belongs' : ''}; ${removed.length} removed`
  const lines = [
    head,
    ...added.map((change) => `  + ${changeText(change)}`),
    ...removed.map((change) => `  - ${changeText(change)}`),
    ...left.map((problem) => `  ! ${leftText(problem)}`),
  ]
  return lines.map((line) => `${escapeText(line)}\n`).join('')
}

function changeText({ what, package: owner, stage, targets }: PolicyChange): string {
  const words = what.length === 1 && what[0] === 'all' ? 'the whole rule' : what.join(', ')
  const notes = [stage === undefined ? '' : `stage ${stage}`, ...targets].filter((note) => note !== '')
  return [`${owner}: ${words}`, ...notes].join(', ')
}

const leftText = ({ message }: Problem): string => `${message}: left as it is`
