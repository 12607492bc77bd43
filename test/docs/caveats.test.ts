/** docs/caveats.md: every way of hiding in its tables is tried on a crate, and ends as the document says. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type AnalysisResult, analyze } from '../../src/index.js'
import { EVASIONS, type Evasion } from './evasions.js'

const HEADINGS = { seen: 'Is seen', unknown: 'Is said to be unknown', missed: 'Is not seen' } as const

/** The file that holds an evasion, in the package that it belongs to. */
function fileOf({ place }: Evasion, index: number): { readonly package: string; readonly file: string } {
  if (place === 'build') return { package: 'app', file: `build/e${index}.rs` }
  if (place === 'unbuilt') return { package: 'facade', file: `src/e${index}.rs` }
  return { package: 'app', file: place ?? `src/e${index}.rs` }
}

let root = ''
let result: AnalysisResult
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'caps-caveats-'))
  const modules = { app: [] as string[], build: [] as string[], facade: [] as string[] }
  for (const [index, evasion] of EVASIONS.entries()) {
    const { package: name, file } = fileOf(evasion, index)
    put(`${name}/${file}`, evasion.code)
    for (const [beside, text] of Object.entries(evasion.files ?? {})) put(`${name}/${beside}`, text)
    const module = `pub mod e${index};\n`
    if (evasion.place === 'build') modules.build.push(module)
    else if (evasion.place === 'unbuilt') modules.facade.push(module)
    else if (evasion.place === undefined) modules.app.push(module)
  }
  const manifest = (name: string, rest: string) =>
    `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2024"\n${rest}`
  put(
    'app/Cargo.toml',
    manifest(
      'app',
      'build = "build/main.rs"\n[features]\nextra = []\n[dependencies]\nfacade = { path = "../facade" }\nmacros = { path = "../macros" }\n',
    ),
  )
  put('app/src/lib.rs', modules.app.join(''))
  put('app/build/main.rs', `${modules.build.join('')}fn main() {}\n`)
  put('facade/Cargo.toml', manifest('facade', ''))
  put('facade/src/lib.rs', `pub use std::process as run;\n${modules.facade.join('')}`)
  put('macros/Cargo.toml', manifest('macros', '[lib]\nproc-macro = true\n'))
  put(
    'macros/src/lib.rs',
    'use proc_macro::TokenStream;\n#[proc_macro_attribute]\npub fn swap(_: TokenStream, item: TokenStream) -> TokenStream { item }\n',
  )
  put('outside.rs', 'pub fn f() { std::process::exit(3) }\n')
  result = await analyze(join(root, 'app'), { offline: true, granularity: 'site' })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** What the report says of an evasion's files: capabilities, and kinds of losses. */
function reported(evasion: Evasion, index: number) {
  const { package: name, file } = fileOf(evasion, index)
  const files = [file, ...Object.keys(evasion.files ?? {})]
  // Configuration of cargo is a package of its own in a report.
  const owner = file.startsWith('.cargo/') || file.startsWith('rust-toolchain') ? '.cargo' : name
  const own = result.packages.filter((each) => each.name === owner).flatMap(({ capabilities }) => capabilities)
  const capabilities = own
    .filter(({ reach, path }) => reach === 'direct' && files.includes(path[0]?.file ?? ''))
    .map(({ capability }) => capability)
  const losses = [...result.coverage.losses, ...result.coverage.unresolved]
    .filter((loss) => loss.package === `${name}@0.1.0`)
    // An option that nobody knows is told once for the crate, not at each place that asks for it.
    .filter((loss) => files.includes(loss.file) || (loss.line === 0 && evasion.code.includes('cfg(stealth)')))
    .map((loss) => ('kind' in loss ? loss.kind : loss.reason))
  return { capabilities: [...new Set(capabilities)].sort(), losses: [...new Set(losses)].sort() }
}

describe.each(['seen', 'unknown', 'missed'] as const)('%s', (answer) => {
  const rows = [...EVASIONS.entries()].filter(([, evasion]) => evasion.answer === answer)

  test('is what the document lists', () => {
    const document = readFileSync(new URL('../../docs/caveats.md', import.meta.url), 'utf8')
    const section = document.split(/^## /m).find((text) => text.startsWith(HEADINGS[answer])) ?? ''
    const listed = [...section.matchAll(/^\| (?!---)(.+?) \|/gm)].map(([, name]) => name).slice(1)
    expect(listed).toEqual(rows.map(([, { name }]) => name))
  })

  test.each(rows.map(([index, evasion]) => [evasion.name, index, evasion] as const))('%s', (_, index, evasion) => {
    const { capabilities, losses } = reported(evasion, index)
    if (answer === 'seen') expect(capabilities).toContain(evasion.as)
    else if (answer === 'unknown') expect(losses).toContain(evasion.as)
    else
      expect({ capabilities: capabilities.filter((one) => one !== evasion.as), losses }).toEqual({
        capabilities: [],
        losses: [],
      })
  })
})
