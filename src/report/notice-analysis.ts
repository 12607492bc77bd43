/**
 * The notices of an analysis: what the crate that was asked for can do, and what its dependencies do themselves. A
 * dependency's transitive findings are left out, since they repeat those of the packages behind it.
 */

import { besidesText, claimsOf } from './besides.js'
import { onlyText } from './condition-text.js'
import { chainsOf } from './dependency-chains.js'
import type { Notice, NoticeLevel } from './notice.js'
import { hasText, routeText } from './notice.js'
import { resourceTexts, someResources } from './resource-text.js'
import type { AnalysisResult, Finding, PackageResult } from './result.js'
import { compareCapabilities, toneOf } from './severity.js'
import { sourceText } from './source-text.js'
import { packageText } from './spelling.js'
import { verifiedText } from './verified-text.js'

/** Own packages first, then most serious first. */
export function analysisNotices(result: AnalysisResult): readonly Notice[] {
  const viaOf = chainsOf(result)
  return result.packages
    .flatMap((owner) =>
      claimsOf(owner.capabilities.filter((finding) => owner.local || finding.reach === 'direct')).map((claim) => ({
        owner,
        ...claim,
      })),
    )
    .sort(
      (a, b) =>
        Number(b.owner.local) - Number(a.owner.local) ||
        Number(a.finding.certainty === 'possible') - Number(b.finding.certainty === 'possible') ||
        compareCapabilities(a.finding.capability, b.finding.capability),
    )
    .map(({ owner, finding, besides }) => {
      const notice = noticeOf(owner, finding, viaOf(owner.id), result.targets)
      return besides.length === 0
        ? notice
        : { ...notice, message: `${notice.message} ${sentence(besidesText(besides))}.` }
    })
}

function noticeOf(owner: PackageResult, finding: Finding, via: readonly string[], all: readonly string[]): Notice {
  const { capability, stage, certainty, reach, condition, module, function: element, path } = finding
  const on = resourceTexts([finding])
  const title = `${packageText(owner.id)} ${hasText(finding)}`
  return {
    rule: capability,
    level: levelOf(finding),
    title,
    message: `${title}: ${routeText(path)}.${onSentence(on)}${conditionSentence(finding, all)}`,
    via,
    path,
    key: ['analysis', owner.name, capability, stage, certainty, reach, condition, module ?? '', element ?? ''],
    properties: {
      package: owner.id,
      ...(owner.source && { source: sourceText(owner.source) }),
      ...(owner.verified && { verified: verifiedText(owner.verified) }),
      stage,
      certainty,
      reach,
      condition,
      sites: finding.sites,
      ...(finding.literals && { literals: finding.literals }),
      ...(on.length > 0 && { resources: on }),
    },
  }
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What it acts on; of much the beginning: the properties hold all of it. */
function onSentence(on: readonly string[]): string {
  return on.length === 0 ? '' : ` It acts on ${someResources(on, MAX_RESOURCES).join(', ')}.`
}

const MAX_RESOURCES = 6

/** ` Only on windows.`; empty when it always holds. A long formula is cut: it stands in the properties in full. */
function conditionSentence({ condition, targets: some = [] }: Finding, all: readonly string[]): string {
  return condition === 'true' ? '' : ` ${sentence(onlyText([condition], { some, all }))}.`
}

/** An analysis judges nothing: what is loud is a warning, so that it can be told from the rest, and nothing is an error. */
function levelOf({ capability, certainty }: Finding): NoticeLevel {
  return certainty === 'certain' && toneOf(capability) === 'alarm' ? 'warning' : 'note'
}
