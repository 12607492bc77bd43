/** `caps completion`: the script for a shell. */
import { COMPLETION_SCRIPTS, type Shell } from './completion-scripts.js'
import { writeOutput } from './output.js'

export async function completionCommand(shell: Shell): Promise<void> {
  await writeOutput([COMPLETION_SCRIPTS[shell]])
}
