// Puts the grammar's wasm file beside the compiled code, so that the published package does not depend on
// tree-sitter-rust-orchard, whose install script wants a C compiler.
import { copyFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const grammar = dirname(require.resolve('tree-sitter-rust-orchard/package.json'))
mkdirSync('dist/syntax', { recursive: true })
copyFileSync(join(grammar, 'tree-sitter-rust_orchard.wasm'), 'dist/syntax/rust.wasm')
copyFileSync(join(grammar, 'LICENSE'), 'dist/syntax/rust.wasm.LICENSE')
