/** From drafts to the units of the result: short names where they are unique, everything in order. */
import { compareText, STAGES, type Stage } from '../base/index.js'
import type { CompileTarget } from './compile-targets.js'
import type { LoadedPackage } from './package-graph.js'
import { unreadOptions } from './unread-options.js'
import type { Unit, UnitExtern } from './workspace.js'

export interface Draft {
  readonly id: string
  readonly loaded: LoadedPackage
  readonly target: CompileTarget
  readonly features: readonly string[]
  readonly externs: readonly UnitExtern[]
  readonly stages: Set<Stage>
}

/** The side is named only of what is compiled for both, each time differently. */
export function withShortIds(drafts: ReadonlyMap<string, Draft>): ReadonlyMap<string, Draft> {
  const short = (id: string): string => {
    const plain = id.endsWith(HOST) ? id.slice(0, -HOST.length) : id
    return drafts.has(plain) ? id : plain
  }
  return new Map(
    [...drafts.values()].map((draft) => {
      const externs = draft.externs.map((extern) => ({ ...extern, unit: short(extern.unit) }))
      return [short(draft.id), { ...draft, id: short(draft.id), externs }]
    }),
  )
}

export function sorted(drafts: ReadonlyMap<string, Draft>): readonly Unit[] {
  const done = new Set<string>()
  const units: Unit[] = []
  const visit = (draft: Draft): void => {
    if (done.has(draft.id)) return
    done.add(draft.id)
    for (const unit of draft.externs.map((extern) => extern.unit).sort()) {
      const used = drafts.get(unit)
      if (used) visit(used)
    }
    units.push(finished(draft))
  }
  for (const id of [...drafts.keys()].sort()) {
    const draft = drafts.get(id)
    if (draft) visit(draft)
  }
  return units
}

function finished({ id, loaded, target, features, externs, stages }: Draft): Unit {
  const unread = unreadOptions(loaded.manifest.dependencies, externs, target.kind)
  return {
    id,
    package: loaded.id,
    kind: target.kind,
    crateName: target.crateName,
    root: target.root,
    edition: target.edition,
    features,
    declaredFeatures: [...loaded.manifest.features.keys()].sort(),
    stages: STAGES.filter((stage) => stages.has(stage)),
    externs: [...externs].sort(byNameAndPlatform),
    ...(unread.length > 0 && { unreadOptions: unread }),
  }
}

export const HOST = ' (host)'

/** One entry for a name and unit that some table gives for all platforms; else one for each platform. */
export function withoutRepeats(externs: readonly UnitExtern[]): readonly UnitExtern[] {
  const everywhere = new Set(
    externs.filter(({ platform }) => platform === undefined).map(({ name, unit }) => `${name} ${unit}`),
  )
  const out = new Map<string, UnitExtern>()
  for (const extern of externs) {
    const key = `${extern.name} ${extern.unit}`
    if (extern.platform === undefined || !everywhere.has(key)) out.set(`${key} ${extern.platform ?? ''}`, extern)
  }
  return [...out.values()]
}

function byNameAndPlatform(a: UnitExtern, b: UnitExtern): number {
  const left = `${a.name} ${a.unit} ${a.platform ?? ''}`
  const right = `${b.name} ${b.unit} ${b.platform ?? ''}`
  return compareText(left, right)
}
