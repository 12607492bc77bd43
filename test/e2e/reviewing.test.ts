/**
 * The five tasks of a reviewer, as docs/reviewing.md shows them: what stands there is what the built program prints.
 * Three are about published crates, by the lockfiles in test/e2e/reviewer, so that they are the same tomorrow; cargo fetches them once.
 * `CAPS_WRITE_DOCS=1 npm run test:e2e -- reviewing` writes the outputs anew.
 */
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { program, repository } from './run-caps.js'

const DOCUMENT = join(repository, 'docs/reviewing.md')
const REVIEWER = join(repository, 'test/e2e/reviewer')
const COLUMNS = 100
/** No answer is longer, unless all of it is asked for. */
const SCREEN_LINES = 52

let scratch = ''
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'caps-reviewing-'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Step {
  /** The command as a reader types it. */
  readonly shown: string
  /** More that makes it the same tomorrow, and is not shown. */
  readonly more?: readonly string[]
  readonly before?: () => void
}

const fetched = (directory: string): boolean =>
  spawnSync('cargo', ['fetch', '--locked', '--manifest-path', join(REVIEWER, directory, 'Cargo.toml')], {
    timeout: 60_000,
  }).status === 0

/** Said instead of a silent skip: whoever reads the log must see that published crates were not tried. */
const isOnline = ['which', 'trash', 'update/before', 'update/after'].every(fetched)
if (!isOnline)
  process.stderr.write(
    'SKIPPED: published crates cannot be fetched by cargo here; three tasks of docs/reviewing.md are not tried\n',
  )
const published = isOnline ? test : test.skip

/** What a person sees of one command after the other, in that directory. */
function transcript(directory: string, steps: readonly Step[]): string {
  const { NO_COLOR: _, ...environment } = process.env
  return steps
    .map(({ shown, more = [], before }) => {
      before?.()
      const words = [...shown.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word).slice(1)
      const done = spawnSync(process.execPath, [program, ...words, ...more], {
        cwd: directory,
        encoding: 'utf8',
        env: { ...environment, COLUMNS: String(COLUMNS) },
      })
      const said = `${done.stdout}${done.stderr}`.replaceAll(realpathSync(directory), '~/shop')
      return `$ ${shown}\n${said.trimEnd()}`
    })
    .join('\n\n')
}

/** The block of the document between its mark and `<!-- end -->` is that text. */
function expectShown(mark: string, text: string): void {
  const block = new RegExp(`(<!-- task: ${mark} -->\n\`\`\`console\n)([\\s\\S]*?)(\n\`\`\`\n<!-- end -->)`)
  const document = readFileSync(DOCUMENT, 'utf8')
  if (process.env['CAPS_WRITE_DOCS'] === '1') {
    writeFileSync(
      DOCUMENT,
      document.replace(block, (_, begin, _before, end) => begin + text + end),
    )
  } else expect(block.exec(document)?.[2]).toBe(text)
  for (const answer of text.split(/\n\n(?=\$ )/)) expect(answer.split('\n').length).toBeLessThanOrEqual(SCREEN_LINES)
}

const LINUX = '--target x86_64-unknown-linux-gnu'

describe('a reviewer', () => {
  published('may we add a crate', () => {
    const lockfile = (name: string): readonly string[] => ['--lockfile', `${name}/Cargo.lock`]
    expectShown(
      'which',
      transcript(REVIEWER, [{ shown: `caps analyze which@8.0.6 ${LINUX}`, more: lockfile('which') }]),
    )
    expectShown(
      'trash',
      transcript(REVIEWER, [{ shown: `caps analyze trash@5.3.0 ${LINUX}`, more: lockfile('trash') }]),
    )
  })

  published('an update of a dependency', () => {
    const steps = [{ shown: `caps diff before after ${LINUX}` }]
    expectShown('tempfile', transcript(join(REVIEWER, 'update'), steps))
  })

  test('a workspace with a policy that breaks and is mended', () => {
    const directory = join(scratch, 'shop')
    cpSync(join(repository, 'samples/workspace'), directory, { recursive: true })
    const announce = (): void =>
      appendFileSync(
        join(directory, 'crates/storage/src/lib.rs'),
        '\npub fn announce(file: &str) {\n    let _ = std::process::Command::new("notify-send").arg(file).status();\n}\n',
      )
    expectShown(
      'policy',
      transcript(directory, [
        { shown: 'caps init' },
        { shown: 'caps check' },
        { shown: 'caps check', before: announce },
        { shown: "caps allow shop-storage exec --reason 'tells the owner by notify-send'" },
        { shown: 'caps check' },
      ]),
    )
  })

  published('how ripgrep starts programs, and who is exposed', () => {
    expectShown('ripgrep', transcript(scratch, [{ shown: `caps why ripgrep@15.2.0 exec ${LINUX}` }]))
  })

  test('mistakes on purpose', () => {
    const directory = join(scratch, 'mistakes')
    cpSync(join(repository, 'samples/workspace'), directory, { recursive: true })
    mkdirSync(join(directory, 'empty'))
    const policy = join(directory, 'caps.toml')
    const all = 'version = 1\n\n[[allow]]\npackage = "shop*"\ncapabilities = "*"\nreason = "ours"\n\n'
    const rule = (name: string, end: string): string =>
      `[[allow]]\npackage = "${name}"\ncapabilities = ["exec"${end}\nreason = "starts git"\n`
    expectShown(
      'mistakes',
      transcript(directory, [
        { shown: 'caps anlyze .' },
        { shown: 'caps analyze . --target x86_64-linux' },
        { shown: 'caps analyze . --capabilities netwrok' },
        { shown: 'caps analyze empty' },
        { shown: 'caps check', before: () => writeFileSync(policy, all + rule('shop', '')) },
        {
          shown: 'caps allow shop-storge exec --reason x',
          before: () => writeFileSync(policy, all + rule('shop', ']')),
        },
        { shown: 'caps check --entry main', before: () => writeFileSync(policy, all + rule('shop-storge', ']')) },
        { shown: 'caps check --fail-on any' },
      ]),
    )
  })
})
