/** The test setup itself: ES modules, `import.meta.url` and tree-sitter's wasm work inside of jest. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { Language, Parser } from 'web-tree-sitter'
import { CFG_TRUE, printCfg } from '../../src/base/index.js'

describe('the test setup', () => {
  test('finds sources behind `.js` imports', () => {
    expect(printCfg(CFG_TRUE)).toBe('true')
  })

  test('knows where a module stands', () => {
    expect(readFileSync(new URL(import.meta.url), 'utf8')).toContain('knows where a module stands')
  })

  test('runs the grammar', async () => {
    await Parser.init()
    const require = createRequire(import.meta.url)
    const wasm = readFileSync(require.resolve('tree-sitter-rust-orchard/tree-sitter-rust_orchard.wasm'))
    const parser = new Parser()
    parser.setLanguage(await Language.load(wasm))
    const tree = parser.parse('fn main() {}')
    expect(tree?.rootNode.toString()).toContain('function_item')
    parser.delete()
  })
})
