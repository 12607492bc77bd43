/** The questions about types that leave no trace where they find nothing, as numbers of texts that mean the same for every target. */
import { ask, numberOf, otherTargets, type Question, questionOf, type TraitDef } from '../names/index.js'
import type { TypeContext } from './context.js'
import { tyKey } from './impl-index.js'
import type { Ty } from './ty.js'

/** The outermost constructor of a type, as every target calls it; undefined for what any impl may fit. */
function kindOf(ty: Ty): Question | undefined {
  if (ty.k === 'adt') return numberOf(ty.def)
  if (ty.k === 'dyn') return questionOf(' dyn', ty.bounds[0] && numberOf(ty.bounds[0].trait))
  const key = tyKey(ty)
  return key === undefined ? undefined : questionOf(key)
}

/** What inherent impls give a type under the name. */
export const memberOf = (self: Ty, name: string): Question | undefined => {
  const kind = kindOf(self)
  return kind === undefined ? undefined : questionOf(` has ${name}`, kind)
}

const isOf = (trait: TraitDef, kind: Question): Question => questionOf(`${kind}`, numberOf(trait))
/** Impls for any type, and what a type that any impl may fit asks for. */
const BLANKET = questionOf('*')
const OPEN = questionOf('?')

/** The questions that an impl of the trait for such a type is an answer to. */
export function answeredByImpl(trait: TraitDef, self: Ty): readonly Question[] {
  const kind = kindOf(self)
  return kind === undefined ? [isOf(trait, BLANKET)] : [isOf(trait, kind), isOf(trait, OPEN)]
}

/** Which items a trait has. */
export const itemsOf = (trait: TraitDef): Question => questionOf(' items', numberOf(trait))

export function askForMember({ program }: TypeContext, self: Ty, name: string): void {
  const others = otherTargets(program)
  if (!others.alike) return
  const question = memberOf(self, name)
  if (question !== undefined) ask(others, question)
}

export function askForImpl({ program }: TypeContext, trait: TraitDef, self: Ty): void {
  const others = otherTargets(program)
  if (!others.alike) return
  ask(others, isOf(trait, kindOf(self) ?? OPEN))
  ask(others, isOf(trait, BLANKET))
}

export function askForItem({ program }: TypeContext, trait: TraitDef): void {
  const others = otherTargets(program)
  if (others.alike) ask(others, itemsOf(trait))
}
