/**
 * Which packages a rule's subject means, and how exactly it names them. Groups are told by the dependencies that the
 * result lists, so that a report read from a file is held against a policy like a fresh one.
 */
import { globTest } from '../base/index.js'
import type { AnalysisResult, PackageResult } from '../report/result.js'
import type { Subject } from './policy.js'

/** How exactly a subject names a package, rising: the first thing that decides between rules. */
const EXACTNESS = {
  anything: 0,
  dependencies: 1,
  ownOrDirect: 2,
  pattern: 3,
  patternAndVersion: 4,
  name: 5,
  nameAndVersion: 6,
}

/** How exactly the subject names the package; undefined when it does not mean it. */
export type Selector = (subject: Subject, owner: PackageResult) => number | undefined

/** `meets`: whether a version meets a requirement in cargo's spelling. */
export function selectorOf(result: AnalysisResult, meets: (version: string, requirement: string) => boolean): Selector {
  const direct = new Set(
    result.packages
      .filter((owner) => owner.local)
      .flatMap((owner) => owner.dependencies.map((dependency) => dependency.package)),
  )
  return (subject, owner) => {
    if (subject.k === 'group') {
      if (subject.group === 'own') return owner.local ? EXACTNESS.ownOrDirect : undefined
      if (owner.local) return undefined
      if (subject.group === 'dependencies') return EXACTNESS.dependencies
      return direct.has(owner.id) ? EXACTNESS.ownOrDirect : undefined
    }
    const { name, requirement } = subject
    if (!globTest(name)(owner.name)) return undefined
    if (requirement !== undefined && !meets(owner.version, requirement)) return undefined
    if (!name.includes('*')) return requirement === undefined ? EXACTNESS.name : EXACTNESS.nameAndVersion
    if (requirement !== undefined) return EXACTNESS.patternAndVersion
    return name === '*' ? EXACTNESS.anything : EXACTNESS.pattern
  }
}
