/** A misspelt command line is told with the word that was meant. */
import { describe, expect, test } from '@jest/globals'
import { capabilityWords } from '../../src/cli/capability-words.js'
import { checkCommand, faultError } from '../../src/cli/command-line-fault.js'
import { helpText } from '../../src/cli/command-parser.js'
import { threePartsOf } from '../../src/cli/error-message.js'
import { meantTarget } from '../../src/project/targets.js'

function thrownBy(run: () => unknown) {
  try {
    run()
  } catch (thrown) {
    return threePartsOf(thrown)
  }
  throw new Error('nothing was thrown')
}

describe('a command line with a fault', () => {
  test('a command', () => {
    const { what, fix } = thrownBy(() => checkCommand(['anlyze', '.']))
    expect([what, fix]).toEqual(['There is no command anlyze', 'Did you mean "analyze"?'])
    expect(thrownBy(() => checkCommand(['rockets'])).fix).toBe('Name one of these, or see `caps --help`.')
    expect(checkCommand(['help'])).toBeUndefined()
    expect(checkCommand(['--version'])).toBeUndefined()
  })

  test.each([
    [
      'Invalid values:\n  Argument: format, Given: "jsn", Choices: "text", "json"',
      ['analyze', '.', '--format', 'jsn'],
      ['--format cannot be "jsn"', 'it can be text, json', 'Did you mean "json"?'],
    ],
    [
      'Invalid values:\n  Argument: of, Given: "xyzw", Choices: "diff", "check"',
      ['schema', 'xyzw'],
      ['of cannot be "xyzw"', 'it can be diff, check', 'Write one of these.'],
    ],
    [
      'Unknown arguments: alow-missing, alowMissing',
      ['analyze', '.', '--alow-missing'],
      ['There is no option --alow-missing', 'caps analyze has no such option', 'Did you mean "--allow-missing"?'],
    ],
    [
      'Unknown argument: b',
      ['analyze', 'a', 'b'],
      ['"b" is one word too many', 'the command is `caps analyze <crate>`', 'See `caps help analyze`.'],
    ],
    [
      'Missing required argument: reason',
      ['allow', 'a', 'exec'],
      ['--reason is missing', 'the command is `caps allow <package> [capabilities..]`', 'See `caps help allow`.'],
    ],
  ])('%s', async (message, args, parts) => {
    const { what, why, fix } = faultError(new Error(message), args, await helpText(args[0], null))
    expect([what, why, fix]).toEqual(parts)
  })

  test('a capability', () => {
    expect(thrownBy(() => capabilityWords(['exec', '-netwrok'])).fix).toBe('Did you mean "network"?')
  })
})

test.each([
  ['x86_64-linux', 'x86_64-unknown-linux-gnu'],
  ['windows', 'x86_64-pc-windows-msvc'],
  ['arm64-macos', 'aarch64-apple-darwin'],
  ['x86_64-unkown-linux-gnu', 'x86_64-unknown-linux-gnu'],
  ['riscv64-linux', undefined],
])('the target that %s means', (word, triple) => {
  const found = meantTarget(word)
  expect(found).toEqual(triple ?? expect.any(String))
})
