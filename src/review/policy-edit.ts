/**
 * Changes to a caps.toml that keep its comments and layout: only what a request is about is written anew. Text to text;
 * no file is opened here.
 */

import { patch, stringify, TomlFormat } from '@decimalturn/toml-patch'
import { checked } from '../base/index.js'
import type { UnusedProblem } from '../report/check-result.js'
import { type AllowRequest, type CoverageRequest, placeOf, ruleOfPackage, type SourceRequest } from './allow-request.js'
import { isWithin } from './policy.js'
import { AllowanceError, PolicyError } from './policy-error.js'
import { type PolicySource, parseDocument, readPolicy } from './policy-read.js'
import type { PolicyFile } from './policy-schema.js'
import { type Vocabulary, wordsOf } from './policy-words.js'
import { sourcePattern } from './source-pattern.js'

/** The text with the capabilities allowed. Throws PolicyError when the file cannot be used, AllowanceError for the request. */
export function allowInPolicy(source: PolicySource, request: AllowRequest, vocabulary: Vocabulary): string {
  const { taken, joined } = placeOf(readPolicy(source, vocabulary).rules, request)
  return withRules(
    source,
    vocabulary,
    'allow',
    ({ allow }) => allow,
    (rules) => {
      // The policy's rules begin with those that allow, so that their numbers are the same.
      for (const index of taken) rules[index] = without(checked(rules[index]), request.capabilities)
      if (joined === undefined) rules.push(ruleFor(request))
      else rules[joined] = extended(checked(rules[joined]), request)
      return rules.filter(({ capabilities }) => capabilities.length > 0)
    },
  )
}

/** The text with that much of a package accepted as not analyzed. Throws like `allowInPolicy`. */
export function acceptInPolicy(source: PolicySource, request: CoverageRequest, vocabulary: Vocabulary): string {
  const known = ruleOfPackage(readPolicy(source, vocabulary).coverage, request)
  return withRules(
    source,
    vocabulary,
    'coverage',
    ({ coverage }) => coverage,
    (rules) => {
      if (known === undefined) rules.push({ ...request })
      else rules[known] = { ...rules[known], ...request }
      return rules
    },
  )
}

/** The text with sources that a package may come from beside those that it has. Throws like `allowInPolicy`. */
export function allowSourceInPolicy(source: PolicySource, request: SourceRequest, vocabulary: Vocabulary): string {
  const known = ruleOfPackage(readPolicy(source, vocabulary).sources, request)
  // There is one configuration: what it was is not to be allowed on.
  const isPin = (word: string): boolean => sourcePattern(word)?.ofConfiguration === true
  const isKept = request.sources.some(isPin) ? (word: string) => !isPin(word) : () => true
  return withRules(
    source,
    vocabulary,
    'source',
    (file) => file.source,
    (rules) => {
      const had = known === undefined ? [] : wordsOf(rules[known]?.from ?? [])
      const from = [...had.filter(isKept), ...request.sources.filter((word) => !had.includes(word) || !isKept(word))]
      const [only, ...others] = from
      const rule = {
        package: request.package,
        from: only !== undefined && others.length === 0 ? only : from,
        reason: request.reason,
      }
      if (known === undefined) rules.push(rule)
      else rules[known] = rule
      return rules
    },
  )
}

/** The text without what nothing uses: capabilities, packages and sources of rules, and rules that have none left. */
export function withoutUnused(source: PolicySource, unused: readonly UnusedProblem[], vocabulary: Vocabulary): string {
  const policy = readPolicy(source, vocabulary)
  // Rules that allow stand first in a policy, so that numbers are those of the file; so they are of the other kinds.
  const lines = { allow: policy.rules, coverage: policy.coverage, source: policy.sources }
  let { text } = source
  for (const kind of ['allow', 'coverage', 'source'] as const) {
    const its = unused.filter(({ rule }) => rule.action === kind)
    if (its.length === 0) continue
    const of = (index: number): readonly UnusedProblem[] =>
      its.filter(({ rule }) => rule.line === lines[kind][index]?.line)
    const left = (rule: AnyFields, index: number): AnyFields | undefined => of(index).reduce(withoutPart, rule)
    text = withRules<AnyFields>(
      { ...source, text },
      vocabulary,
      kind,
      (file) => file[kind],
      (rules) => rules.flatMap((rule, index) => left(rule, index) ?? []),
    )
  }
  return text
}

/** A rule of any kind, as the file has it. */
type AnyFields = Partial<AllowFields> & { readonly from?: string | string[]; readonly reason: string }

function withoutPart(rule: AnyFields | undefined, unused: UnusedProblem): AnyFields | undefined {
  const { capability, source, package: owner } = unused
  if (rule === undefined) return undefined
  if (capability !== undefined) return filled(without(rule as AllowFields, [capability]), 'capabilities')
  if (source !== undefined) return filled(withoutWord(rule, 'from', source), 'from')
  return owner === undefined ? undefined : filled(withoutWord(rule, 'package', owner), 'package')
}

function withoutWord(rule: AnyFields, key: 'from' | 'package', word: string): AnyFields {
  return { ...rule, [key]: wordsOf(rule[key] ?? []).filter((other) => other !== word) }
}

const filled = (rule: AnyFields, key: 'capabilities' | 'from' | 'package'): AnyFields | undefined =>
  wordsOf(rule[key] ?? []).length > 0 ? rule : undefined

type AllowFields = NonNullable<PolicyFile['allow']>[number]

function withRules<Rule>(
  source: PolicySource,
  vocabulary: Vocabulary,
  kind: 'allow' | 'coverage' | 'source',
  rulesOf: (file: PolicyFile) => readonly Rule[] | undefined,
  change: (rules: Rule[]) => readonly Rule[],
): string {
  // The policy was read before, so that the document has the shape of the schema.
  const file = parseDocument(source).toJsObject as PolicyFile
  const format = TomlFormat.autoDetectFormat(source.text)
  format.bracketSpacing = false
  format.trailingComma = false
  const known = rulesOf(file)
  const rules = change([...(known ?? [])])
  // The library changes and adds to lists of tables, but begins none: the first one goes to the end.
  const text = known
    ? patch(source.text, { ...file, [kind]: rules }, format)
    : [source.text.trimEnd(), '', stringify({ [kind]: rules }, format)].join(format.newLine)
  checkSayable({ file: source.file, text }, vocabulary)
  return text
}

/** The file was right before, so what is wrong now is what was asked for. */
function checkSayable(source: PolicySource, vocabulary: Vocabulary): void {
  try {
    readPolicy(source, vocabulary)
  } catch (thrown) {
    throw thrown instanceof PolicyError ? new AllowanceError(thrown.problem, thrown.fix) : thrown
  }
}

/** Fields in the order in which a person reads them. */
function ruleFor(request: AllowRequest): AllowFields {
  return {
    package: request.package,
    ...(request.stage !== undefined && { stage: request.stage }),
    ...(request.targets.length > 0 && { target: [...request.targets] }),
    capabilities: [...request.capabilities],
    ...(request.sites !== undefined && { sites: sitesOf(request.capabilities, request.sites) }),
    ...(request.values !== undefined && { values: valuesOf(request.capabilities, request.values) }),
    ...(request.transitive && { transitive: true }),
    reason: request.reason,
  }
}

/** A limit is set or, when the request has none, lifted. */
function extended(rule: AllowFields, { capabilities, sites, values }: AllowRequest): AllowFields {
  const others = withoutLimits(rule, capabilities)
  const words = wordsOf(rule.capabilities)
  const limits = { ...others.sites, ...(sites !== undefined && sitesOf(capabilities, sites)) }
  const lists = { ...others.values, ...(values !== undefined && valuesOf(capabilities, values)) }
  return {
    ...others,
    ...(Object.keys(lists).length > 0 && { values: lists }),
    capabilities: [...words, ...capabilities.filter((word) => !words.includes(word))],
    ...(Object.keys(limits).length > 0 && { sites: limits }),
  }
}

function without(rule: AllowFields, capabilities: readonly string[]): AllowFields {
  const left = wordsOf(rule.capabilities).filter((word) => !capabilities.includes(word))
  return { ...withoutLimits(rule, capabilities), capabilities: left }
}

function withoutLimits({ sites, values, ...rule }: AllowFields, capabilities: readonly string[]): AllowFields {
  // A list may be of a part of what is named: of `fs/read` where `fs` is allowed.
  const parts = Object.keys(values ?? {}).filter((word) => capabilities.some((wide) => isWithin(word, wide)))
  return { ...rule, ...leftOf('sites', sites, capabilities), ...leftOf('values', values, parts) }
}

function leftOf<Key extends string, Limit>(
  key: Key,
  limits: Readonly<Record<string, Limit>> | undefined,
  capabilities: readonly string[],
): { [K in Key]?: Record<string, Limit> } {
  const left = Object.entries(limits ?? {}).filter(([word]) => !capabilities.includes(word))
  return left.length > 0 ? ({ [key]: Object.fromEntries(left) } as { [K in Key]: Record<string, Limit> }) : {}
}

const valuesOf = (capabilities: readonly string[], values: readonly string[]) =>
  Object.fromEntries(capabilities.map((word) => [word, [...values]]))

const sitesOf = (capabilities: readonly string[], sites: number) =>
  Object.fromEntries(capabilities.map((word) => [word, sites]))
