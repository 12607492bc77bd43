/** What is commonplace, and what only looks like it. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { analyzeCapabilities } from '../../src/capabilities/analyze.js'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import { renderText } from '../../src/report/text.js'
import { finding, packageOf, result } from '../report/results.js'
import { graphOfText } from '../support/fixture-graph.js'

/** By crate: the `main` of a build script, and the capabilities that are commonplace in it. */
const SCRIPTS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  version: [
    `let rustc = std::env::var_os("RUSTC").unwrap(); Command::new(rustc).arg("--version").output();`,
    ['env/read', 'exec'],
  ],
  or_rustc: [
    `let rustc = std::env::var("RUSTC").unwrap_or("rustc".into()); Command::new(rustc).args(["-vV"]).output();`,
    ['env/read', 'exec'],
  ],
  more: [`Command::new("rustc").arg("--version").arg("--out-dir=/").output();`, []],
  other_too: [`Command::new("rustc").arg("--version").output(); Command::new("curl").spawn();`, []],
  unknown: [`Command::new("rustc").arg(std::env::args().next().unwrap()).output();`, []],
  path: [`Command::new("/tmp/rustc").arg("--version").output();`, []],
  wrapper: [`Command::new(std::env::var("RUSTC_WRAPPER").unwrap()).arg("--version").output();`, ['env/read']],
  token: [`std::env::var("CARGO_REGISTRY_TOKEN"); std::env::var("OUT_DIR");`, []],
  secret: [`std::env::var("CARGO_PKG_SECRET");`, []],
}
const FIXTURE = Object.entries(SCRIPTS)
  .map(
    ([name, [body]]) =>
      `//- /lib.rs crate:${name}\n//- /build.rs kind:build\nuse std::process::Command;\nfn main() { ${body} }\n`,
  )
  .join('')

const found = new Map<string, readonly string[]>()

beforeAll(async () => {
  const graph = await graphOfText(`\n${FIXTURE}`)
  // Fixtures have one stage.
  const functions = graph.functions.map((node) =>
    node.unit === 'build' ? { ...node, stages: ['build' as const] } : node,
  )
  const { packages } = analyzeCapabilities({ ...graph, functions }, loadMaps())
  for (const { id, capabilities } of packages) {
    const names = capabilities.flatMap(({ commonplace, capability }) => (commonplace === undefined ? [] : [capability]))
    found.set(id.split('@', 1)[0] ?? '', names.sort())
  }
})

describe('a build script', () => {
  test.each(Object.entries(SCRIPTS))('%s', (name, [, capabilities]) => {
    expect(found.get(name)).toEqual(capabilities)
  })
})

describe('in the report', () => {
  const asks = finding('exec', {
    stage: 'build',
    commonplace: 'asks which compiler',
    resources: [{ kind: 'program', value: '$RUSTC', known: 'environment', arguments: ['--version'], sites: 1 }],
  })
  const of = result([packageOf('app@1.0.0', [finding('fs/write'), asks], true)])
  const options = { columns: 100, colour: false, showUnanalyzed: false, command: 'caps analyze app' }

  test('is one line, and a row where all is asked for', () => {
    expect(renderText(of, options)).toContain('\ncommonplace   exec when built: $RUSTC --version (app)\n')
    expect(renderText(of, options)).not.toContain('when built    certain')
    expect(renderText(of, { ...options, verbose: true })).toContain('when built    certain   exec  app  1 site')
    expect(renderText(of, { ...options, verbose: true })).not.toContain('commonplace')
  })
  test('alone, it is not taken for nothing', () => {
    expect(renderText(result([packageOf('app@1.0.0', [asks], true)]), options)).toContain(
      'commonplace   exec when built',
    )
  })
})
