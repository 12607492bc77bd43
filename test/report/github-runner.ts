/**
 * A second reading of workflow commands, written from GitHub's documentation and the runner's published behaviour: a line
 * that begins with `::` (white space before it does not count) is a command, and so is `##[…]` anywhere in a line.
 */
export interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

const NAMES = new Set([
  'error',
  'warning',
  'notice',
  'debug',
  'group',
  'endgroup',
  'add-mask',
  'stop-commands',
  'set-output',
  'save-state',
  'add-path',
  'set-env',
  'add-matcher',
  'remove-matcher',
  'echo',
])

/** The commands that a runner would carry out on an output. */
export function commandsOf(output: string): readonly Command[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => newCommand(line) ?? oldCommand(line) ?? [])
}

function newCommand(line: string): Command | undefined {
  const trimmed = line.trimStart()
  const end = trimmed.indexOf('::', 2)
  if (!trimmed.startsWith('::') || end < 0) return undefined
  const [name = '', ...rest] = trimmed.slice(2, end).split(' ')
  if (!NAMES.has(name)) return undefined
  const pairs = rest
    .join(' ')
    .split(',')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at).trim(), decode(pair.slice(at + 1), true)] as const
    })
  return { name, properties: Object.fromEntries(pairs), data: decode(trimmed.slice(end + 2), false) }
}

function oldCommand(line: string): Command | undefined {
  const name = /##\[([\w-]+)[^\]]*\]/.exec(line)?.[1]
  return name !== undefined && NAMES.has(name) ? { name: `##${name}`, properties: {}, data: line } : undefined
}

function decode(text: string, property: boolean): string {
  const plain = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  return (property ? plain.replaceAll('%3A', ':').replaceAll('%2C', ',') : plain).replaceAll('%25', '%')
}
