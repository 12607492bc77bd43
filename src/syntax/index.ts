/** The room's door: text in, `FileFacts` out. */

export type * from './ast.js'
export type {
  Attr,
  CfgExpr,
  ConstItem,
  EnumItem,
  Expr,
  FnItem,
  ImplItem,
  Item,
  MacroCall,
  MacroDefItem,
  ModItem,
  Path,
  StaticItem,
  StructItem,
  TraitItem,
  TypeAliasItem,
  VariantItem,
} from './ast-and-cfg.js'
export { cfgOf, readAttributes } from './attributes.js'
export { FRAMES, type FragmentKind } from './fragments.js'
export { bareName } from './identifiers.js'
export { initSyntax } from './init-syntax.js'
export { lex, matchDelimiters, type Token } from './lexer.js'
export { stringLiteral } from './literals.js'
export { packBodies } from './pack.js'
export { type PackedFile, packFile, unpackFile } from './packed-file.js'
export { type Fragment, parseFile, parseFragment } from './parse.js'
export { type FileParser, openFileParser, parseFiles } from './parse-files.js'
export { type PlainNode, plainTree } from './plain-tree.js'
export { readBody } from './unpack.js'
