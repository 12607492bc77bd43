/**
 * By what the parts that views of one body found are told apart. A call is the same only where all is the same that is said
 * of it: callee, condition, texts and values handed over. Closures and variables are numbered anew in each view: a closure
 * is known by its place, a call that a value names by all that is said of the call.
 */

import { printCfg } from '../../base/index.js'
import type { FnDef, Source } from '../../names/index.js'
import { rootOf } from '../../names/index.js'
import type { BodyFact, BodyReference, Callee, ClosureBody, OwnedValue } from '../body-types.js'
import type { BodyValue, CallValues, FieldWrite } from '../body-values.js'
import type { TraitRef, Ty } from '../ty.js'
import { tyId } from '../ty-id.js'

export class ViewKeys {
  readonly #closures: readonly ClosureBody[]
  readonly #referenceOf = new Map<CallValues, BodyReference>()
  /** Of calls and values, which name each other: a short name for each text, so that no text grows with its parts'. */
  readonly #names = new Map<string, string>()
  readonly #nameOf = new Map<object, string>()
  readonly #open = new Set<object>()

  constructor(closures: readonly ClosureBody[], references: readonly BodyReference[]) {
    this.#closures = closures
    for (const reference of references) if (reference.call) this.#referenceOf.set(reference.call, reference)
  }

  reference(reference: BodyReference): string {
    const { found, name, called = false, callee, cfg, literals, call, owner } = reference
    const said = JSON.stringify([found, name, called, literals, this.#closure(owner), printCfg(cfg)])
    return `${said} ${this.#callee(callee)} ${this.#call(call)} ${placeKey(reference)}`
  }

  fact(fact: BodyFact): string {
    return `${fact.kind} ${fact.what} ${this.#closure(fact.owner)} ${printCfg(fact.cfg)} ${placeKey(fact)}`
  }

  owned(owned: OwnedValue): string {
    return `${this.#ty(owned.ty)} ${this.#closure(owned.owner)} ${printCfg(owned.cfg)} ${placeKey(owned)}`
  }

  write({ of, name, value }: FieldWrite): string {
    return `${of.id}.${name} ${this.value(value)}`
  }

  value(value: BodyValue | undefined): string {
    return value ? this.#named(value, () => this.#value(value)) : '?'
  }

  #value(value: BodyValue): string {
    const each = (parts: readonly (BodyValue | undefined)[]): string => parts.map((part) => this.value(part)).join()
    switch (value.k) {
      case 'text':
      case 'number':
        return `${value.k} ${value.text}`
      case 'built with':
        return `${value.k} ${value.variable}`
      case 'param':
        return `param ${value.index}`
      case 'handed':
        return `handed ${value.index} ${this.#called(value.by)}`
      case 'result':
        return `result ${this.#called(value.of)}`
      case 'changed':
        return `changed ${this.#called(value.by)} ${this.value(value.of)}`
      case 'any':
      case 'list':
      case 'joined':
      case 'bits':
        return `${value.k} ${each(value.of)}`
      case 'partly':
        return `partly ${this.value(value.of)}`
      case 'cast':
        return `cast ${value.bits} ${this.value(value.of)}`
      case 'element':
        return `element ${value.index ?? ''} ${this.value(value.of)}`
      case 'tuple':
      case 'struct':
        return `${value.k} ${[...value.of].map(([name, part]) => `${name}:${this.value(part)}`).join()}`
      case 'field':
        return `field ${value.name} ${this.value(value.of)}`
      case 'member':
        return `member ${value.of.id} ${value.name}`
      case 'closure':
        return `closure ${this.value(value.ret)} ${value.given.map(each).join(';')}`
      case 'given':
        return `given ${value.index} ${this.value(value.to)}`
      case 'const':
        return `const ${value.def.id}`
    }
  }

  #call(call: CallValues | undefined): string {
    return call ? call.args.map((arg) => this.value(arg)).join() : ''
  }

  /** A call that a value names. */
  #called(call: CallValues): string {
    const reference = this.#referenceOf.get(call)
    return this.#named(call, () => (reference ? this.reference(reference) : this.#call(call)))
  }

  #named(of: object, textOf: () => string): string {
    const known = this.#nameOf.get(of)
    if (known !== undefined) return known
    // A closure's own result, a call that hands itself on: told apart by what is around it.
    if (this.#open.has(of)) return '^'
    this.#open.add(of)
    const text = textOf()
    this.#open.delete(of)
    let name = this.#names.get(text)
    if (name === undefined) this.#names.set(text, (name = `#${this.#names.size}`))
    this.#nameOf.set(of, name)
    return name
  }

  #callee(callee: Callee): string {
    switch (callee.k) {
      case 'fn': {
        const { fn, impl, self, args, calledBack, asked, candidates, cut = false } = callee
        const types = [self ? this.#ty(self) : '', ...args.map((arg) => this.#ty(arg))].join()
        const others = `${idsOf(calledBack)} ${asked?.map((ref) => this.#traitRef(ref)).join(';') ?? ''} ${idsOf(candidates)}`
        return `${fn.id} ${impl?.id ?? ''} ${types} ${others} ${cut}`
      }
      case 'constructor':
        return `${callee.k} ${callee.def.id}`
      case 'const':
        return `${callee.k} ${callee.def.id} ${callee.args?.map((arg) => this.#ty(arg)).join() ?? ''}`
      case 'value':
        return `value ${[callee.ty, ...callee.params, callee.ret].map((ty) => this.#ty(ty)).join()}`
      case 'unresolved':
        return `${callee.why} ${callee.receiver ? this.#ty(callee.receiver) : ''}`
    }
  }

  #traitRef({ trait, args }: TraitRef): string {
    return `${trait.id}<${args.map((arg) => this.#ty(arg)).join()}>`
  }

  #ty(ty: Ty): string {
    return tyId(ty)
      .replace(/\bv\d+/g, 'v')
      .replace(/\bc(\d+)/g, (_, id: string) => `c${this.#closure(Number(id))}`)
  }

  /** -1: the body itself. */
  #closure(id: number): string {
    const closure = this.#closures[id]
    return closure ? placeKey(closure) : ''
  }
}

const idsOf = (defs: readonly FnDef[] | undefined): string => defs?.map(({ id }) => id).join() ?? ''

function placeKey({ source, at }: { readonly source: Source; readonly at: number }): string {
  const root = rootOf(source, at)
  return `${root.source.id}:${root.at}`
}
