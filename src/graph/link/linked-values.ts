/**
 * Symbolic values in the words of the finished graph: calls by numbers, functions by theirs. A call that several targets have
 * is one call, whose arguments are what any of them says.
 */
import { compareText } from '../../base/index.js'
import type { FieldWrites, FunctionNode, RecipeConst } from '../call-graph.js'
import type { FunctionKey } from '../crate-share.js'
import { renamed, type SymbolicValue } from '../symbolic-values.js'
import type { LinkState } from './link-state.js'
import type { OpenNode, OpenUse } from './open-graph.js'

type LinkedRecipe = NonNullable<FunctionNode['recipes']>[number]

export class LinkedValues {
  readonly #numbers = new Map<OpenUse, number>()

  constructor(
    private readonly state: LinkState,
    private readonly functionOf: (key: FunctionKey) => number | undefined,
  ) {}

  /** In the order in which they are asked for, which is that of the shares. */
  numberOf(use: OpenUse): number {
    const first = this.state.sameUse.get(use) ?? use
    let number = this.#numbers.get(first)
    if (number === undefined) this.#numbers.set(first, (number = this.#numbers.size))
    return number
  }

  argumentsOf(use: OpenUse): readonly (SymbolicValue | null)[] {
    const { values, others } = use
    const first = values.map((value) => this.#nullable(value, use.calls))
    if (!others) return first
    return first.map((value, i) =>
      eitherOf([value, ...others.map(({ values: theirs, calls }) => this.#nullable(theirs[i], calls))]),
    )
  }

  /** What is written to fields, each value of a function once. */
  fields(idOf: (from: number) => number): readonly FieldWrites[] {
    return [...this.state.fieldWrites]
      .sort(([a], [b]) => compareText(a, b))
      .map(([field, writes]) => {
        const known = new Map<string, FieldWrites['writes'][number]>()
        for (const { from, value, calls } of writes) {
          const write = { from: idOf(from), value: this.#nullable(value, calls) }
          known.set(JSON.stringify(write), write)
        }
        return { field, writes: [...known.values()] }
      })
  }

  #nullable(
    value: SymbolicValue<FunctionKey> | null | undefined,
    calls: readonly (OpenUse | undefined)[],
  ): SymbolicValue | null {
    return value ? this.#of(value, calls) : null
  }

  /** Where one of the targets that its body was inferred for knows nothing, there is something that is not known. */
  returnedOf({ returned, inferredIn }: OpenNode): SymbolicValue | null {
    const values = returned.map(({ value, calls }) => this.#of(value, calls))
    return eitherOf(returned.length < inferredIn.length ? [...values, null] : values)
  }

  /** Each once; one of which a part is not in the graph is none. */
  recipesOf({ recipe: all }: OpenNode): readonly LinkedRecipe[] {
    const known = new Map<string, LinkedRecipe>()
    for (const { recipe, calls } of all) {
      const uses = recipe.calls.map((call) => calls[call])
      const consts = recipe.consts.map((one): RecipeConst<number> | undefined => {
        if (one.k !== 'initialiser') return one
        const of = this.functionOf(one.of)
        return of === undefined ? undefined : { k: 'initialiser', of }
      })
      if (uses.includes(undefined) || consts.includes(undefined)) continue
      const linked = {
        ...recipe,
        calls: uses.flatMap((use) => (use ? [this.numberOf(use)] : [])),
        consts: consts.filter((one) => one !== undefined),
      }
      known.set(JSON.stringify(linked), linked)
    }
    return [...known.values()]
  }

  #of(value: SymbolicValue<FunctionKey>, calls: readonly (OpenUse | undefined)[]): SymbolicValue | null {
    return renamed(
      value,
      (call) => {
        const use = calls[call]
        return use && this.numberOf(use)
      },
      this.functionOf,
    )
  }
}

/** Each of what targets say once. */
function eitherOf(values: readonly (SymbolicValue | null)[]): SymbolicValue | null {
  if (values.length < 2) return values[0] ?? null
  const known = new Map(values.map((value) => [JSON.stringify(value), value]))
  const [only] = known.values()
  return known.size < 2 ? (only ?? null) : { k: 'any', of: [...known.values()] }
}
