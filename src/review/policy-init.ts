/**
 * A first caps.toml from a result: everything that is there today is allowed, so that adopting a policy costs nothing and
 * every later gain is told. Most serious packages first; what is harmless in many packages is one rule a capability, so
 * that the rest can be read. Each reason is a placeholder that says where the capability comes from.
 *
 * Text is written here and not by a TOML library, because comments beside list elements are the point of it.
 */

import { chainsOf } from '../report/dependency-chains.js'
import { escapeText } from '../report/escape.js'
import { fitList } from '../report/layout.js'
import type { AnalysisResult, Finding, PackageResult, ReportStage } from '../report/result.js'
import { compareCapabilities, toneOf } from '../report/severity.js'
import { fileText, packageText, pathNames } from '../report/spelling.js'
import { policyOfBaseline } from './baseline.js'
import { POLICY_VERSION, subjectText } from './policy.js'

export interface InitOptions {
  /** Merely possible findings too. */
  readonly possible: boolean
  /** Record in how many places each capability is. */
  readonly sites: boolean
  /** Accept what is not analyzed today, for `caps check --strict`. */
  readonly strict: boolean
  /** Whether `cfg(..)` holds on a triple. */
  readonly cfgHolds: (cfg: string, triple: string) => boolean
}

/** This many packages with a quiet capability share one rule for it. */
const MIN_SHARED = 3
/** A longer condition is not worth reading: triples are listed instead. */
const MAX_CFG_LENGTH = 72
/** Columns of a list before it is broken into lines. */
const MAX_LINE = 100

/** A capability of a package, over all of its versions. */
interface Use {
  readonly name: string
  readonly owner: PackageResult
  readonly finding: Finding
  readonly targets: readonly string[]
  readonly sites: number
}

/** The text of the file. */
export function initialPolicy(result: AnalysisResult, options: InitOptions): string {
  const uses = usesOf(result, options)
  const shared = options.sites ? new Map<string, Use[]>() : sharedUses(uses)
  const single = uses.filter((use) => !shared.get(use.finding.capability)?.includes(use))
  const chainOf = chainsOf(result)
  const blocks = [
    header(result),
    ...rulesByPackage(single).map((rule) => packageBlock(rule, options, chainOf)),
    ...[...shared].sort(([a], [b]) => compareCapabilities(a, b)).map(([word, of]) => sharedBlock(word, of)),
    ...(options.strict ? coverageBlocks(result) : []),
  ]
  return `${blocks.join('\n\n')}\n`
}

function header(result: AnalysisResult): string {
  return [
    `# What ${fitList(result.members.map(packageText), MAX_LINE - 40)} and its dependencies may do; \`caps check\` tells what else they can.`,
    '# Written by `caps init`: everything that was there is allowed. Read the rules, remove what should not be, and say in',
    '# the place of each TODO why the rest may. docs/policy.md of caps describes the file.',
    `version = ${POLICY_VERSION}`,
  ].join('\n')
}

/** What packages do themselves, versions of one name together; sorted by name, stage and seriousness. */
function usesOf(result: AnalysisResult, options: InitOptions): Use[] {
  const found = new Map<string, Use>()
  for (const owner of result.packages) {
    for (const finding of owner.capabilities) {
      if (finding.reach !== 'direct' || (finding.certainty === 'possible' && !options.possible)) continue
      const key = [owner.name, finding.stage, finding.capability].join('\0')
      const use = {
        name: owner.name,
        owner,
        finding,
        targets: targetsOf(finding, result, options),
        sites: finding.sites,
      }
      const known = found.get(key)
      found.set(key, known ? bothOf(known, use) : use)
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      compareText(a.name, b.name) ||
      STAGES.indexOf(a.finding.stage) - STAGES.indexOf(b.finding.stage) ||
      compareCapabilities(a.finding.capability, b.finding.capability),
  )
}

function bothOf(a: Use, b: Use): Use {
  const everywhere = a.targets.length === 0 || b.targets.length === 0
  const targets = everywhere ? [] : [...new Set([...a.targets, ...b.targets])].sort()
  return { ...a, targets, sites: Math.max(a.sites, b.sites) }
}

/** How a rule names the targets of a finding: not at all, by its condition when that is short and says the same, or one by one. */
function targetsOf(finding: Finding, result: AnalysisResult, options: InitOptions): readonly string[] {
  const { targets, condition } = finding
  if (targets === undefined || targets.length === 0 || targets.length === result.targets.length) return []
  const cfg = `cfg(${condition})`
  const saysTheSame = (triple: string): boolean => holds(options.cfgHolds, cfg, triple) === targets.includes(triple)
  if (cfg.length <= MAX_CFG_LENGTH && result.targets.every(saysTheSame)) return [cfg]
  return targets
}

/** A formula with options that a manifest's `cfg(..)` cannot have holds nowhere as far as this asks. */
function holds(cfgHolds: InitOptions['cfgHolds'], cfg: string, triple: string): boolean {
  try {
    return cfgHolds(cfg, triple)
  } catch {
    return false
  }
}

/** By capability, the packages that share a rule: what is not alarming, in the running program, on every target. */
function sharedUses(uses: readonly Use[]): Map<string, Use[]> {
  const shared = new Map<string, Use[]>()
  for (const use of uses) {
    const { capability, stage } = use.finding
    if (toneOf(capability) === 'alarm' || stage !== 'run' || use.targets.length > 0) continue
    const list = shared.get(capability)
    if (list) list.push(use)
    else shared.set(capability, [use])
  }
  return new Map([...shared].filter(([, of]) => of.length >= MIN_SHARED))
}

/** Uses of one package, stage and set of targets; the most serious first. */
function rulesByPackage(uses: readonly Use[]): (readonly [Use, ...Use[]])[] {
  const rules = new Map<string, [Use, ...Use[]]>()
  for (const use of uses) {
    const key = [use.name, use.finding.stage, ...use.targets].join('\0')
    const rule = rules.get(key)
    if (rule) rule.push(use)
    else rules.set(key, [use])
  }
  return [...rules.values()].sort(([a], [b]) => compareCapabilities(a.finding.capability, b.finding.capability))
}

function packageBlock(
  rule: readonly [Use, ...Use[]],
  { sites }: InitOptions,
  chainOf: (id: string) => readonly string[],
): string {
  const [{ name, owner, finding, targets }] = rule
  const chain = chainOf(owner.id)
  return [
    ...(chain.length > 1 ? [`# ${chain.map(packageText).join(' → ')}`] : []),
    '[[allow]]',
    `package = ${text(name)}`,
    ...(finding.stage === 'run' ? [] : [`stage = ${text(finding.stage)}`]),
    ...(targets.length > 0 ? [`target = ${oneOrList(targets)}`] : []),
    'capabilities = [',
    ...rule.map((use) => `    ${text(use.finding.capability)}, # ${originOf(use.finding)}`),
    ']',
    ...(sites ? [`sites = { ${rule.map((use) => `${text(use.finding.capability)} = ${use.sites}`).join(', ')} }`] : []),
    `reason = ${text(`TODO: found in ${name} ${owner.version}, as at ${placeOf(finding)}`)}`,
  ].join('\n')
}

function sharedBlock(capability: string, uses: readonly Use[]): string {
  const [first] = uses as readonly [Use, ...Use[]]
  return [
    '[[allow]]',
    `package = ${list(uses.map(({ name }) => name))}`,
    `capabilities = [${text(capability)}]`,
    `reason = ${text(`TODO: found in ${uses.length} packages, as in ${first.name} ${first.owner.version} at ${placeOf(first.finding)}`)}`,
  ].join('\n')
}

function coverageBlocks(result: AnalysisResult): string[] {
  const { coverage } = policyOfBaseline(result, { file: '', sites: false })
  const byPackage = coverage.map((rule) => ({ ...rule, name: rule.subjects.map(subjectText).join() }))
  byPackage.sort((a, b) => compareText(a.name, b.name))
  return byPackage.map(({ name, losses, unresolved }) =>
    [
      '[[coverage]]',
      `package = ${text(name)}`,
      ...(losses > 0 ? [`losses = ${losses}`] : []),
      ...(unresolved > 0 ? [`unresolved = ${unresolved}`] : []),
      `reason = ${text('TODO: not analyzed when caps init ran; caps analyze --show unanalyzed lists the places')}`,
    ].join('\n'),
  )
}

const STAGES: readonly ReportStage[] = ['run', 'build', 'macro', 'test']
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What the capability map names, and where: `std::fs::read, src/lib.rs:3:5`. */
const originOf = (finding: Finding): string => `${pathNames(finding.path).last}, ${placeOf(finding)}`
const placeOf = (finding: Finding): string => fileText(finding.path.at(-1) as Finding['path'][number])

/** A TOML string; invisible and controlling characters are spelled out before, so that JSON's escapes are TOML's. */
function text(value: string): string {
  const plain = escapeText(value)
  return /"/.test(plain) && !/['\\]/.test(plain) ? `'${plain}'` : JSON.stringify(plain)
}

const oneOrList = (words: readonly string[]): string => (words.length === 1 ? words.map(text).join() : list(words))

/** A list on one line, or a line each when that is too long. */
function list(words: readonly string[]): string {
  const line = `[${words.map(text).join(', ')}]`
  return line.length <= MAX_LINE ? line : `[\n${words.map((word) => `    ${text(word)},\n`).join('')}]`
}
