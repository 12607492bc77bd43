/**
 * The grammar: loads the wasm once and maps its numbering to ours (kinds.ts). Everything else in this room speaks of
 * `K.block`, never of the grammar's own numbers.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Language, Parser } from 'web-tree-sitter'
import { FIELD_NAMES, K, KIND_NAMES, type KindName, TOKENS } from './kinds.js'

/** The loaded grammar. */
export interface Grammar {
  readonly parser: Parser
  /** From the grammar's node type numbers to ours. */
  readonly kinds: Uint8Array
  /** From the grammar's field numbers to ours. */
  readonly fields: Uint8Array
}

let loaded: Grammar | undefined
let loading: Promise<void> | undefined

/** Loads the grammar; calling it again costs nothing. Throws when the wasm file is missing or does not fit. */
export function loadGrammar(): Promise<void> {
  loading ??= load()
  return loading
}

/** The grammar; an error when `initSyntax` has not been awaited. */
export function grammar(): Grammar {
  if (!loaded) throw new Error('syntax: initSyntax() must be awaited before parsing')
  return loaded
}

async function load(): Promise<void> {
  await Parser.init()
  const language = await Language.load(grammarFile())
  const parser = new Parser()
  parser.setLanguage(language)
  loaded = { parser, kinds: kindTable(language), fields: fieldTable(language) }
}

/** Beside the compiled code; in a checkout that runs from src/, in the grammar's own package. */
function grammarFile(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'rust.wasm')
  if (existsSync(beside)) return beside
  const manifest = createRequire(import.meta.url).resolve('tree-sitter-rust-orchard/package.json')
  return join(dirname(manifest), 'tree-sitter-rust_orchard.wasm')
}

function kindTable(language: Language): Uint8Array {
  const table = new Uint8Array(0x10000)
  const tokens = new Set<string>([...TOKENS, '_'])
  const found = new Set<string>()
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.types[id]
    if (name === undefined || name === 'ERROR') continue
    const named = language.nodeTypeIsNamed(id)
    if (tokens.has(name) === named) continue
    const at = KIND_NAMES.indexOf(name as KindName)
    if (at < 0) continue
    table[id] = at + 1
    found.add(name)
  }
  // tree-sitter's built-in symbol of ERROR nodes
  table[0xffff] = K.ERROR
  for (const name of KIND_NAMES) {
    if (name !== 'ERROR' && !found.has(name)) throw new Error(`syntax: the grammar has no node kind ${name}`)
  }
  return table
}

function fieldTable(language: Language): Uint8Array {
  const table = new Uint8Array(language.fieldCount + 1)
  FIELD_NAMES.forEach((name, at) => {
    const id = language.fieldIdForName(name)
    if (id === null) throw new Error(`syntax: the grammar has no field ${name}`)
    table[id] = at + 1
  })
  return table
}
