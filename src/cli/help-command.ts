/** `caps help`: a command in full, or all of them as a manual page. */
import { nearestWord } from '../base/index.js'
import { capsVersion } from '../wiring/version.js'
import { helpText, MAX_HELP_COLUMNS } from './command-parser.js'
import { UsageError } from './error-message.js'
import { type CommandPage, PAGES } from './help-pages.js'
import { readHelp } from './help-text.js'
import { helpView } from './help-view.js'
import { type CommandManual, manPage } from './man-page.js'
import { writeOutput } from './output.js'
import { terminalColumns } from './terminal.js'

/** The word that asks for the manual page, where a command may stand. */
const MANUAL = 'man'

export async function helpCommand(about: string): Promise<void> {
  await writeOutput([about === MANUAL ? await manual() : await helpOf(about)])
}

async function helpOf(command: string): Promise<string> {
  const page = pageOf(command)
  const columns = Math.min(MAX_HELP_COLUMNS, terminalColumns())
  return helpView(await helpText(command, columns), page, columns)
}

function pageOf(command: string): CommandPage {
  const page = PAGES.get(command)
  if (page) return page
  const near = nearestWord(command, [...PAGES.keys(), MANUAL])
  throw new UsageError(
    `There is no command ${command}`,
    `the commands are ${[...PAGES.keys()].join(', ')}; man is the manual page`,
    near === undefined ? 'Name one of these.' : `Did you mean "${near}"?`,
  )
}

/** The manual page caps(1). */
export async function manual(): Promise<string> {
  const commands: CommandManual[] = []
  for (const [name, page] of PAGES) commands.push({ help: readHelp(await helpText(name, null)), page })
  return manPage(readHelp(await helpText(undefined, null)), commands, capsVersion())
}
