/** What is commonplace, apart from the rest: a line of a report for a person, in place of rows. */
import { compareText } from '../base/index.js'
import { escapeText } from './escape.js'
import { resourceTexts } from './resource-text.js'
import type { AnalysisResult, Finding } from './result.js'
import { nameText } from './spelling.js'

/** The result without its commonplace findings, and these in short: `exec when built: $RUSTC --version (autocfg)`. */
export function apart(result: AnalysisResult): {
  readonly shown: AnalysisResult
  readonly commonplace: readonly string[]
} {
  const owners = new Map<string, Set<string>>()
  const packages = result.packages.map((owner) => {
    const capabilities = owner.capabilities.filter((finding) => {
      if (finding.commonplace === undefined) return true
      // Who gets to it through others has it through those.
      if (finding.reach === 'direct') {
        const text = textOf(finding)
        owners.set(text, (owners.get(text) ?? new Set()).add(nameText(owner.id)))
      }
      return false
    })
    return { ...owner, capabilities }
  })
  const commonplace = [...owners]
    .sort(([a], [b]) => compareText(a, b))
    .map(([text, names]) => `${text} (${[...names].sort(compareText).join(', ')})`)
  return { shown: { ...result, packages }, commonplace }
}

const MOST_TEXTS = 2

function textOf(finding: Finding): string {
  const texts = resourceTexts([finding]).map(escapeText)
  const more = texts.length > MOST_TEXTS ? `, ${texts.length - MOST_TEXTS} more` : ''
  const when = finding.stage === 'build' ? ' when built' : ''
  return `${escapeText(finding.capability)}${when}: ${texts.slice(0, MOST_TEXTS).join(', ')}${more}`
}
