/** Which argument of a foreign function names the program: the wrong one would say something certain that is not so. */
import { expect, test } from '@jest/globals'
import { analyze } from '../../src/index.js'

test('ShellExecuteW starts its third argument, which here nobody knows; the zero at its end is no program', async () => {
  const { packages } = await analyze('samples/platform-specific', {
    offline: true,
    target: ['x86_64-pc-windows-msvc'],
    granularity: 'site',
  })
  const exec = packages.flatMap(({ capabilities }) => capabilities.filter(({ capability }) => capability === 'exec'))
  const known = exec.map(({ resources = [] }) => resources.map((one) => `${one.kind} ${one.known}`))
  expect(known).toEqual([['program unknown']])
})
