/**
 * One row of the table of places: a crate that has a power at one place of The Rust Reference, and nowhere else. What
 * stands in a row's code for the power, `$…`, is put in here, so that each place is tried with the same powers.
 */

export interface Place {
  /** Chapter of The Rust Reference and the place. */
  readonly name: string
  /** The crate's root, with the power in it. */
  readonly code: string
  /** Further files by path. */
  readonly files: Readonly<Record<string, string>>
  readonly kind: 'lib' | 'bin' | 'proc-macro'
  readonly edition: 2015 | 2018 | 2021 | 2024
  /** The function that must lead to the power, `entry` for those where runs begin; undefined: it must be there. */
  readonly from: string | undefined
  /** Syntactic facts, or kinds of functions, that must be there. */
  readonly facts: readonly string[]
  /** Kind of the loss that tells of the power, where it is not reported. */
  readonly told: string | undefined
  /** Known failure: the power vanishes. */
  readonly missing: boolean
}

/** A row as it is written: only the code, or what differs from the usual too. */
export type Row = string | (Partial<Omit<Place, 'name'>> & { readonly code: string })

/** Diverges, so that it fits wherever a value may stand. */
const RUN = 'std::process::abort()'
/** In an item of its own, where no expression is run. */
const ITEM = 'impl crate::Run for crate::Power { fn run(&self) { std::process::abort() } }'
/** An expression that only the compiler runs has no power but `unsafe`; the items in it are as good as any. */
const CONST = `{ ${ITEM} unsafe { *(&1usize as *const usize) } }`

const HOLES: Readonly<Record<string, string>> = {
  $run: RUN,
  $item: ITEM,
  $const: CONST,
  $plain: '{ unsafe { *(&1usize as *const usize) } }',
  $type: `[u8; ${CONST}]`,
  $arg: `crate::W<${CONST}>`,
}

/** What rows of types and constants share: `go` runs what the hidden impl has. */
const SHARED = `pub trait Run { fn run(&self); } pub struct Power; pub fn go() { Power.run() }
pub struct W<const N: usize>; pub trait Tr<T: ?Sized = u8> { type Out; } impl<S: ?Sized, T: ?Sized> Tr<T> for S { type Out = u8; }
`

/** Rows of a chapter as places. */
export function placesOf(chapter: string, rows: Readonly<Record<string, Row>>): readonly Place[] {
  return Object.entries(rows).map(([name, row]) => {
    const { code, ...rest } = typeof row === 'string' ? { code: row } : row
    const texts = [code, ...Object.values(rest.files ?? {})].join('\n')
    const hidden = /\$(const|type|arg|item)\b/.test(texts)
    const files = Object.entries(rest.files ?? {}).map(([path, text]) => [path, filled(text)])
    const kind = rest.kind ?? (/\bfn main\(/.test(code) ? 'bin' : 'lib')
    const attributes = /^(?:#!\[[^\n]*\]\n)*/.exec(code)?.[0] ?? ''
    const body = code.slice(attributes.length)
    return {
      edition: 2021,
      told: undefined,
      missing: false,
      from: kind !== 'lib' || startsUnasked(code) ? 'entry' : hidden || /\bfn go\(/.test(code) ? 'go' : undefined,
      facts: /\$(const|plain|type|arg)\b/.test(texts) ? ['raw dereference'] : [],
      ...rest,
      name: `${chapter}: ${name}`,
      kind,
      files: Object.fromEntries(files),
      code: attributes + (hidden ? SHARED : '') + filled(body),
    }
  })
}

const startsUnasked = (code: string): boolean =>
  !code.includes('$type') && /\b(link_section|global_allocator|no_mangle|export_name = "malloc)\b/.test(code)

const filled = (text: string): string =>
  text.replace(/\$(run|item|const|plain|type|arg)\b/g, (hole) => HOLES[hole] as string)
