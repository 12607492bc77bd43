/** Answers made wrong on purpose, one way each: an oracle that would not see them is none. */
import type { Package, Unit, Workspace } from '../../../src/project/index.js'
import type { CapsAnswer } from './run-world.js'

/** The answer spoilt; undefined where it cannot be spoilt this way. */
type Sabotage = (answer: CapsAnswer) => CapsAnswer | undefined

/** What an empty promise accepts: nothing read, nothing lost. */
const EMPTY: Workspace = {
  roots: [],
  packages: [],
  units: [],
  targets: [],
  diagnostics: [],
} as unknown as Workspace

export const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  'accepts what is refused': (answer) => (answer.k === 'refused' ? { k: 'accepted', workspace: EMPTY } : undefined),
  'refuses what fits': (answer) => (answer.k === 'accepted' ? { k: 'refused', message: 'this cannot be' } : undefined),
  'a unit is passed over': ofUnits((units) => units.slice(1)),
  'a feature too many': ofFirst((unit) => ({ ...unit, features: [...unit.features, 'invented'] })),
  'another edition': ofFirst((unit) => ({ ...unit, edition: unit.edition === 2015 ? 2018 : 2015 })),
  'another root': ofFirst((unit) => ({ ...unit, root: `${unit.root}.rs` })),
  'a name that leads nowhere': ofFirst((unit) => ({
    ...unit,
    externs: [...unit.externs, { name: 'invented', unit: unit.id }],
  })),
  'another source': ofPackages((one) => ({ ...one, source: { kind: 'registry', url: 'https://host.invalid/' } })),
  'another version': ofPackages((one) => ({ ...one, version: '99.0.0' })),
}

function ofUnits(change: (units: readonly Unit[]) => readonly Unit[]): Sabotage {
  return (answer) =>
    answer.k === 'accepted' && answer.workspace.units.length > 0
      ? { k: 'accepted', workspace: { ...answer.workspace, units: change(answer.workspace.units) } }
      : undefined
}

function ofFirst(change: (unit: Unit) => Unit): Sabotage {
  return ofUnits((units) => units.map((unit, index) => (index === 0 ? change(unit) : unit)))
}

/** One that is compiled. */
function ofPackages(change: (one: Package) => Package): Sabotage {
  return (answer) => {
    if (answer.k !== 'accepted') return undefined
    const { workspace } = answer
    const [unit] = workspace.units
    if (!unit) return undefined
    const packages = workspace.packages.map((one) => (one.id === unit.package ? change(one) : one))
    return { k: 'accepted', workspace: { ...workspace, packages } }
  }
}
