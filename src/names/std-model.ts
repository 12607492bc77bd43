/**
 * The std model: core, alloc, std and their like as syntax that was read ahead of time from real std source
 * (data/std/, made by scripts/make-std-model.mjs). To names they are crates like any other.
 *
 * Every platform's items are in it, under their cfg; no bodies, no places: offsets are 0 but for macros, whose text
 * alone is in `text`. Modules, impls and signatures are decoded when they are first looked at. What could not be read
 * of std is listed in data/std/losses.txt.
 */
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import type { FileFacts } from '../syntax/index.js'
import type { TextPiece } from './source.js'
import type { PackedValue } from './std-model-format.js'
import { unpack } from './std-model-unpack.js'

export interface StdModel {
  /** Of the std that it was made from: `1.96.0`. */
  readonly version: string
  /** Dependencies first. */
  readonly crates: readonly StdModelCrate[]
}
export interface StdModelCrate {
  readonly name: string
  readonly edition: number
  /** The texts of the crate's macros, which their items' spans point into. */
  readonly text: string
  /** Where in std's own source each of them was written. */
  readonly pieces: readonly TextPiece[]
  /** All modules of the crate, inline. A function that has a body has body 0, an expression of kind `error`. */
  readonly facts: FileFacts
}

/** data/std/model.json. */
export interface StdModelIndex {
  readonly version: string
  readonly crates: readonly { readonly name: string; readonly edition: number }[]
}
/** The part of a crate's file that is JSON; the packed bytes stand behind it. */
export type StdModelHeader = Pick<PackedValue, 'shapes' | 'strings'> & {
  readonly text: string
  readonly pieces: readonly TextPiece[]
}

/** The same place seen from src/names and from dist/names. */
const DATA = new URL('../../data/std/', import.meta.url)
/** A crate's file begins with the length of its JSON part: a little-endian number of that many bytes. */
export const HEADER_LENGTH_BYTES = 4

/**
 * Loads the model that this version of caps comes with. Throws when its files are missing or damaged: then the
 * installation is broken, which no analysis should hide.
 */
export function loadStdModel(): StdModel {
  const index = JSON.parse(readFileSync(new URL('model.json', DATA), 'utf8')) as StdModelIndex
  return {
    version: index.version,
    crates: index.crates.map(({ name, edition }) => ({ name, edition, ...loadCrate(name) })),
  }
}

function loadCrate(name: string): Pick<StdModelCrate, 'text' | 'pieces' | 'facts'> {
  const data = brotliDecompressSync(readFileSync(new URL(`${name}.br`, DATA)))
  const headerEnd = HEADER_LENGTH_BYTES + data.readUInt32LE(0)
  const header = JSON.parse(data.toString('utf8', HEADER_LENGTH_BYTES, headerEnd)) as StdModelHeader
  const facts = unpack({ shapes: header.shapes, strings: header.strings, bytes: data.subarray(headerEnd) }) as FileFacts
  return { text: header.text, pieces: header.pieces, facts }
}

/** data/std/system-impls.json: impls of std that reach the system, by self type (without a reference around it) and trait, as rustc prints them. */
export function loadSystemImpls(): readonly (readonly [self: string, trait: string])[] {
  const { impls } = JSON.parse(readFileSync(new URL('system-impls.json', DATA), 'utf8')) as {
    readonly impls: readonly (readonly [string, string])[]
  }
  return impls
}
