/**
 * cargo's configuration as cargo itself reads it: configurations made at random on three levels, with files that they include,
 * merged by both; where relative paths lead; and the options that rustc is given for a target. Skipped without cargo.
 */
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { ProjectError } from '../../src/base/index.js'
import { configuredTargets } from '../../src/project/configuration/configured-targets.js'
import { loadConfigurationFiles } from '../../src/project/configuration/load-files.js'
import { absolutePath, textAt } from '../../src/project/configuration/lookup.js'
import { readConfiguration } from '../../src/project/configuration/read-configuration.js'
import type { ConfigurationValue } from '../../src/project/configuration/values.js'
import { DISK } from '../../src/project/file-view.js'

const scratch = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'caps-configuration-')))
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }))

const hasCargo = spawnSync('cargo', ['--version']).status === 0
const WORKSPACES = 40

/** cargo in a directory of ours, with nothing of the tester's configuration. */
function cargo(directory: string, home: string, args: readonly string[]): { code: number | null; stdout: string } {
  const kept = ['PATH', 'HOME', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN', 'TMPDIR']
  const env = Object.fromEntries(kept.map((name) => [name, process.env[name]]))
  const done = spawnSync('cargo', args, {
    cwd: directory,
    encoding: 'utf8',
    env: { RUSTUP_HOME: join(process.env['HOME'] ?? '', '.rustup'), ...env, CARGO_HOME: home, RUSTC_BOOTSTRAP: '1' },
  })
  return { code: done.status, stdout: done.stdout }
}

/** Numbers that are the same in every run. */
function random(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % below
  }
}

/**
 * Keys of which values of one kind are merged in every way that there is; but lists that name a program: cargo 1.95 joins
 * them or not by chance (`values.ts`).
 */
function configurationText(pick: (below: number) => number, mark: string): string {
  const lines = [
    `build.jobs = ${pick(9) + 1}`,
    `build.target-dir = "${mark}"`,
    `build.rustflags = ["--cfg", "${mark}"]`,
    `build.rustdocflags = "${mark}"`,
    pick(8) === 0 ? 'build.incremental = "x"' : `build.incremental = ${pick(2) === 0}`,
    `env.${mark} = "1"`,
    `env.SHARED = { value = "${mark}", force = ${pick(2) === 0} }`,
    `alias.x = ["run", "${mark}"]`,
    pick(9) === 0 ? 'alias.y = ["z"]' : `alias.y = "${mark}"`,
    `target.'cfg(unix)'.rustflags = ["--cfg", "unix_${mark}"]`,
    `paths = ["${mark}"]`,
    `source.crates-io.replace-with = "${mark}"`,
    `registries.own.index = "https://registry.invalid/${mark}"`,
    `net.ssh.known-hosts = ["${mark}"]`,
  ]
  return lines.filter(() => pick(2) === 0).join('\n')
}

interface Made {
  readonly start: string
  readonly home: string
}

function makeWorkspace(number: number): Made {
  const pick = random(number)
  const top = join(scratch, `w${number}`)
  const put = (path: string, text: string): void => {
    fs.mkdirSync(dirname(join(top, path)), { recursive: true })
    fs.writeFileSync(join(top, path), text)
  }
  put('repo/app/Cargo.toml', '[package]\nname = "app"\nversion = "1.0.0"\nedition = "2021"\n')
  put('repo/app/src/lib.rs', '')
  fs.mkdirSync(join(top, 'home'), { recursive: true })
  for (const [index, directory] of ['repo/app/.cargo', 'repo/.cargo', '.cargo', 'home'].entries()) {
    if (pick(4) === 0) continue
    const mark = `m${index}`
    const names = pick(5) === 0 ? ['config', 'config.toml'] : ['config.toml']
    const includes = ['a.toml', 'sub/b.toml', '../c.toml'].filter(() => pick(3) === 0)
    const entries = includes.map((path) => (pick(2) === 0 ? `"${path}"` : `{ path = "${path}" }`))
    if (pick(6) === 0) entries.push('{ path = "none.toml", optional = true }')
    if (pick(20) === 0) entries.push('"none.toml"')
    const include = entries.length > 0 ? `include = [${entries.join(', ')}]\n` : ''
    for (const name of names) put(`${directory}/${name}`, include + configurationText(pick, mark))
    includes.forEach((path, i) => {
      put(join(directory, path), configurationText(pick, `${mark}i${i}`))
    })
  }
  return { start: join(top, 'repo/app'), home: join(top, 'home') }
}

function plain(value: ConfigurationValue): unknown {
  if (value.k === 'list') return value.items.map(plain)
  if (value.k !== 'table') return value.value
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]))
}

const places = ({ start, home }: Made) => ({ view: DISK, start, repository: dirname(start), cargoHome: home })

;(hasCargo ? describe : describe.skip)('as cargo reads it', () => {
  test.each(Array.from({ length: WORKSPACES }, (_, number) => number))('configuration %i', (number) => {
    const made = makeWorkspace(number)
    const asked = cargo(made.start, made.home, ['-Zunstable-options', 'config', 'get', '--format', 'json'])
    if (asked.code !== 0) {
      expect(() => loadConfigurationFiles(places(made))).toThrow(ProjectError)
      return
    }
    const { root } = loadConfigurationFiles(places(made))
    expect(plain(root)).toEqual(JSON.parse(asked.stdout))

    // Where a relative path leads, also from a file that was included.
    const metadata = cargo(made.start, made.home, ['metadata', '--no-deps', '--offline', '--format-version', '1'])
    const directory = textAt(root, 'build', 'target-dir')
    if (metadata.code === 0 && directory) {
      const found: unknown = JSON.parse(metadata.stdout)
      expect(found).toMatchObject({ target_directory: absolutePath(directory) })
    }
  })

  test('some are refused and some are not', () => {
    const codes = Array.from({ length: WORKSPACES }, (_, number) => {
      const made = { start: join(scratch, `w${number}/repo/app`), home: join(scratch, `w${number}/home`) }
      try {
        return loadConfigurationFiles(places(made)).files.length
      } catch {
        return 'refused'
      }
    })
    expect(new Set(codes).size).toBeGreaterThan(4)
    expect(codes.filter((code) => code === 'refused').length).toBeLessThan(WORKSPACES / 2)
  })

  test.each([
    '[build]\nrustflags = ["--cfg", "a", "--cfg=b=\\"c\\""]\n',
    '[build]\nrustflags = "--cfg a -g"\n[target.TRIPLE]\nrustflags = ["-g"]\n',
    "[build]\nrustflags = '--cfg a'\n[target.'cfg(unix)']\nrustflags = ['--cfg=u']\n[target.'cfg(windows)']\nrustflags = ['--cfg=w']\n",
    "[target.TRIPLE]\nrustflags = ['--cfg', 't']\n[target.'cfg(all(unix, target_pointer_width = \"64\"))']\nrustflags = ['--cfg=u']\n",
    "[target.'cfg(unix)']\nrustflags = ['--cfg=first']\n[target.'cfg(first)']\nrustflags = ['--cfg=second']\n[target.'cfg(second)']\nrustflags = ['--cfg=third']\n",
    "[target.TRIPLE]\nrustflags = ['--cfg=first']\n[target.'cfg(first)']\nrustflags = ['--cfg=second']\n[target.'cfg(second)']\nrustflags = ['--cfg=third']\n",
    "[build]\nrustflags = ['--cfg=first']\n[target.'cfg(first)']\nrustflags = ['--cfg=second']\n",
  ])('options of a target: %s', (text) => {
    for (const triple of ['x86_64-unknown-linux-gnu', 'x86_64-pc-windows-msvc', 'wasm32-unknown-unknown']) {
      const top = fs.mkdtempSync(join(scratch, 'options-'))
      const [start, home] = [join(top, 'app'), join(top, 'home')]
      for (const directory of [join(start, 'src'), join(start, '.cargo'), home]) {
        fs.mkdirSync(directory, { recursive: true })
      }
      fs.writeFileSync(join(start, 'Cargo.toml'), '[package]\nname = "app"\nversion = "1.0.0"\nedition = "2021"\n')
      fs.writeFileSync(join(start, 'src/lib.rs'), '')
      fs.writeFileSync(join(start, '.cargo/config.toml'), text.replaceAll('TRIPLE', triple))
      const asked = cargo(start, home, ['rustc', '--lib', '--offline', '--target', triple, '--', '--print', 'cfg'])
      expect(asked.code).toBe(0)
      const [target] = configuredTargets(
        [triple],
        readConfiguration({ view: DISK, start, repository: start, cargoHome: home }, {}),
      )
      const ours = (target?.cfg ?? []).filter(({ configured }) => configured)
      const known = new Set((target?.cfg ?? []).flatMap(({ name, configured }) => (configured ? [] : [name])))
      const theirs = asked.stdout
        .split('\n')
        .filter((line) => /^[a-z]\w*(="\w+")?$/.test(line) && /^(a|b|u|w|t|first|second|third)\b/.test(line))
        .filter((line) => !known.has(line))
      expect(ours.map(({ name, value }) => (value === undefined ? name : `${name}="${value}"`)).sort()).toEqual(
        theirs.sort(),
      )
    }
  })
})
