/** The room's door: text in, `FileFacts` out. */

export * from '../base/index.js'
export type * from './ast.js'
export { FRAMES, type FragmentKind } from './fragments.js'
export { initSyntax } from './grammar.js'
export { lex, matchDelimiters, skipTrivia, type Token, type TokenKind } from './lexer.js'
export { stringLiteral } from './literals.js'
export { packBodies, packTrees } from './pack.js'
export { buffersOf, type PackedFile, packFile, unpackFile } from './packed-file.js'
export { type Fragment, parseFile, parseFragment } from './parse.js'
export { type FileParser, openFileParser, parseFiles } from './parse-files.js'
export { type PlainNode, plainTree } from './plain-tree.js'
export { readBody, readTree } from './unpack.js'
