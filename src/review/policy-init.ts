/**
 * A first caps.toml from a result: everything that is there today is allowed, so that adopting a policy costs nothing and
 * every later gain is told. Most serious packages first; what is harmless in many packages is one rule a capability, so
 * that the rest can be read. Each reason is a placeholder that says where the capability comes from.
 *
 * Text is written here and not by a TOML library, because comments beside list elements are the point of it.
 */

import { checked, compareText } from '../base/index.js'
import { chainsOf } from '../report/dependency-chains.js'
import { escapeText } from '../report/escape.js'
import { fitList } from '../report/layout.js'
import type { AnalysisResult, Finding } from '../report/result.js'
import { compareCapabilities } from '../report/severity.js'
import { fileText, packageText, pathNames } from '../report/spelling.js'
import { policyOfBaseline } from './baseline.js'
import { isNameable, POLICY_VERSION, type PolicyScope, subjectText } from './policy.js'
import { sourceUses } from './policy-init-sources.js'
import { type InitOptions, rulesByPackage, sharedUses, type Use, usesOf } from './policy-init-uses.js'
import { valuesOfUse } from './policy-init-values.js'

/** Columns of a list before it is broken into lines. */
const MAX_LINE = 100

/** The text of the file. */
export function initialPolicy(result: AnalysisResult, options: InitOptions): string {
  const uses = usesOf(result, options)
  const shared = options.sites ? new Map<string, Use[]>() : sharedUses(uses)
  const single = uses.filter((use) => !shared.get(use.finding.capability)?.includes(use))
  const chainOf = chainsOf(result)
  const blocks = [
    header(result),
    ...analysisBlock(result, options.scope),
    ...unnameable(result),
    ...rulesByPackage(single).map((rule) => packageBlock(rule, options, chainOf)),
    ...[...shared].sort(([a], [b]) => compareCapabilities(a, b)).map(([word, of]) => sharedBlock(word, of)),
    ...sourceBlocks(result),
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

/** Nothing was asked for: then whatever `caps check` looks at by itself is right, and new targets of the configuration count too. */
function analysisBlock({ targets }: AnalysisResult, scope: PolicyScope): string[] {
  const { packages, features, cfg, allFeatures, noDefaultFeatures, entry, maps } = scope
  const lines = [
    ...(packages.length > 0 ? [`package = ${oneOrList(packages)}`] : []),
    ...(scope.targets.length > 0 ? [`target = ${oneOrList(scope.targets)}`] : []),
    ...(features.length > 0 ? [`features = ${oneOrList(features)}`] : []),
    ...(cfg.length > 0 ? [`cfg = ${oneOrList(cfg)}`] : []),
    ...(allFeatures ? ['all-features = true'] : []),
    ...(noDefaultFeatures ? ['no-default-features = true'] : []),
    ...(entry === undefined ? [] : [`entry = ${text(entry)}`]),
    ...(maps.length > 0 ? [`capability-map = ${oneOrList(maps)}`] : []),
  ]
  if (lines.length === 0) {
    return [`# Looked at: ${fitList(targets, MAX_LINE * 2)}; the features that cargo turns on.`]
  }
  return [
    `# What was looked at: \`caps check\` looks at the same unless its options say otherwise.\n[analysis]\n${lines.join('\n')}`,
  ]
}

/** What they have stays not allowed, which the reader has to know. */
function unnameable(result: AnalysisResult): string[] {
  const names = new Set(result.packages.flatMap(({ name }) => (isNameable(name) ? [] : [name])))
  return [...names]
    .sort(compareText)
    .map((name) => `# No rule can name the package ${text(name)}: it is allowed nothing.`)
}

function packageBlock(
  rule: readonly [Use, ...Use[]],
  options: InitOptions,
  chainOf: (id: string) => readonly string[],
): string {
  const [{ name, owner, finding, targets }] = rule
  const chain = chainOf(owner.id)
  const values = rule.flatMap((use) => {
    const words = valuesOfUse(use, options)
    return words ? [`${text(use.finding.capability)} = ${list(words)}`] : []
  })
  return [
    ...(chain.length > 1 ? [`# ${chain.map(packageText).join(' → ')}`] : []),
    '[[allow]]',
    `package = ${text(name)}`,
    ...(finding.stage === 'run' ? [] : [`stage = ${text(finding.stage)}`]),
    ...(targets.length > 0 ? [`target = ${oneOrList(targets)}`] : []),
    'capabilities = [',
    ...rule.map((use) => `    ${text(use.finding.capability)}, # ${originOf(use.finding)}`),
    ']',
    ...(options.sites
      ? [`sites = { ${rule.map((use) => `${text(use.finding.capability)} = ${use.sites}`).join(', ')} }`]
      : []),
    ...(values.length > 0 ? [`values = { ${values.join(', ')} }`] : []),
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

function sourceBlocks(result: AnalysisResult): string[] {
  const blocks = sourceUses(result).map(({ subject, from }) =>
    [
      '[[source]]',
      'group' in subject ? `group = ${text(subject.group)}` : `package = ${oneOrList(subject.names)}`,
      `from = ${oneOrList(from)}`,
      `reason = ${text('TODO: from there when caps init ran')}`,
    ].join('\n'),
  )
  const [first, ...others] = blocks
  if (first === undefined) return []
  return [`# Where packages may come from; another registry, repository, commit or patch is told.\n${first}`, ...others]
}

function coverageBlocks(result: AnalysisResult): string[] {
  const { coverage } = policyOfBaseline(result, { file: '', sites: false })
  const byPackage = coverage
    .map((rule) => ({ ...rule, name: rule.subjects.map(subjectText).join() }))
    .filter(({ name }) => isNameable(name))
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

/** What the capability map names, and where: `std::fs::read, src/lib.rs:3:5`. */
const originOf = (finding: Finding): string => `${pathNames(finding.path).last}, ${placeOf(finding)}`
const placeOf = (finding: Finding): string => fileText(checked(finding.path.at(-1)))

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
