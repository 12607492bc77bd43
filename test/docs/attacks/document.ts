/** docs/attacks.md: each attack with what the commands print of it first. */
import { answersOf, type Library } from './answers.js'
import { AT_RUN_TIME } from './at-run-time.js'
import { type First, firstLines } from './first.js'
import { IN_A_DEPENDENCY } from './in-a-dependency.js'
import type { Pair } from './pair.js'
import { WHEN_BUILT } from './when-built.js'

export const HAPPENED: readonly Pair[] = [...AT_RUN_TIME, ...WHEN_BUILT, ...IN_A_DEPENDENCY]

const HEAD = `# The attacks that happened

What crates did that were taken from the registry, or releases of honest ones, each done over again by a harmless pair of ours: the crate
as it was, and the same after the attack, through the same functions of std. Of each stands here what \`caps analyze\` says first of
the second, what \`caps diff\` says first of the two, and what \`caps check\` says first with the policy that \`caps init\` makes of the
first. Written by \`npm run docs\` from \`test/docs/attacks\`; a test holds each pair against what it must show.

caps says what code can do, before it is built. It is too late where the code was built already, and it says nothing of a crate that
was malicious from its first version but what it can do: there, read the analysis, not a diff.
`

/** The document as a text. */
export async function attacksDocument(caps: Library): Promise<string> {
  const answers = await answersOf(HAPPENED, caps)
  const parts: string[] = [HEAD]
  for (const pair of HAPPENED) parts.push(section(pair, await firstLines(answers.of(pair), caps)))
  return parts.join('\n')
}

function section({ behaviour, seen, but }: Pair, { analyze, diff, check }: First): string {
  const printed = [
    ['$ caps analyze', ...analyze],
    ['$ caps diff', ...diff],
    ['$ caps check', ...check],
  ]
  return [
    `## ${behaviour}\n`,
    `Seen in: ${seen}.\n`,
    ...(but === undefined ? [] : [`**But:** ${but}\n`]),
    '```console',
    printed.map((lines) => lines.join('\n')).join('\n\n'),
    '```\n',
  ].join('\n')
}
