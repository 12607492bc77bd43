/**
 * Which of several targets the code can tell apart at all. Building a Program costs time for each target, and most
 * crates ask for nothing but `unix`: targets that answer alike to every option which any loaded text names are one.
 *
 * The texts are searched, not the facts, so that conditions in macros count as well; a name that is no condition at
 * all costs a Program too many, never one too few.
 */
import type { TargetPlatform, Unit } from '../project/workspace.js'
import type { FileStore } from './load-files.js'

/** `unix`, `windows`, `target_os = "linux"`, `target_has_atomic`, …: what rustc may set for a target. */
const OPTION = /\b(unix|windows|panic|target_\w+)\b(?:\s*=\s*\\?"([^"\\]*)\\?")?/g

/** The first of each group of targets between which nothing in the files or dependencies distinguishes. */
export function distinctTargets(
  files: FileStore,
  units: readonly Unit[],
  targets: readonly TargetPlatform[],
): readonly TargetPlatform[] {
  if (targets.length < 2) return targets
  const asked = new Set<string>()
  const note = (text: string): void => {
    for (const [, name, value] of text.matchAll(OPTION)) asked.add(value === undefined ? `${name}` : `${name}=${value}`)
  }
  for (const text of files.texts()) note(text)
  const platforms = new Set(units.flatMap((unit) => unit.externs.map((extern) => extern.platform ?? '')))
  let byTriple = false
  for (const platform of platforms) {
    // A dependency for one triple tells all targets apart.
    if (platform !== '' && !platform.startsWith('cfg(')) byTriple = true
    note(platform)
  }
  if (byTriple) return targets
  const seen = new Set<string>()
  return targets.filter((target) => {
    const options = new Set(
      target.cfg.map((option) => (option.value === undefined ? option.name : `${option.name}=${option.value}`)),
    )
    // What a configuration sets for some targets alone has names of its own.
    const configured = target.cfg.flatMap(({ name, value, configured }) =>
      configured ? [`${name}=${value ?? ''}`] : [],
    )
    const answers = [...asked].map((option) => (options.has(option) ? '1' : '0')).join('') + configured.join(' ')
    if (seen.has(answers)) return false
    seen.add(answers)
    return true
  })
}
