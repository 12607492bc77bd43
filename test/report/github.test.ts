/** Annotations as a runner of GitHub Actions reads them. */
import { describe, expect, test } from '@jest/globals'
import { MAX_ANNOTATIONS, renderGithub } from '../../src/report/github.js'
import type { Notice } from '../../src/report/notice.js'
import { analysisNotices } from '../../src/report/notice-analysis.js'
import { checkNotices } from '../../src/report/notice-check.js'
import { repositoryFiles } from '../../src/report/repository-files.js'
import { commandsOf } from './github-runner.js'
import { finding, packageOf, result, step } from './results.js'
import { check, coverageProblem, problem, unusedProblem } from './reviews.js'

const files = repositoryFiles({ directory: '.', packages: [{ id: 'app@1.0.0', directory: 'crates/app' }] })
const outputOf = (notices: readonly Notice[]): string => renderGithub(notices, files, 'app@1.0.0')

test('the reader of the tests reads both kinds of commands', () => {
  expect(commandsOf(' ::error file=a%2Cb,line=1::50%25\nx ##[add-mask]y\nx ::error::z')).toEqual([
    { name: 'error', properties: { file: 'a,b', line: '1' }, data: '50%' },
    { name: '##add-mask', properties: {}, data: 'x ##[add-mask]y' },
  ])
})

test('a problem is shown at its file: own code, the manifest of who brings a dependency, the policy', () => {
  const own = problem({
    key: 'own',
    package: 'app@1.0.0',
    path: [step('app::f', 'app@1.0.0 src/a.rs:1:4'), step('std::f', 'app@1.0.0 src/a.rs:2:8')],
  })
  const commands = commandsOf(outputOf(checkNotices(check([own, problem(), coverageProblem, unusedProblem]))))
  expect(
    commands.map(({ name, properties }) => [name, properties['file'], properties['line'], properties['col']]),
  ).toEqual([
    ['error', 'crates/app/src/a.rs', '2', '8'],
    ['error', 'crates/app/Cargo.toml', undefined, undefined],
    ['error', 'crates/app/src/odd.rs', '4', '2'],
    ['warning', 'caps.toml', '7', undefined],
    ['group', undefined, undefined, undefined],
    ['endgroup', undefined, undefined, undefined],
  ])
  expect(commands[1]?.properties['title']).toBe('helper 0.1.1 has exec')
  expect(commands[1]?.data).toBe(
    "helper 0.1.1 has exec, which no rule allows. Path: helper::run → std::process::Command::spawn. To allow it: caps allow helper exec --reason '…'",
  )
})

test('no level has more than GitHub shows; the rest is one summary, and all stand in the log', () => {
  const problems = Array.from({ length: 25 }, (_, index) =>
    problem({ key: String(index), capability: index < 20 ? 'exec' : 'fs/read' }),
  )
  const output = outputOf(checkNotices(check([...problems, unusedProblem])))
  const commands = commandsOf(output)
  expect(commands.filter(({ name }) => name === 'error')).toHaveLength(MAX_ANNOTATIONS)
  expect(commands.filter(({ name }) => name === 'warning')).toHaveLength(1)
  expect(commands.find(({ data }) => data.startsWith('16 more'))?.data).toBe(
    '16 more in the log of this step: exec 11, fs/read 5',
  )
  expect(output.split('\n').filter((line) => line.startsWith('error: '))).toHaveLength(25)
})

test('an analysis warns of what is loud and notes the rest', () => {
  const found = [finding('exec'), finding('time'), finding('exec', { certainty: 'possible' })]
  const of = result([packageOf('app@1.0.0', found, true)])
  const notices = analysisNotices(of)
  expect(commandsOf(outputOf(notices)).map(({ name }) => name)).toEqual(['warning', 'notice', 'group', 'endgroup'])
  // What is possible besides is told with what is certain, and alone where nothing is.
  expect(notices[0]?.message).toMatch(/ Possibly at 1 more site\.$/)
  const alone = analysisNotices(result([packageOf('app@1.0.0', found.slice(1), true)]))
  expect(alone.map(({ rule, level }) => `${rule} ${level}`)).toEqual(['time note', 'exec note'])
})

test('nothing to tell is told', () => {
  expect(outputOf([])).toBe('caps: nothing to tell of app@1.0.0\n')
})

describe('hostile text', () => {
  test.each([
    'x\n::error::forged',
    'x\r::stop-commands::t',
    '::add-mask::a',
    '##[add-mask]secret',
    'x %0A::error::forged',
    'a::error file=b,line=1::c',
    '\u2028::error::x',
    '\u00a0::error::x',
  ])('%j starts no command', (text) => {
    const found = problem({
      message: text,
      package: `${text}@1.0.0`,
      path: [step(text, 'app@1.0.0 src/lib.rs:1:1')].map((one) => ({ ...one, file: text })),
      allow: { args: [], command: text },
    })
    const commands = commandsOf(outputOf(checkNotices(check([found]))))
    expect(commands.map(({ name }) => name)).toEqual(['error', 'group', 'endgroup'])
    expect(Object.keys(commands[0]?.properties ?? {})).toEqual(['file', 'line', 'col', 'title'])
  })
})
