/** `caps debug`: what one room makes of one file. */
import { type DebugStage, debugFile } from '../wiring/debug.js'
import { writeOutput } from './output.js'

export interface DebugArguments {
  readonly stage: DebugStage
  readonly file: string
  readonly target: string | undefined
}

export async function debugCommand(given: DebugArguments): Promise<void> {
  await writeOutput(await debugFile(given.stage, given.file, given.target))
}
