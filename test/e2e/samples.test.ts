/** Each sample shows what its README row says, through the built program. */
import { describe, expect, test } from '@jest/globals'
import { type AnalysisResult, analysisResultSchema } from '../../src/report/result.js'
import { caps } from './run-caps.js'

function analyze(sample: string, ...options: string[]): AnalysisResult {
  const run = caps(['analyze', `samples/${sample}`, '--offline', '--format', 'json', ...options])
  expect(run).toMatchObject({ code: 0, stderr: '' })
  return analysisResultSchema.parse(JSON.parse(run.stdout)) as AnalysisResult
}

/** `package: stage capability` of everything but what every program with text has. */
function powers(result: AnalysisResult): string[] {
  return result.packages.flatMap((owner) =>
    owner.capabilities
      .filter((found) => found.certainty === 'certain' && found.reach === 'direct' && found.capability !== 'unanalyzed')
      .map((found) => `${owner.name}: ${found.stage} ${found.capability}`),
  )
}

describe('samples', () => {
  test('plain-library has no capability', () => {
    expect(analyze('plain-library').packages.flatMap((owner) => owner.capabilities)).toEqual([])
  })

  test('program has files, environment, arguments and another program, from main', () => {
    const result = analyze('program')
    expect(powers(result)).toEqual(
      expect.arrayContaining(
        ['exec', 'fs/write', 'fs/meta', 'env/read', 'env/args', 'stdio'].map((c) => `notes: run ${c}`),
      ),
    )
    const exec = result.packages[0]?.capabilities.find((found) => found.capability === 'exec')
    expect(exec?.path.map((step) => step.function)).toEqual([
      'notes::main',
      'notes::run',
      'notes::edit',
      'std::process::Command::status',
    ])
    expect(exec?.path.at(-1)).toMatchObject({ package: 'notes@1.2.0', file: 'src/main.rs', line: 34, column: 75 })
  })

  test('program without its feature starts nothing', () => {
    expect(powers(analyze('program', '--no-default-features'))).not.toContain('notes: run exec')
  })

  test('build-script keeps apart what runs when the crate is built, and tells of generated code', () => {
    const result = analyze('build-script')
    expect(powers(result)).toEqual(
      expect.arrayContaining(
        ['run ffi', 'run unsafe', 'build exec', 'build fs/write', 'build env/read'].map((c) => `build-script: ${c}`),
      ),
    )
    expect(result.coverage.losses.map((loss) => loss.kind)).toContain('generated code')
  })

  test('platform-specific tells on which platform; a target leaves the others out', () => {
    const of = (result: AnalysisResult) =>
      Object.fromEntries(
        result.packages.flatMap((owner) => owner.capabilities.map((found) => [found.capability, found.condition])),
      )
    expect(of(analyze('platform-specific'))).toMatchObject({
      exec: 'any(unix, windows)',
      'network/connect': 'target_os = "linux"',
      unsafe: 'windows',
    })
    const windows = of(analyze('platform-specific', '--target', 'x86_64-pc-windows-msvc'))
    expect(Object.keys(windows)).toContain('unsafe')
    expect(Object.keys(windows)).not.toContain('network/connect')
  })

  test('proc-macro has its power while its user is compiled', () => {
    const result = analyze('proc-macro')
    expect(powers(result)).toEqual(
      expect.arrayContaining(['describe-macros: macro fs/read', 'describe-macros: macro env/read']),
    )
    expect(powers(result).filter((power) => power.includes('run'))).toEqual([])
    expect(result.coverage.losses.map((loss) => loss.kind)).toContain('proc macro')
  })

  test('workspace has three members; -p picks one with what it needs', () => {
    const names = (result: AnalysisResult) =>
      result.packages
        .filter((owner) => owner.local)
        .map((owner) => owner.name)
        .sort()
    expect(names(analyze('workspace'))).toEqual(['shop', 'shop-prices', 'shop-storage'])
    const storage = analyze('workspace', '-p', 'shop-storage')
    expect(names(storage)).toEqual(['shop-storage'])
    expect(storage.packages.map((owner) => owner.name)).not.toContain('shop')
  })

  test('malicious-pair: the second version gains the network, secrets, and a build script that starts programs', () => {
    const before = powers(analyze('malicious-pair/v1'))
    const gained = powers(analyze('malicious-pair/v2')).filter((power) => !before.includes(power))
    expect(gained).toEqual(
      expect.arrayContaining([
        'linelog: run network/connect',
        'linelog: run env/read',
        'linelog: run thread',
        'linelog-format: build exec',
      ]),
    )
  })
})

test('every step of every path has a place', () => {
  for (const sample of ['program', 'workspace', 'malicious-pair/v2']) {
    for (const owner of analyze(sample).packages) {
      for (const found of owner.capabilities) {
        for (const step of found.path)
          expect([step.line > 0, step.column > 0, step.file !== '']).toEqual([true, true, true])
      }
    }
  }
})

test('the same input gives the same bytes', () => {
  const run = () => caps(['analyze', 'samples/workspace', '--offline', '--format', 'json']).stdout
  expect(run()).toBe(run())
})
