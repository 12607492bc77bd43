/** The room's door: text in, `FileFacts` out. */
export type * from './ast.js'
export * from './cfg.js'
export { initSyntax } from './grammar.js'
export { lex, matchDelimiters, skipTrivia, type Token, type TokenKind } from './lexer.js'
export { stringLiteral } from './literals.js'
export { packBodies, readBody } from './pack.js'
export { type Fragment, type FragmentKind, parseFile, parseFragment } from './parse.js'
