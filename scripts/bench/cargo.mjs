// `cargo check` of a published crate, cold: a copy of its unpacked source, with the lockfile that caps is given, in a directory of its own.
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from './measure.mjs'

function sourceOf(crate) {
  const sources = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry/src')
  const found = readdirSync(sources)
    .map((registry) => join(sources, registry, crate.replace('@', '-')))
    .find((directory) => existsSync(directory))
  if (!found) throw new Error(`${crate} is not in ${sources}: analyze it once, which fetches it`)
  return found
}

export async function checkWithCargo({ oracle, directory }, crate) {
  const root = mkdtempSync(join(directory, 'cargo-'))
  try {
    cpSync(sourceOf(crate), root, { recursive: true })
    cpSync(join(oracle, 'truth', `${crate.replace('@', '-')}.lock`), join(root, 'Cargo.lock'))
    return await run('cargo', ['check', '--offline', '--quiet'], {
      cwd: root,
      env: { CARGO_TARGET_DIR: join(root, 'target') },
    })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
