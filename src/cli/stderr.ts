/**
 * What is told on stderr: progress, `--verbose`, errors. It is for people, so that it cannot be told changes no exit code: a
 * full or closed stderr ends no run, and leaves a gate's 1 a 1 and an error's 2 a 2.
 */
let listens = false

/** Writes to stderr what can be written; never throws, and no later error event ends the process. */
export function tell(text: string): void {
  try {
    const { stderr } = process
    if (!listens) stderr.on('error', () => {})
    listens = true
    stderr.write(text)
  } catch {
    // Nobody is there to be told.
  }
}
