/** Capslock's JSON, through a ProtoJSON reader with the descriptors of its proto, and compared as Capslock compares. */
import { describe, expect, test } from '@jest/globals'
import { CAPABILITIES } from '../../src/capabilities/capability.js'
import { CAPSLOCK_CATEGORIES } from '../../src/capabilities/capslock-map.js'
import { renderCapslock } from '../../src/report/capslock.js'
import { capslockName, capslockOrdinal } from '../../src/report/capslock-names.js'
import type { AnalysisResult } from '../../src/report/result.js'
import { throughProto } from './capslock-proto.js'
import { finding, packageOf, result, step } from './results.js'

interface Info {
  readonly packageDir: string
  readonly capability?: string
  readonly capabilityName: string
  readonly capabilityType: string
  readonly path: readonly { readonly name: string; readonly package: string; readonly site?: object }[]
}
interface List {
  readonly capabilityInfo: readonly Info[]
  readonly moduleInfo: readonly object[]
  readonly packageInfo: readonly object[]
}

/** What a reader of Capslock's has of it; nothing may be lost on the way. */
function listOf(of: AnalysisResult): List {
  const json = renderCapslock(of)
  // Canonical ProtoJSON leaves empty lists out.
  expect({ packageInfo: [], capabilityInfo: [], ...throughProto(json) }).toEqual(JSON.parse(json))
  return JSON.parse(json)
}

const spawn = [
  step('app::main', 'app@1.0.0 src/bin/main.rs:1:4'),
  step('my_helper::run', 'app@1.0.0 src/bin/main.rs:9:13'),
  step('<std::process::Command>::spawn', 'my-helper@0.1.12 src/process.rs:94:21'),
]

test('the reader refuses what Capslock’s refuses', () => {
  expect(() => throughProto('{"capabilityInfo":[{"capability":"CAPABILITY_DYNAMIC_LOADING"}]}')).toThrow()
  expect(() => throughProto('{"capabilities":[]}')).toThrow()
})

describe('the list', () => {
  const app = packageOf('app@1.0.0', [finding('exec', { reach: 'transitive', path: spawn })], true)
  const helper = packageOf('my-helper@0.1.12', [finding('exec', { path: spawn.slice(1) })])
  const { capabilityInfo, moduleInfo } = listOf(result([app, helper]))

  test('has an entry with its path; sites are those of the calls', () => {
    expect(capabilityInfo[0]).toEqual({
      packageName: 'app',
      capability: 'CAPABILITY_EXEC',
      depPath: 'app::main my_helper::run <std::process::Command>::spawn',
      packageDir: 'app',
      capabilityType: 'CAPABILITY_TYPE_TRANSITIVE',
      path: [
        { name: 'app::main', package: 'app' },
        { name: 'my_helper::run', package: 'my-helper', site: { filename: 'main.rs', line: '9', column: '13' } },
        {
          name: '<std::process::Command>::spawn',
          package: 'std',
          site: { filename: 'process.rs', line: '94', column: '21' },
        },
      ],
      capabilityName: 'EXEC',
    })
    expect(capabilityInfo[1]?.capabilityType).toBe('CAPABILITY_TYPE_DIRECT')
  })

  test('names modules with their versions, apart from the paths', () => {
    expect(moduleInfo).toEqual([
      { path: 'app', version: '1.0.0' },
      { path: 'my-helper', version: '0.1.12' },
    ])
  })
})

test('what Capslock has one name for is one entry, the most certain and direct one', () => {
  const { capabilityInfo } = listOf(
    result([
      packageOf('app@1.0.0', [
        finding('fs/write', { certainty: 'possible' }),
        finding('fs/meta', { reach: 'transitive' }),
        finding('fs/read'),
        finding('stdio'),
      ]),
    ]),
  )
  expect(capabilityInfo.map(({ capabilityName, capabilityType }) => [capabilityName, capabilityType])).toEqual([
    ['FILES', 'CAPABILITY_TYPE_DIRECT'],
  ])
})

test('with the granularity of functions, an entry a function', () => {
  const found = [finding('exec', { function: 'app::a' }), finding('exec', { function: 'app::b' })]
  expect(listOf(result([packageOf('app@1.0.0', found)], { granularity: 'function' })).capabilityInfo).toHaveLength(2)
})

test('code that runs when built is a package of its own', () => {
  const found = [finding('exec'), finding('exec', { stage: 'build', path: [step('build::main'), step('std::f')] })]
  const { capabilityInfo } = listOf(result([packageOf('app@1.0.0', found)]))
  expect(capabilityInfo.map(({ packageDir }) => packageDir)).toEqual(['app', 'app/build'])
  expect(capabilityInfo[1]?.path.map((one) => one.package)).toEqual(['app/build', 'std'])
})

test('two releases compare as Capslock compares: by package directory and name of the capability', () => {
  const keys = (of: AnalysisResult): readonly string[] =>
    listOf(of).capabilityInfo.map(({ packageDir, capabilityName }) => `${packageDir} ${capabilityName}`)
  const old = keys(result([packageOf('app@1.0.0', [finding('fs/read')])]))
  const now = keys(result([packageOf('app@1.1.0', [finding('fs/read', { path: spawn }), finding('dynload')])]))
  expect(now.filter((key) => !old.includes(key))).toEqual(['app DYNAMIC_LOADING'])
  expect(old.filter((key) => !now.includes(key))).toEqual([])
})

test('hostile names are data', () => {
  const path = [step('app::"}]}\n\u2028\x1b'), step('a b::c')]
  expect(listOf(result([packageOf('app@1.0.0', [finding('exec', { path })])])).capabilityInfo[0]?.path[0]?.name).toBe(
    'app::"}]}\n\u2028\x1b',
  )
})

describe('names', () => {
  test('every name of ours that Capslock has one for comes back with it from a map of Capslock’s', () => {
    for (const capability of CAPABILITIES) {
      const name = capslockName(capability)
      if (name !== undefined) expect(CAPSLOCK_CATEGORIES.get(name)).toContain(capability)
    }
  })

  test('only dynamic loading is not in Capslock’s enumeration', () => {
    const names = CAPABILITIES.flatMap((capability) => capslockName(capability) ?? [])
    expect([...new Set(names.filter((name) => capslockOrdinal(name) === undefined))]).toEqual(['DYNAMIC_LOADING'])
  })
})
