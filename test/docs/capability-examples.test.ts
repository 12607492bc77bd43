/** docs/capabilities.md: an example of each capability, and that caps reports of it just what the document says. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type AnalysisResult, analyze, capabilityNames } from '../../src/index.js'

const document = readFileSync(new URL('../../docs/capabilities.md', import.meta.url), 'utf8')

interface Example {
  readonly capability: string
  /** What the document says is reported, the capability itself included. */
  readonly reported: readonly string[]
  readonly code: string
  readonly inBuildScript: boolean
}

const examples: readonly Example[] = [
  ...document.matchAll(/^### `(?<name>[^`]+)`\n(?<text>(?:(?!^###)[\s\S])*?)^```rust\n(?<code>[\s\S]*?)^```/gm),
].map(({ groups }) => {
  const { name = '', text = '', code = '' } = groups ?? {}
  const others = /Reported with it: (.*)\./.exec(text)?.[1] ?? ''
  return {
    capability: name,
    reported: [name, ...[...others.matchAll(/`([^`]+)`/g)].map(([, other = '']) => other)].sort(),
    code,
    inBuildScript: code.startsWith('// build.rs\n'),
  }
})

const moduleOf = ({ capability }: Example): string => `of_${capability.replace('/', '_')}`

let directory = ''
let result: AnalysisResult
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'caps-examples-'))
  mkdirSync(join(directory, 'src'))
  const put = (file: string, text: string) => writeFileSync(join(directory, file), text)
  const modules = (inBuildScript: boolean) =>
    examples
      .filter((example) => example.inBuildScript === inBuildScript)
      .map((example) => `pub mod ${moduleOf(example)} {\n${example.code}}\n`)
      .join('')
  put('Cargo.toml', '[package]\nname = "examples"\nversion = "0.1.0"\nedition = "2024"\n')
  put('src/lib.rs', modules(false))
  put('build.rs', `${modules(true)}fn main() {}\n`)
  result = await analyze(directory, { offline: true, granularity: 'site' })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test('every capability has one', () => {
  expect(examples.map(({ capability }) => capability).sort()).toEqual([...capabilityNames()].sort())
})

describe('reported is what the document says', () => {
  test.each(examples.filter(({ capability }) => capability !== 'unanalyzed'))('$capability', (example) => {
    const found = result.packages
      .flatMap(({ capabilities }) => capabilities)
      .filter(({ path }) => path[0]?.function.split('::')[1] === moduleOf(example))
    expect([...new Set(found.map(({ capability }) => capability))].sort()).toEqual(example.reported)
    expect(found.map(({ certainty }) => certainty)).not.toContain('possible')
    expect([...new Set(found.map(({ stage }) => stage))]).toEqual([example.inBuildScript ? 'build' : 'run'])
  })

  test('what is not analyzed has its place', () => {
    expect(result.coverage.losses).toMatchObject([{ kind: 'generated code', file: 'src/lib.rs' }])
    expect(result.coverage.unresolved).toEqual([])
  })
})
