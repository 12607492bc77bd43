/** One thing is said once: what a package possibly has besides what it has for certain is a detail of the latter. */
import type { Finding } from './result.js'

/** A finding of a package, and what is merely possible of the same capability, stage and element. */
export interface Claim {
  readonly finding: Finding
  readonly besides: readonly Finding[]
}

/** The findings of one package in their order; a possible one stands alone only where nothing is certain. */
export function claimsOf(findings: readonly Finding[]): readonly Claim[] {
  const keyOf = ({ capability, stage, module, function: element }: Finding): string =>
    [capability, stage, module, element].join('\0')
  const certain = new Map<string, Finding[]>()
  for (const finding of findings) {
    if (finding.certainty === 'certain' && !certain.has(keyOf(finding))) certain.set(keyOf(finding), [])
  }
  const isBeside = (finding: Finding): boolean => finding.certainty === 'possible' && certain.has(keyOf(finding))
  for (const finding of findings.filter(isBeside)) certain.get(keyOf(finding))?.push(finding)
  const told = new Set<string>()
  return findings
    .filter((finding) => !isBeside(finding))
    .map((finding) => {
      const key = keyOf(finding)
      if (told.has(key)) return { finding, besides: [] }
      told.add(key)
      return { finding, besides: certain.get(key) ?? [] }
    })
}

/** `possibly at 3 more sites`; empty without any. Ways through other packages have no sites of their own. */
export function besidesText(besides: readonly Finding[]): string {
  const sites = besides.reduce((sum, { reach, sites: count }) => sum + (reach === 'direct' ? count : 0), 0)
  if (besides.length === 0) return ''
  return sites === 0 ? 'possibly by another way' : `possibly at ${sites} more ${sites === 1 ? 'site' : 'sites'}`
}
