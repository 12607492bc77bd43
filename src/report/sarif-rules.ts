/**
 * The rules of a SARIF log: one a capability, in the order of seriousness, then those of `OTHER_RULES`. They are the same
 * in every log, as GitHub asks for, but for capabilities of a user's own map, which come last.
 *
 * The score (`security-severity`) orders alerts by what a power lets an attacker do. It is no rating of a vulnerability:
 * having a capability is none. So it never reaches GitHub's `critical`.
 */
import { familyOf } from '../base/index.js'
import { coversText } from './capability-help.js'
import type { NoticeLevel } from './notice.js'
import { OTHER_RULES } from './notice.js'
import { sarifText } from './sarif-text.js'
import { compareCapabilities, RANKS, type Tone, toneOf } from './severity.js'

export interface SarifRule {
  readonly id: string
  readonly name: string
  readonly shortDescription: { readonly text: string }
  readonly fullDescription: { readonly text: string }
  readonly help: { readonly text: string; readonly markdown: string }
  readonly defaultConfiguration: { readonly level: NoticeLevel }
  readonly properties: {
    readonly tags: readonly string[]
    readonly precision: 'high'
    readonly 'problem.severity': 'error' | 'warning' | 'recommendation'
    readonly 'security-severity': string
  }
}

/** From and to which score a tone reaches: GitHub's `high`, `medium` and `low`. */
const SCORES: Readonly<Record<Tone, readonly [number, number]>> = {
  alarm: [8.9, 7],
  notice: [6.9, 4],
  quiet: [3.9, 0.1],
}
const PROBLEMS = { alarm: 'error', notice: 'warning', quiet: 'recommendation' } as const
const LEVELS: Readonly<Record<Tone, NoticeLevel>> = { alarm: 'warning', notice: 'note', quiet: 'note' }

/** All rules, with one more for each id of `met` that none of them has. */
export function sarifRules(met: Iterable<string>): readonly SarifRule[] {
  const known = [...RANKS.map(({ capability }) => capabilityRule(capability)), ...OTHER_RULES.map(otherRule)]
  const ids = new Set(known.map(({ id }) => id))
  const others = [...new Set(met)].filter((id) => !ids.has(id)).sort(compareCapabilities)
  return [...known, ...others.map(capabilityRule)]
}

function capabilityRule(capability: string): SarifRule {
  const covers = coversText(capability) ?? 'a capability of a map of your own'
  const why = RANKS.find((rank) => rank.capability === capability)?.why
  const short = `Capability ${sarifText(capability)}: ${covers}`
  const full = why === undefined ? short : `${short}. Why it matters: ${why}`
  const help = [
    `Code with this capability can do this: ${covers}.`,
    ...(why === undefined ? [] : [`Why it matters: ${why}.`]),
    'Having it is no vulnerability. Ask whether the package needs it for what it says it does, and read the call path.',
  ]
  const tone = toneOf(capability)
  const tags = ['security', 'rust', 'capability', sarifText(familyOf(capability))]
  return rule([capability, `Capability${pascalCase(capability)}`], [short, full], help, tone, score(capability), tags)
}

function otherRule({ id, name, title, help }: (typeof OTHER_RULES)[number]): SarifRule {
  return rule([id, name], [title, help], [help], 'notice', SCORES.notice[0], ['security', 'rust'])
}

function rule(
  [id, name]: readonly [string, string],
  [short, full]: readonly [string, string],
  help: readonly string[],
  tone: Tone,
  points: number,
  tags: readonly string[],
): SarifRule {
  return {
    id,
    name,
    shortDescription: { text: short },
    fullDescription: { text: full },
    help: { text: help.join(' '), markdown: help.join('\n\n') },
    defaultConfiguration: { level: LEVELS[tone] },
    properties: {
      tags,
      precision: 'high',
      'problem.severity': PROBLEMS[tone],
      'security-severity': points.toFixed(1),
    },
  }
}

/** Evenly from the most to the least serious capability of its tone. */
function score(capability: string): number {
  const tone = toneOf(capability)
  const [high, low] = SCORES[tone]
  const alike = RANKS.filter((rank) => rank.tone === tone)
  const place = Math.max(
    0,
    alike.findIndex((rank) => compareCapabilities(rank.capability, capability) >= 0),
  )
  return high - ((high - low) * place) / Math.max(1, alike.length - 1)
}

/** `FsRead` of `fs/read`. */
function pascalCase(id: string): string {
  return id
    .split(/[^\p{L}\p{N}]+/u)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
}
