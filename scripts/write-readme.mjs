// Fills the marked parts of README.md and of docs/, so that nothing there is written by hand that a program can know:
//   <!-- output: caps analyze samples/program -->  what the command prints, in a code block
//   <!-- accuracy -->                              the figures of accuracy.json
// Each part ends at <!-- end -->. With --check only says whether the files are current. Needs a built caps.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))
for (const name of ['README.md', 'docs/getting-started.md', 'docs/reviewing.md']) {
  const file = `${repository}${name}`
  const before = readFileSync(file, 'utf8')
  const after = before.replace(
    /(<!-- (output: caps ([^>]*?)|accuracy) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin, kind, command, end) => begin + (kind === 'accuracy' ? accuracyTable() : outputOf(command)) + end,
  )
  if (after !== before && process.argv.includes('--check')) {
    console.error(`${name} is not current: run \`npm run docs\``)
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
  }
}

/** The command and what it prints, 100 columns wide. */
function outputOf(command) {
  const done = spawnSync(process.execPath, ['bin/caps.js', ...command.split(' ')], {
    cwd: repository,
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '100', NO_COLOR: '1', CARGO_TERM_COLOR: 'never' },
  })
  // 1: a gate said no, which is what an example of a gate shows
  if (done.status !== 0 && done.status !== 1) throw new Error(`caps ${command}: ${done.stderr}`)
  return `\`\`\`console\n$ npx caps ${command}\n${done.stdout.trimEnd()}\n\`\`\`\n`
}

function accuracyTable() {
  if (!existsSync(`${repository}accuracy.json`)) return 'Not measured yet: `npm run accuracy -- --record`.\n'
  const { all, roots } = JSON.parse(readFileSync(`${repository}accuracy.json`, 'utf8'))
  const row = (name, { resolved, recall, precision, exact }) =>
    `| ${name} | ${[resolved, recall, precision, exact].map((share) => `${(100 * share).toFixed(1)} %`).join(' | ')} |\n`
  return [
    '| crate, with all its dependencies | calls resolved | capability recall | capability precision | packages exact |\n',
    '|---|---|---|---|---|\n',
    ...Object.entries(roots).map(([name, figures]) => row(name, figures)),
    ...(all ? [row('**all**', all)] : []),
  ].join('')
}
