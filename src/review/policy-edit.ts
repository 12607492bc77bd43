/**
 * Changes to a caps.toml that keep its comments and layout: only what a request is about is written anew. Text to text;
 * no file is opened here.
 */
import { patch, TomlFormat } from '@decimalturn/toml-patch'
import { type AllowRequest, type CoverageRequest, coverageRuleOf, placeOf } from './allow-request.js'
import { type PolicySource, parseDocument, readPolicy, type Vocabulary, wordsOf } from './policy-read.js'
import type { PolicyFile } from './policy-schema.js'

/** The text with the capabilities allowed. Throws PolicyError when the file or the request cannot be used. */
export function allowInPolicy(source: PolicySource, request: AllowRequest, vocabulary: Vocabulary): string {
  const { rules } = readPolicy(source, vocabulary)
  const { taken, joined } = placeOf(rules, request)
  return edited(source, vocabulary, (file) => {
    const allow = file.allow ?? []
    // Rules of the file begin with those that allow, so that their numbers are the same.
    for (const index of taken) allow[index] = without(allow[index] as AllowFields, request.capabilities)
    if (joined === undefined) allow.push(ruleFor(request))
    else allow[joined] = extended(allow[joined] as AllowFields, request)
    return { ...file, allow: allow.filter(({ capabilities }) => capabilities.length > 0) }
  })
}

/** The text with that much of a package accepted as not analyzed. Throws PolicyError like `allowInPolicy`. */
export function acceptInPolicy(source: PolicySource, request: CoverageRequest, vocabulary: Vocabulary): string {
  const known = coverageRuleOf(readPolicy(source, vocabulary).coverage, request)
  return edited(source, vocabulary, (file) => {
    const coverage = file.coverage ?? []
    if (known === undefined) coverage.push({ ...request })
    else coverage[known] = { ...coverage[known], ...request }
    return { ...file, coverage }
  })
}

type AllowFields = NonNullable<PolicyFile['allow']>[number]

function edited(source: PolicySource, vocabulary: Vocabulary, change: (file: PolicyFile) => PolicyFile): string {
  // The policy was read before, so that the document has the shape of the schema.
  const file = parseDocument(source).toJsObject as PolicyFile
  const format = TomlFormat.autoDetectFormat(source.text)
  format.bracketSpacing = false
  format.trailingComma = false
  const text = patch(source.text, change(file), format)
  readPolicy({ file: source.file, text }, vocabulary)
  return text
}

/** Fields in the order in which a person reads them. */
function ruleFor(request: AllowRequest): AllowFields {
  return {
    package: request.package,
    ...(request.stage !== undefined && { stage: request.stage }),
    ...(request.targets.length > 0 && { target: [...request.targets] }),
    capabilities: [...request.capabilities],
    ...(request.sites !== undefined && { sites: sitesOf(request.capabilities, request.sites) }),
    ...(request.transitive && { transitive: true }),
    reason: request.reason,
  }
}

/** A limit is set or, when the request has none, lifted. */
function extended(rule: AllowFields, { capabilities, sites }: AllowRequest): AllowFields {
  const others = withoutSites(rule, capabilities)
  const words = wordsOf(rule.capabilities)
  const limits = { ...others.sites, ...(sites !== undefined && sitesOf(capabilities, sites)) }
  return {
    ...others,
    capabilities: [...words, ...capabilities.filter((word) => !words.includes(word))],
    ...(Object.keys(limits).length > 0 && { sites: limits }),
  }
}

function without(rule: AllowFields, capabilities: readonly string[]): AllowFields {
  const left = wordsOf(rule.capabilities).filter((word) => !capabilities.includes(word))
  return { ...withoutSites(rule, capabilities), capabilities: left }
}

function withoutSites({ sites, ...rule }: AllowFields, capabilities: readonly string[]): AllowFields {
  const left = Object.entries(sites ?? {}).filter(([word]) => !capabilities.includes(word))
  return left.length > 0 ? { ...rule, sites: Object.fromEntries(left) } : rule
}

const sitesOf = (capabilities: readonly string[], sites: number) =>
  Object.fromEntries(capabilities.map((word) => [word, sites]))
