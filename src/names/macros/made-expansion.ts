/** What a macro made becomes a source of its own; and a call that could not be expanded becomes a loss and what can be read of it. */
import type { Fragment, FragmentKind, MacroCall } from '../../syntax/index.js'
import { type CrateState, lose } from '../crate-state.js'
import type { Loss } from '../defs.js'
import type { Source } from '../source.js'
import type { Expansion } from './expansion.js'
import type { ExpansionText } from './expansion-text.js'
import { readLoosely } from './loose-reading.js'

/**
 * What an expansion costs for each expansion around it, in characters: macros that call one another twice, nested a few dozen deep,
 * make billions of short texts, while whoever munches tokens nests as deep for a few.
 */
const NESTED_COST = 32

/** Parses an expansion's text as what its position asks for. */
export function parsed(
  state: CrateState,
  macro: string,
  made: ExpansionText,
  source: Source,
  call: MacroCall,
  as: FragmentKind,
): Extract<Expansion, { k: 'ok' }> {
  const text = made.parts.join('')
  state.expandedSize += text.length + NESTED_COST * depthOf(source)
  const fragment = parseAs(state, text, as)
  const expansion: Source = {
    id: state.program.files.nextSourceId(),
    text,
    facts: fragment.facts,
    origin: {
      k: 'expansion',
      macro,
      callSource: source,
      callAt: call.at,
      depth: depthOf(source) + 1,
      segments: made.segments,
      opaque: made.opaque,
    },
    visits: source.visits,
  }
  return { k: 'ok', source: expansion, fragment }
}

/**
 * A macro at the end of a block may make statements, though only an expression is asked for: they become a block then,
 * which no name leaves.
 */
function parseAs(state: CrateState, text: string, as: FragmentKind): Fragment {
  const fragment = state.program.fragments.parse(text, as)
  if (as !== 'expression' || fragment.facts.errors.length === 0) return fragment
  const { facts, stmts = [], tail } = state.program.fragments.parse(text, 'statements')
  if (facts.errors.length > 0 || stmts.length === 0) return fragment
  return { facts, expr: { k: 'block', mode: 'plain', stmts, ...(tail ? { tail } : {}), at: 0, end: text.length } }
}

/** In how many expansions the text is. */
export function depthOf(source: Source): number {
  return source.origin.k === 'expansion' ? source.origin.depth : 0
}

/** The macro as the call names it. */
export function nameOf(call: MacroCall): string {
  return call.path.segments.map((segment) => segment.name).join('::')
}

/** Nothing could be read of the call. */
export function lost(why: Loss): Expansion {
  return { k: 'lost', why }
}

/** Records the loss and reads the tokens as whatever they are. */
export function lostCall(
  state: CrateState,
  kind: Loss['kind'],
  what: string,
  source: Source,
  call: MacroCall,
  as: FragmentKind,
): Expansion {
  const why = lose(state, kind, what, source, call.at, call.end)
  const { visits } = source
  visits?.note(source, call.at, 'macro', 'told')
  if (depthOf(source) >= state.recursionLimit) return lost(why)
  const read = readLoosely(source, call, as, state.crate.edition, (text, position) =>
    parsed(state, nameOf(call), text, source, call, position),
  )
  if (!read) return lost(why)
  visits?.expanded(read.source, as)
  return { k: 'lost', why, source: read.source, fragment: read.fragment }
}
