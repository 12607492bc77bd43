/** What the terminal can show: colours and columns. */

export type ColourChoice = 'auto' | 'always' | 'never'

/** The text width when stdout is no terminal: a file or a log has no edge of its own. */
const DEFAULT_COLUMNS = 100

/**
 * Whether to colour. What the user says on this command line comes first, then NO_COLOR (https://no-color.org), then
 * cargo's CARGO_TERM_COLOR; else only a terminal is coloured.
 */
export function wantsColour(
  choice: ColourChoice,
  environment: Readonly<Record<string, string | undefined>>,
  terminal: boolean,
): boolean {
  if (choice !== 'auto') return choice === 'always'
  if (environment['NO_COLOR']) return false
  const cargo = environment['CARGO_TERM_COLOR']
  if (cargo === 'always') return true
  if (cargo === 'never') return false
  return terminal && environment['TERM'] !== 'dumb'
}

/** Columns of the terminal behind stdout, or COLUMNS, or a fixed number. */
export function terminalColumns(): number {
  return process.stdout.columns ?? namedColumns() ?? DEFAULT_COLUMNS
}

/** COLUMNS, where it is a number. */
export function namedColumns(): number | undefined {
  const named = Number(process.env['COLUMNS'])
  return Number.isInteger(named) && named > 0 ? named : undefined
}

/** How text is to be drawn for an output: that of the terminal, or plain for a file. */
export function textView({ output, color }: { readonly output: string | undefined; readonly color: ColourChoice }): {
  readonly columns: number
  readonly colour: boolean
} {
  const terminal = output === undefined && process.stdout.isTTY === true
  return { columns: terminalColumns(), colour: wantsColour(color, process.env, terminal) }
}
