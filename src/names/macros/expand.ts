/**
 * The macro engine: what a call becomes, wherever it stands (The Rust Reference, "Macros By Example"; docs/resolution.md, 1.7).
 *
 * What it computes, and in which order: the macro that the path names, by textual scope before modules; the call's tokens
 * (token-buffer.ts); the first rule that fits (rules.ts and matcher-program.ts read it, match.ts matches, fragments.ts says how
 * far an expression or a type reaches); the text of that rule with what its variables took (transcribe.ts), each piece of which
 * remembers where it was written and under which mark (expansion-text.ts); and that text parsed as what stands at the call
 * (made-expansion.ts). Macros that the compiler has built in go to builtin-macros.ts.
 *
 * Hygiene: tokens that a rule wrote get a mark of their own here (`newHygiene`), which source.ts finds again by offset. Local
 * variables are told apart by it where bodies are inferred (types/infer/body-context.ts); `$crate` is a mark on its token.
 *
 * Why it ends: expansions inside expansions, characters that one of them and those that all of a crate make, and steps of a match
 * have limits, and reaching one is a loss.
 *
 * The law that it keeps: a call that cannot be expanded is a loss, and what can be read of its tokens is looked at all the
 * same (loose-reading.ts). Where it cannot be said whether a rule fits, none behind it is taken in its place.
 *
 * What it deliberately does not do: run procedural macros (law 5); take a fragment back once it was taken, as rustc does not.
 */
import type { FragmentKind, MacroCall, MacroDefItem } from '../../syntax/index.js'
import { blockKey } from '../block-key.js'
import { type CrateState, lose, normalModule, type OwnModule, stateOf } from '../crate-state.js'
import type { MacroDef, Module, Program } from '../defs.js'
import { resolveNames } from '../resolve-path.js'
import { type Hygiene, rootOf, type Source } from '../source.js'
import { type TextualScope, textualAt } from '../textual-scope.js'
import { expandBuiltin } from './builtin-macros.js'
import type { Expansion } from './expansion.js'
import { copyText, KEEP_MARKS, newExpansionText, writeText } from './expansion-text.js'
import { depthOf, lost, lostCall, nameOf, parsed } from './made-expansion.js'
import { type Bindings, matchRule } from './match.js'
import { type Rule, rulesOf } from './rules.js'
import { callBuffer, type TokenBuffer } from './token-buffer.js'
import { EXPANSION_SIZE_LIMIT, transcribe } from './transcribe.js'

/** Expansions inside expansions, whatever a crate's own `recursion_limit` says: each is a few calls deep on our stack. */
export const EXPANSION_DEPTH_LIMIT = 256
/** Characters that all expansions of one crate make together. */
const CRATE_EXPANSION_LIMIT = 100_000_000

/**
 * Expands a call that stands in a body, type or pattern of `module`. Never throws for what a crate wrote; the same call
 * asked for again is mostly expanded again. What is lost is also recorded in the Program, once for each place.
 */
export function expandMacro(
  _program: Program,
  module: Module,
  source: Source,
  call: MacroCall,
  as: FragmentKind,
): Expansion {
  const state = stateOf(module.crate)
  const own = module as OwnModule
  const place = as === 'statements' ? blockKey(normalModule(own), source, call.at) : ''
  const known = state.statementMacros.get(place)
  const [only] = known?.values() ?? []
  if (only && known?.size === 1) return only
  const textual = textualAt(state.textual, module, source, call.at)
  const def = findMacro(state, own, source, call, textual)
  const kept = def && known?.get(def)
  if (kept) return kept
  if (def) return collected(state, place, expandWith(state, def, own, source, call, as))
  return lostCall(state, 'unresolved macro', `${nameOf(call)}!`, source, call, as)
}

/** The expansion that the block's items were collected from, where there is one of that text. */
function collected(state: CrateState, place: string, expansion: Expansion): Expansion {
  const arms = state.selectedArms.get(place)
  return arms?.find((arm) => arm.k === 'ok' && arm.source.text === expansion.source?.text) ?? expansion
}

/** The macro that a call's path names. */
export function findMacro(
  state: CrateState,
  module: OwnModule,
  source: Source,
  call: MacroCall,
  textual: TextualScope | undefined,
): MacroDef | undefined {
  const names = call.path.segments
  const found = resolveNames(state, { module, source, names, global: call.path.global, textual, preludes: true })
  return found.rest === names.length ? found.macros?.def : undefined
}

/** Expands a call of a macro that is known already. */
export function expandWith(
  state: CrateState,
  def: MacroDef,
  module: OwnModule,
  source: Source,
  call: MacroCall,
  as: FragmentKind,
): Expansion {
  return watched(expandKnown(state, def, module, source, call, as), source, call, as)
}

/** Says what became of the call, where someone watches. */
function watched(expansion: Expansion, source: Source, call: MacroCall, as: FragmentKind): Expansion {
  const { visits } = source
  if (!visits) return expansion
  visits.note(source, call.at, 'macro', expansion.k === 'lost' ? 'told' : 'led')
  // A file that is included as items is a module like others.
  const isFile = expansion.k === 'ok' && expansion.source.origin.k === 'file' && as === 'items'
  if (expansion.k === 'ok' && !isFile) visits.expanded(expansion.source, as)
  if (expansion.k === 'builtin' && expansion.source !== source) visits.expanded(expansion.source, 'expression')
  return expansion
}

function expandKnown(
  state: CrateState,
  def: MacroDef,
  module: OwnModule,
  source: Source,
  call: MacroCall,
  as: FragmentKind,
): Expansion {
  if (def.proc) return lostCall(state, 'proc macro', `${def.name}!`, source, call, as)
  if (depthOf(source) >= state.recursionLimit) {
    return lost(
      lose(state, 'limit', `${def.name}! is expanded more than ${state.recursionLimit} deep`, source, call.at),
    )
  }
  if (state.expandedSize > CRATE_EXPANSION_LIMIT) {
    return lost(
      lose(
        state,
        'limit',
        `macros of this crate expand to more than ${CRATE_EXPANSION_LIMIT} characters, what they nest counted`,
        source,
        call.at,
      ),
    )
  }
  if (def.builtin !== undefined) return expandBuiltin({ state, def, module, source, call, as })
  return def.ast
    ? expandRules(state, def, def.ast, source, call, as)
    : lostCall(state, 'unresolved macro', `${def.name}!`, source, call, as)
}

function expandRules(
  state: CrateState,
  def: MacroDef,
  ast: MacroDefItem,
  source: Source,
  call: MacroCall,
  as: FragmentKind,
): Expansion {
  const { rules, broken } = rulesOf(ast, def.source, def.crate.edition)
  const input = callBuffer(source, call.tokens.at, call.tokens.end, state.crate.edition)
  if (!input) return lostCall(state, 'unresolved macro', `${def.name}!: delimiters do not match`, source, call, as)
  const matched =
    input.docs.length === 0
      ? firstMatch(rules, input, source)
      : matchWithDocs(rules, input, source, call, state.crate.edition)
  if (matched && 'why' in matched) return lostCall(state, 'limit', `${def.name}!: ${matched.why}`, source, call, as)
  if (!matched)
    return lostCall(state, 'unresolved macro', `${def.name}!: ${broken ?? 'no rule matches'}`, source, call, as)
  const { rule, bindings, from } = matched
  const { text, problem, tooLarge } = transcribe(def, rule.template, bindings, from, (parent) =>
    newHygiene(state, def, ast, parent),
  )
  if (tooLarge)
    return lost(
      lose(state, 'limit', `${def.name}! expands to more than ${EXPANSION_SIZE_LIMIT} characters`, source, call.at),
    )
  if (problem !== undefined) return lostCall(state, 'unresolved macro', `${def.name}!: ${problem}`, source, call, as)
  const expansion = parsed(state, def.name, text, source, call, as)
  for (const error of expansion.fragment.facts.errors.slice(0, 1)) {
    const shown = expansion.source.text.slice(error.at, Math.min(error.end, error.at + 60))
    lose(state, 'syntax error', `${def.name}! expands to ${shown}`, expansion.source, error.at)
  }
  return expansion
}

interface Matched {
  readonly rule: Rule
  readonly bindings: Bindings
  /** The text that the bindings are offsets into. */
  readonly from: Source
}

/** It cannot be said whether a rule fits: none behind it may be taken in its place. */
interface Undecided {
  readonly why: string
}

function firstMatch(rules: readonly Rule[], input: TokenBuffer, from: Source): Matched | Undecided | undefined {
  for (const rule of rules) {
    const match = matchRule(rule.matcher, input)
    if (match.k === 'bindings') return { rule, bindings: match.bindings, from }
    if (match.k === 'undecided') return match
  }
  return undefined
}

/** Doc comments are written as the attributes that they are to macros. */
function matchWithDocs(
  rules: readonly Rule[],
  input: TokenBuffer,
  source: Source,
  call: MacroCall,
  edition: number,
): Matched | Undecided | undefined {
  const written = newExpansionText()
  let at = call.tokens.at
  for (const doc of input.docs) {
    copyText(written, source, at, doc.at, KEEP_MARKS)
    writeText(written, doc.attribute, source, doc.at, KEEP_MARKS)
    at = doc.end
  }
  copyText(written, source, at, call.tokens.end, KEEP_MARKS)
  const text = written.parts.join('')
  const origin = {
    k: 'expansion',
    macro: '',
    callSource: source,
    callAt: call.at,
    depth: depthOf(source),
    segments: written.segments,
    opaque: written.opaque,
  } as const
  const from: Source = { ...source, text, origin }
  const buffer = callBuffer(from, 0, text.length, edition)
  return buffer && firstMatch(rules, buffer, from)
}

function newHygiene(state: CrateState, def: MacroDef, ast: MacroDefItem, parent: Hygiene | undefined): Hygiene {
  return { id: state.program.nextHygiene++, parent, definer: def.crate, macro: rootOf(def.source, ast.rules.at) }
}
