/** A crate that holds every evasion, with the packages that it depends on. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EVASIONS, type Evasion } from './evasions.js'

/** The file that holds an evasion, in the package that it belongs to. */
export function fileOf({ place }: Evasion, index: number): { readonly package: string; readonly file: string } {
  if (place === 'build') return { package: 'app', file: `build/e${index}.rs` }
  return { package: 'app', file: place ?? `src/e${index}.rs` }
}

/** Writes it, as `app`, into the directory. */
export function writeEvasions(root: string): void {
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const modules = { app: [] as string[], build: [] as string[] }
  for (const [index, evasion] of EVASIONS.entries()) {
    const { package: name, file } = fileOf(evasion, index)
    put(`${name}/${file}`, evasion.code)
    for (const [beside, text] of Object.entries(evasion.files ?? {})) put(`${name}/${beside}`, text)
    const module = `pub mod e${index};\n`
    if (evasion.place === 'build') modules.build.push(module)
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
  put('facade/src/lib.rs', 'pub use std::process as run;\n')
  put('macros/Cargo.toml', manifest('macros', '[lib]\nproc-macro = true\n'))
  put(
    'macros/src/lib.rs',
    'use proc_macro::TokenStream;\n#[proc_macro_attribute]\npub fn swap(_: TokenStream, item: TokenStream) -> TokenStream { item }\n',
  )
  put('outside.rs', 'pub fn f() { std::process::exit(3) }\n')
}
