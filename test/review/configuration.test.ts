// Configuration of cargo through analyze, check and diff: what a change to it brings is a change of what can be done.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type AnalysisResult, analyze, check, diff, type Finding } from '../../src/index.js'

let root = ''
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'caps-configuration-')))
  process.env['CARGO_HOME'] = join(root, 'home')
  delete process.env['RUSTFLAGS']
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const PLAIN: Readonly<Record<string, string>> = {
  'Cargo.toml': '[package]\nname = "app"\nversion = "1.0.0"\nedition = "2021"\n',
  'Cargo.lock': 'version = 4\n[[package]]\nname = "app"\nversion = "1.0.0"\n',
  'caps.toml': 'version = 1\n',
  'src/lib.rs': 'pub fn f() {}\n',
}

function write(name: string, files: Readonly<Record<string, string>> = {}): string {
  for (const [path, text] of Object.entries({ ...PLAIN, ...files })) {
    const full = join(root, name, path)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, text)
  }
  return join(root, name)
}

function findingsOf({ packages }: AnalysisResult, name: string): readonly string[] {
  const own = packages.find((owner) => owner.name === name)?.capabilities ?? []
  return own.map(({ capability, stage, condition, path }: Finding) => {
    const [first] = path
    return `${capability} ${stage} ${condition} ${first?.function} ${first?.file}:${first?.line}:${first?.column}`
  })
}

const EVIL = { '.cargo/config.toml': '[build]\nrustc-wrapper = "./evil.sh"\n' }

test('A program in rustc’s place fails a check, and diff shows what came with it', async () => {
  const [before, after] = [write('before'), write('after', EVIL)]
  expect((await check(before, { offline: true })).clean).toBe(true)
  const { clean, problems } = await check(after, { offline: true })
  expect(clean).toBe(false)
  expect(problems).toMatchObject([
    {
      kind: 'capability',
      level: 'error',
      name: '.cargo',
      capability: 'exec',
      stage: 'build',
      literals: ['./evil.sh'],
      message: '.cargo 0.0.0 has exec whenever something is built, which no rule allows',
      path: [{ function: 'build.rustc-wrapper', file: '.cargo/config.toml', line: 2, column: 1 }, {}],
    },
  ])
  const { packages, summary } = await diff(before, after, { offline: true })
  expect(summary.capabilities.gained).toEqual(['exec'])
  expect(packages.map(({ name, change }) => `${name} ${change}`)).toContain('.cargo added')
})

test('Another program under the same key is a change, and so is a file whose text alone changed', async () => {
  const one = write('one', EVIL)
  const other = write('other', { '.cargo/config.toml': '[build]\nrustc-wrapper = "./worse.sh"\n' })
  const commented = write('commented', { '.cargo/config.toml': `# why\n${EVIL['.cargo/config.toml']}` })
  const changesOf = async (to: string) => {
    const { packages } = await diff(one, to, { offline: true })
    return packages.find(({ name }) => name === '.cargo')
  }
  const changed = await changesOf(other)
  expect(changed?.changes.map(({ kind }) => kind)).toContain('capability')
  expect(await changesOf(commented)).toMatchObject({ change: 'content' })
})

test('An allowance for .cargo allows it', async () => {
  const policy =
    'version = 1\n[[allow]]\npackage = ".cargo"\nstage = "build"\ncapabilities = ["exec"]\nreason = "our cache"\n'
  expect(await check(write('allowed', { ...EVIL, 'caps.toml': policy }), { offline: true })).toMatchObject({
    clean: true,
  })
})

test('What is not understood fails a strict check', async () => {
  const app = write('strange', { '.cargo/config.toml': '[bild]\nrustc = "x"\n' })
  expect((await check(app, { offline: true })).clean).toBe(true)
  const { problems } = await check(app, { offline: true, strict: true })
  expect(problems).toMatchObject([{ kind: 'coverage', name: '.cargo', losses: 1 }])
})

test('Code under an option or feature that the configuration sets is looked at', async () => {
  const result = await analyze(
    write('options', {
      '.cargo/config.toml':
        '[target.\'cfg(unix)\']\nrustflags = ["--cfg", "hidden", \'--cfg=feature="secret"\', "-Clink-arg=-s", "-Wunused"]\n[alias]\nx = "run"\n',
      'src/lib.rs': [
        '#[cfg(hidden)] pub fn f() { std::process::exit(1) }',
        '#[cfg(feature = "secret")] pub fn g() { std::fs::read("x").ok(); }',
        '#[cfg(not(hidden))] pub fn h() { std::env::args(); }',
      ].join('\n'),
      'build.rs': 'fn main() { #[cfg(not(hidden))] std::fs::remove_file("x").ok(); }\n',
    }),
    { offline: true, target: ['x86_64-unknown-linux-gnu'] },
  )
  expect(findingsOf(result, 'app').map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
    'fs/write build not(hidden) build_script_build::main',
    'fs/read run true app::g',
    'process/exit run hidden app::f',
  ])
  expect(findingsOf(result, '.cargo')).toEqual([
    "build/link build true target.'cfg(unix)'.rustflags .cargo/config.toml:2:59",
    "build/env build true target.'cfg(unix)'.rustflags .cargo/config.toml:2:14",
  ])
  expect(result.configuration).toEqual([
    { file: '.cargo/config.toml', scope: 'repository', decides: ['--cfg hidden', '--cfg feature="secret"'] },
  ])
  expect(result.members).toEqual(['app@1.0.0'])
})

test('The machine’s configuration has no findings, and what it decides is told', async () => {
  const app = write('machine', { 'src/lib.rs': '#[cfg(mine)] pub fn f() { std::process::exit(1) }\n' })
  mkdirSync(join(root, 'home'), { recursive: true })
  writeFileSync(join(root, 'home/config.toml'), '[build]\nrustc-wrapper = "sccache"\nrustflags = "--cfg mine"\n')
  const result = await analyze(app, { offline: true })
  rmSync(join(root, 'home/config.toml'))
  expect(result.packages.map(({ name }) => name)).toEqual(['app'])
  expect(findingsOf(result, 'app')).toEqual(['process/exit run mine app::f src/lib.rs:1:1'])
  expect(result.configuration).toEqual([{ file: 'CARGO_HOME/config.toml', scope: 'machine', decides: ['--cfg mine'] }])
})

test('A policy that caps init wrote holds for this configuration: what is allowed is no other program', async () => {
  const files = { ...EVIL, 'evil.sh': 'exec "$@"\n' }
  const app = write('pinned', files)
  const [result] = [await analyze(app, { offline: true })]
  const digest = result.packages.find(({ name }) => name === '.cargo')?.digest
  const pin = `[[source]]\npackage = ".cargo"\nfrom = "configuration sha256:${digest}"\nreason = "read"\n`
  const allow = '[[allow]]\npackage = ".cargo"\nstage = "build"\ncapabilities = ["exec"]\nreason = "our cache"\n'
  const policy = `version = 1\n${allow}${pin}`
  // A pin says nothing of where packages come from.
  expect(await check(write('pinned', { ...files, 'caps.toml': policy }), { offline: true })).toMatchObject({
    problems: [],
  })
  for (const [name, change] of [
    ['pinned-program', { '.cargo/config.toml': '[build]\nrustc-wrapper = "./worse.sh"\n' }],
    ['pinned-content', { 'evil.sh': 'worse\n' }],
  ] as const) {
    const { problems, clean } = await check(write(name, { ...files, 'caps.toml': policy, ...change }), {
      offline: true,
    })
    expect(clean).toBe(false)
    expect(problems).toMatchObject([
      {
        kind: 'source',
        level: 'error',
        name: '.cargo',
        verdict: 'other-source',
        message: expect.stringMatching(/^cargo's configuration is not the one of caps\.toml:\d+: /),
        allow: { command: expect.stringContaining("caps allow .cargo --source 'configuration sha256:") },
      },
    ])
    const { packages } = await diff(app, join(root, name), { offline: true })
    expect(packages.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toEqual(['capability'])
  }
})
