/** `caps completion` in real shells: what they offer at the end of a line. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { caps, program } from './run-caps.js'

let bin = ''
beforeAll(() => {
  bin = mkdtempSync(join(tmpdir(), 'caps-completion-'))
  writeFileSync(join(bin, 'caps'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`)
  chmodSync(join(bin, 'caps'), 0o755)
})
afterAll(() => rmSync(bin, { recursive: true, force: true }))

function inShell(shell: string, script: string): string[] {
  // The shell that a user logs in with is not always the one that asks.
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}`, SHELL: '/bin/zsh' }
  const done = spawnSync(shell, ['-c', script], { encoding: 'utf8', env })
  expect({ error: done.error, stderr: done.stderr }).toEqual({ error: undefined, stderr: '' })
  return done.stdout.split('\n').filter((line) => line !== '')
}

/** As bash asks when Tab is pressed behind these words: it has split the line at `=`. */
const bash = (...words: string[]): string[] =>
  inShell(
    'bash',
    `source <(caps completion bash) && COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}) && COMP_CWORD=${words.length - 1} &&
     $(complete -p caps | sed 's/.*-F \\([^ ]*\\).*/\\1/') && printf '%s\\n' "\${COMPREPLY[@]}"`,
  )

describe('bash', () => {
  test('commands', () => {
    expect(bash('caps', 'c')).toEqual(['check', 'cache', 'completion'])
    expect(bash('caps', '')).toEqual(expect.arrayContaining(['analyze', 'why', 'diff', 'check']))
  })
  test('options, when a dash is typed; else files, of which the shell knows', () => {
    expect(bash('caps', 'analyze', '.', '--gran')).toEqual(['--granularity'])
    expect(bash('caps', 'analyze', '')).toEqual([])
    expect(bash('caps', 'analyze', '.', '--output', '')).toEqual([])
  })
  test('formats and stages', () => {
    expect(bash('caps', 'check', '--format', '')).toEqual(['text', 'json', 'markdown', 'sarif', 'github'])
    expect(bash('caps', 'analyze', '--format', '=', 's')).toEqual(['sarif'])
    expect(bash('caps', 'diff', '--stage', 'b')).toEqual(['build'])
  })
  test('targets', () => {
    expect(bash('caps', 'analyze', '--target', 'x86_64-pc-windows-g')).toEqual([
      'x86_64-pc-windows-gnu',
      'x86_64-pc-windows-gnullvm',
    ])
  })
  test('capabilities, one or the last of a list', () => {
    expect(bash('caps', 'why', '.', 'fs')).toEqual(['fs', 'fs/meta', 'fs/read', 'fs/write'])
    expect(bash('caps', 'allow', 'mio', 'net', 'exe')).toEqual(['exec'])
    expect(bash('caps', 'analyze', '--capabilities', 'exec,fs/w')).toEqual(['exec,fs/write'])
  })
})

/** Not every machine has these shells; what they are given is the same, and told apart by its spelling alone. */
const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0
const testIf = (condition: boolean) => (condition ? test : test.skip)

testIf(has('fish'))('fish: with descriptions', () => {
  const fish = (line: string) => inShell('fish', `caps completion fish | source; complete -C '${line}'`)
  expect(fish('caps comp')).toEqual([expect.stringMatching(/^completion\tThe script/)])
  expect(fish('caps analyze . --format sa')).toContain('sarif')
  expect(fish('caps analyze . --format=sa')).toContain('--format=sarif')
})

testIf(has('zsh'))('zsh: with descriptions; the script hands its own functions what caps answers', () => {
  const zsh = (...words: string[]) =>
    inShell(
      'zsh',
      `compdef() { }; _describe() { print -l -- "\${found[@]}" }; _files() { print files }
       source <(caps completion zsh); words=(${words.join(' ')}); CURRENT=${words.length}; _caps_completion`,
    )
  expect(zsh('caps', 'comp')).toEqual([expect.stringMatching(/^completion:The script/)])
  expect(zsh('caps', 'analyze', '--target', 'x86_64-pc-windows-m')).toEqual(['x86_64-pc-windows-msvc'])
  expect(zsh('caps', 'analyze', "''")).toEqual(['files'])
})

/** Where there is no PowerShell, what its script asks for, as it asks. */
test('PowerShell: a word that is not begun, and descriptions behind a tab', () => {
  const asked = (...words: string[]) =>
    spawnSync(process.execPath, [program, '--complete', ...words], {
      encoding: 'utf8',
      env: { ...process.env, CAPS_COMPLETION_SHELL: 'powershell' },
    }).stdout.split('\n')
  expect(asked('caps', 'comp')[0]).toMatch(/^completion\tThe script/)
  expect(asked('caps', '\n')).toContainEqual(expect.stringMatching(/^analyze\t/))
  expect(asked('caps', 'analyze', '.', '--format=sa')).toContain('--format=sarif')
  expect(caps(['completion', 'powershell']).stdout).toContain('Register-ArgumentCompleter -Native -CommandName caps')
})

testIf(has('pwsh'))('PowerShell itself', () => {
  const script = `caps completion powershell | Out-String | Invoke-Expression
    (TabExpansion2 'caps comp' 9).CompletionMatches | ForEach-Object { $_.CompletionText }`
  expect(inShell('pwsh', script)).toEqual(['completion'])
})

test('a shell that is not known is an error', () => {
  expect(caps(['completion', 'tcsh'])).toMatchObject({ code: 2, stdout: '' })
})
