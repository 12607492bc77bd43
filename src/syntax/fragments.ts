/** What a macro's text may be read as, and the text around it that makes a file of it for the grammar. */
/** What a fragment is read as. */
export type FragmentKind =
  | 'items'
  | 'statements'
  | 'expression'
  | 'pattern'
  | 'type'
  | 'trait items'
  | 'impl items'
  | 'foreign items'

/** The text that makes a fragment a file, before and behind it. The line break ends a line comment. */
export const FRAMES: Readonly<Record<FragmentKind, readonly [string, string]>> = {
  items: ['', '\n'],
  statements: ['fn f(){', '\n}'],
  expression: ['fn f(){(', '\n)}'],
  pattern: ['fn f(){match x{', '\n=>()}}'],
  type: ['type T=', '\n;'],
  'trait items': ['trait T{', '\n}'],
  'impl items': ['impl T{', '\n}'],
  'foreign items': ['extern "C"{', '\n}'],
}
