/**
 * Version requirements in cargo's spelling, answered by npm's semver: the two agree on `^`, `~`, `=`, wildcards and
 * pre-releases, but in cargo a bare version is a caret requirement and a comma means "and".
 */
import semver from 'semver'

/** Whether a version meets a requirement. A requirement that cannot be read is met by nothing. */
export function meetsRequirement(version: string, requirement: string): boolean {
  const range = toNpmRange(requirement)
  return range !== undefined && semver.satisfies(version, range, { loose: true })
}

/** Whether the text is one full version (`1.2.3`, `1.2.3-rc.1+meta`), not a requirement. */
export function isFullVersion(text: string): boolean {
  return semver.valid(text) !== null && /^\d/.test(text)
}

/** Whether the text can be read as a requirement. */
export function isRequirement(text: string): boolean {
  return toNpmRange(text) !== undefined
}

/** Orders versions, older first; equal precedence (build metadata) by text. */
export function compareVersions(a: string, b: string): number {
  const left = semver.parse(a, { loose: true })
  const right = semver.parse(b, { loose: true })
  const order = left && right ? semver.compareBuild(left, right) : 0
  return order !== 0 ? order : a < b ? -1 : a > b ? 1 : 0
}

function toNpmRange(requirement: string): string | undefined {
  const parts = requirement.split(',').map((part) => {
    const trimmed = part.trim()
    return /^\d[^*xX]*$/.test(trimmed) ? `^${trimmed}` : trimmed
  })
  return semver.validRange(parts.join(' '), { loose: true }) ?? undefined
}
