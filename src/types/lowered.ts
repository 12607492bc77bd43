/**
 * What is lowered once and kept: signatures, types of fields, impl headers, bounds. Each is lowered under the condition that
 * it stands under itself, besides that of the code that asks. Where a name in it has several meanings, what it became hangs
 * on that condition and on what the view has chosen before: then it is kept for these alone, and lowered anew for others.
 */
import { CFG_TRUE, type CfgExpr, cfgAnd, printCfg } from '../base/index.js'
import { currentView, type Met, meet, meeting, newMet, otherTargets, type Program } from '../names/index.js'

/** What was lowered where names had a choice: how many other views there are, and what was chosen. */
interface Conditional<V> {
  readonly value: V
  readonly met: number
  readonly chosen: CfgExpr
}

/** Of whoever lowers; the context itself holds tables of this file. */
interface OfProgram {
  readonly program: Program
}

/** Of one kind, by what it was lowered from. */
export class Lowered<K, V> {
  /** What is the same under every condition, and meanwhile what is being lowered. */
  readonly #plain = new Map<K, V>()
  readonly #conditional = new Map<K, Map<string, Conditional<V>>>()
  /** What it hangs on; there before it is made, for whoever asks for it meanwhile. */
  readonly #met = new Map<K, Met>()

  /** `cfg` is the condition of the item itself. */
  get({ program }: OfProgram, key: K, cfg: CfgExpr | undefined, make: () => V): V {
    const others = otherTargets(program)
    const before = this.#met.get(key)
    if (before) meet(others, before)
    const plain = this.#plain.get(key)
    if (plain !== undefined) return plain
    const view = currentView(program)
    const { under, chosen } = view
    view.under = cfgAnd(under, cfg)
    const known = this.#conditional.get(key)?.get(keyOf(view.under, chosen))
    if (known) {
      view.under = under
      view.hasChoice = true
      view.met = Math.max(view.met, known.met)
      if (!view.forgets) view.chosen = known.chosen
      return known.value
    }
    return this.#make(program, key, under, make)
  }

  /** For whoever asks for it while it is being lowered. */
  begin(key: K, value: V): void {
    this.#plain.set(key, value)
  }

  #make(program: Program, key: K, outer: CfgExpr, make: () => V): V {
    const others = otherTargets(program)
    const view = currentView(program)
    const { under, met, chosen, hasChoice } = view
    const hangsOn = this.#met.get(key) ?? newMet()
    if (others.alike) this.#met.set(key, hangsOn)
    view.met = 0
    view.hasChoice = false
    try {
      const value = meeting(others, hangsOn, make)
      if (view.hasChoice) {
        this.#plain.delete(key)
        const kept = this.#conditional.get(key) ?? new Map<string, Conditional<V>>()
        this.#conditional.set(key, kept.set(keyOf(under, chosen), { value, met: view.met, chosen: view.chosen }))
      } else this.#plain.set(key, value)
      return value
    } finally {
      view.under = outer
      view.met = Math.max(view.met, met)
      view.hasChoice ||= hasChoice
    }
  }
}

const texts = new WeakMap<CfgExpr, string>()
const textOf = (cfg: CfgExpr): string => {
  if (cfg === CFG_TRUE) return ''
  let text = texts.get(cfg)
  if (text === undefined) texts.set(cfg, (text = printCfg(cfg)))
  return text
}

/** What the choices hang on. */
const keyOf = (under: CfgExpr, chosen: CfgExpr): string => `${textOf(under)} ${textOf(chosen)}`
