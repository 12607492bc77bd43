// Every row about std names something that std has, under the spelling by which a reference would meet it.
import { expect, test } from '@jest/globals'
import { loadMaps } from '../../src/capabilities/builtin-maps.js'
import { type StdNames, stdNames } from '../../src/derive-std-map/std-names.js'
import { buildProgram, loadFiles, loadStdModel } from '../../src/names/index.js'
import type { TargetPlatform } from '../../src/project/target-platform.js'
import { selectTargets } from '../../src/project/targets.js'
import { initSyntax } from '../../src/syntax/index.js'

const [LINUX, WINDOWS] = selectTargets(['x86_64-unknown-linux-gnu', 'x86_64-pc-windows-msvc'])
/** Systems with modules of their own in std::os that rows speak of. */
const OTHERS = ['macos', 'wasi', 'freebsd', 'netbsd', 'solaris', 'illumos']
/** No such machine exists: Linux that is every other system as well has the items of all of them in one Program. */
const MANY_SYSTEMS: TargetPlatform = {
  triple: 'many-systems',
  cfg: [
    ...(LINUX?.cfg ?? []),
    { name: 'target_env', value: 'p1' },
    ...OTHERS.map((value) => ({ name: 'target_os', value })),
  ],
}
const TARGETS = [MANY_SYSTEMS, WINDOWS as TargetPlatform]
const { layers, aliases, symbolCrates } = loadMaps()

async function namesOfStd(): Promise<StdNames> {
  await initSyntax()
  const std = loadStdModel()
  const packages = new Map()
  const files = await loadFiles([], packages, TARGETS)
  return stdNames(
    TARGETS.map((target) => buildProgram({ units: [], packages, files, target, std })),
    aliases,
  )
}

/** Crates that only declare what a linker knows are known by symbol, not from the std model. */
const isOfStd = (text: string): boolean => !symbolCrates.has(/\w+/.exec(text)?.[0] ?? '')

test('no row of ours names nothing', async () => {
  const names = await namesOfStd()
  const dead = layers.flatMap((layer) =>
    (
      [
        ['function', layer.exact, names.functions],
        ['impl', layer.impls, names.impls],
        ['type', layer.types, names.types],
        ['module', layer.modules, names.modules],
      ] as const
    ).flatMap(([kind, rows, known]) =>
      [...rows].filter(([text]) => isOfStd(text) && !known.has(text)).map(([, { row }]) => `${kind} ${row}`),
    ),
  )
  const aboutArguments = layers.flatMap(({ resources, flags, values }) =>
    [resources, flags, values].flatMap((shelf) => [
      ...[...shelf.exact.keys()].filter((text) => isOfStd(text) && !names.functions.has(text)),
      ...[...shelf.impls.keys()].filter((text) => isOfStd(text) && !names.impls.has(text)),
      ...[...shelf.types.keys()].filter((text) => isOfStd(text) && !names.types.has(text)),
    ]),
  )
  expect([...dead, ...aboutArguments]).toEqual([])
}, 60_000)
